"""A table in Word: headings marked and repeated, rows kept whole, widths that hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.documents.room import letters_across, may_break, shares
from trellis.core.documents.word_elements import lines, made
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
    grid = made("w:tblGrid", *(made("w:gridCol", w=width) for width in widths))
    word.element.body.insert_element_before(made("w:tbl", _properties(block, widths), grid, *rows), "w:sectPr")
    word.add_paragraph(style="After a table")


def _properties(block: TableBlock, widths: Sequence[str]) -> BaseOxmlElement:
    """Lines, layout, and which cells are headings, for the eye and for a screen reader."""
    last = {"val": "single", "sz": "4", "space": "0", "color": RULE}
    margins = made("w:tblCellMar", made("w:left", w=SIDE, type="dxa"), made("w:right", w=SIDE, type="dxa"))
    look = made(
        "w:tblLook",
        val="06A0" if block.header_column else "0620",
        firstRow="1",
        lastRow="0",
        firstColumn="1" if block.header_column else "0",
        lastColumn="0",
        noHBand="1",
        noVBand="1",
    )
    return made(
        "w:tblPr",
        made("w:tblW", w=str(sum(map(int, widths))), type="dxa"),
        made("w:tblBorders", made("w:bottom", **last), made("w:insideH", **last)),
        made("w:tblLayout", type="fixed"),
        margins,
        look,
        made("w:tblCaption", val=printable(block.caption)),
    )


def _row(
    texts: Sequence[str], block: TableBlock, widths: Sequence[str], *, heading: bool = False, whole: bool = True
) -> BaseOxmlElement:
    """One row; the headings are repeated on each page."""
    marks = [made("w:cantSplit")] if whole else []
    marks += [made("w:tblHeader")] if heading else []
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
    return made("w:tr", made("w:trPr", *marks), *cells)


def _cell(text: str, width: str, *, heading: bool, right: bool, bold: bool) -> BaseOxmlElement:
    """One cell with its paragraph."""
    about = made("w:tcPr", made("w:tcW", w=width, type="dxa"))
    if heading:
        line = made("w:bottom", val="single", sz="8", space="0", color=ACCENT)
        about.extend([made("w:tcBorders", line), made("w:shd", val="clear", color="auto", fill=PALE)])
    style = made("w:pPr", made("w:pStyle", val="Tableheading" if heading else "Tabletext"))
    if right:
        style.append(made("w:jc", val="right"))
    run = made("w:r", *([made("w:rPr", made("w:b"))] if bold else []))
    run.extend(lines(text))
    return made("w:tc", about, made("w:p", style, run))
