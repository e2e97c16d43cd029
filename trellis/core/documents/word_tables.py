"""A table in Word: headings marked and repeated, rows kept whole, widths that hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from trellis.core.documents.room import letters_across, may_break, shares
from trellis.core.documents.word_styles import ACCENT, PALE, RULE
from trellis.core.exports.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement

    from trellis.core.documents.blocks import TableBlock

TWIPS = 56.7  # to the millimetre
SIDE = "113"  # twips beside the text of a cell: 2 mm


def add_table(word: WordDocument, block: TableBlock) -> None:
    """Write the table under its caption, or what is said of an empty one."""
    word.add_paragraph(printable(block.caption), style="Caption")
    if not block.rows:
        word.add_paragraph(printable(block.empty))
        return
    section = word.sections[0]
    paper = ((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)) / 36_000
    widths = [str(round(share * TWIPS)) for share in shares(block.columns, paper)]
    letters = letters_across(block.columns, paper)
    headings = [printable(column.heading) for column in block.columns]
    rows = [_row(headings, block, widths, heading=True)]
    rows += [_row(row, block, widths, whole=not may_break(row, letters)) for row in block.shown_rows()]
    grid = _made("w:tblGrid", *(_made("w:gridCol", w=width) for width in widths))
    word.element.body.insert_element_before(_made("w:tbl", _properties(block, widths), grid, *rows), "w:sectPr")
    word.add_paragraph(style="After a table")


def _properties(block: TableBlock, widths: Sequence[str]) -> BaseOxmlElement:
    """Lines, layout, and which cells are headings, for the eye and for a screen reader."""
    last = {"val": "single", "sz": "4", "space": "0", "color": RULE}
    margins = _made("w:tblCellMar", _made("w:left", w=SIDE, type="dxa"), _made("w:right", w=SIDE, type="dxa"))
    look = _made(
        "w:tblLook",
        val="06A0" if block.header_column else "0620",
        firstRow="1",
        lastRow="0",
        firstColumn="1" if block.header_column else "0",
        lastColumn="0",
        noHBand="1",
        noVBand="1",
    )
    return _made(
        "w:tblPr",
        _made("w:tblW", w=str(sum(map(int, widths))), type="dxa"),
        _made("w:tblBorders", _made("w:bottom", **last), _made("w:insideH", **last)),
        _made("w:tblLayout", type="fixed"),
        margins,
        look,
        _made("w:tblCaption", val=printable(block.caption)),
    )


def _row(
    texts: Sequence[str], block: TableBlock, widths: Sequence[str], *, heading: bool = False, whole: bool = True
) -> BaseOxmlElement:
    """One row; the headings are repeated on each page."""
    marks = [_made("w:cantSplit")] if whole else []
    marks += [_made("w:tblHeader")] if heading else []
    cells = [
        _cell(
            text,
            width,
            heading=heading,
            right=column.numeric,
            bold=not heading and block.header_column and number == 0,
        )
        for number, (text, width, column) in enumerate(zip(texts, widths, block.columns, strict=True))
    ]
    return _made("w:tr", _made("w:trPr", *marks), *cells)


def _cell(text: str, width: str, *, heading: bool, right: bool, bold: bool) -> BaseOxmlElement:
    """One cell with its paragraph."""
    about = _made("w:tcPr", _made("w:tcW", w=width, type="dxa"))
    if heading:
        line = _made("w:bottom", val="single", sz="8", space="0", color=ACCENT)
        about.extend([_made("w:tcBorders", line), _made("w:shd", val="clear", color="auto", fill=PALE)])
    style = _made("w:pPr", _made("w:pStyle", val="Tableheading" if heading else "Tabletext"))
    if right:
        style.append(_made("w:jc", val="right"))
    run = _made("w:r", *([_made("w:rPr", _made("w:b"))] if bold else []))
    for number, line_of_text in enumerate(text.split("\n")):
        if number:
            run.append(_made("w:br"))
        run.append(_text(line_of_text))
    return _made("w:tc", about, _made("w:p", style, run))


def _text(line: str) -> BaseOxmlElement:
    """A line of text, its spaces kept."""
    text = _made("w:t")
    text.text = line
    text.set(qn("xml:space"), "preserve")
    return text


def _made(tag: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """An element of Word’s own kind with its children; attributes are in Word’s name space."""
    element: BaseOxmlElement = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    element.extend(children)
    return element
