"""Boxes in Word to fill in: a list to choose from, a text, a day, a tick. What they hold is read back as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from trellis.core.documents.word_elements import lines, made
from trellis.core.exports.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.oxml.xmlchemy import BaseOxmlElement

CHECKBOX = "http://schemas.microsoft.com/office/word/2010/wordml"
EMPTY_BOX, TICKED_BOX = "\N{BALLOT BOX}", "\N{BALLOT BOX WITH X}"
DAY_FORMAT = "d MMMM yyyy"


def drop_down(*, title: str, options: Sequence[str], chosen: str = "", prompt: str = "Choose") -> BaseOxmlElement:
    """A list to choose from, on which something else cannot be typed."""
    listed = made("w:dropDownList")
    for option in options:
        listed.append(made("w:listItem", displayText=printable(option), value=printable(option)))
    return _field(title, listed, chosen, prompt=prompt)


def text_field(*, title: str, text: str = "") -> BaseOxmlElement:
    """Room for a text of several lines."""
    return _field(title, made("w:text", multiLine="1"), text)


def day_field(*, title: str, text: str = "") -> BaseOxmlElement:
    """Room for a day, with a calendar to choose from."""
    choosing = made("w:date")
    for tag, value in (("dateFormat", DAY_FORMAT), ("lid", "en-GB"), ("storeMappedDataAs", "dateTime")):
        choosing.append(made(f"w:{tag}", val=value))
    choosing.append(made("w:calendar", val="gregorian"))
    return _field(title, choosing, text)


def tick_box(*, title: str, ticked: bool = False) -> BaseOxmlElement:
    """A box to tick."""
    box = parse_xml(
        f'<w14:checkbox {nsdecls("w")} xmlns:w14="{CHECKBOX}"><w14:checked w14:val="{int(ticked)}"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
    )
    return _field(title, box, TICKED_BOX if ticked else EMPTY_BOX)


def fill_in_table(
    caption: str, rows: Sequence[Sequence[tuple[str | BaseOxmlElement, int]]], widths: Sequence[int]
) -> BaseOxmlElement:
    """A table of labels and boxes: each row has pairs of a text or a field and how many columns it takes.

    `widths` are in millimetres. The first row names what the table is about; rows are kept whole.
    """
    twips = [round(width * 56.7) for width in widths]
    line = {"val": "single", "sz": "4", "space": "0", "color": "AAB7B8"}
    sides = [made(f"w:{side}", **line) for side in ("top", "left", "bottom", "right", "insideH", "insideV")]
    properties = made(
        "w:tblPr",
        made("w:tblW", w=str(sum(twips)), type="dxa"),
        made("w:tblBorders", *sides),
        made("w:tblLayout", type="fixed"),
        made("w:tblCellMar", made("w:left", w="100", type="dxa"), made("w:right", w="100", type="dxa")),
        made(
            "w:tblLook",
            val="0020",
            firstRow="1",
            lastRow="0",
            firstColumn="0",
            lastColumn="0",
            noHBand="1",
            noVBand="1",
        ),
        made("w:tblCaption", val=printable(caption)),
    )
    grid = made("w:tblGrid", *(made("w:gridCol", w=str(width)) for width in twips))
    return made("w:tbl", properties, grid, *(_row(row, twips, first=not number) for number, row in enumerate(rows)))


def hidden_text(text: str) -> BaseOxmlElement:
    """A paragraph that is neither shown nor printed."""
    hide = made("w:rPr", made("w:vanish"), made("w:sz", val="2"))
    around = made("w:pPr", made("w:pStyle", val="Afteratable"), made("w:rPr", made("w:vanish")))
    return made("w:p", around, made("w:r", hide, *lines(text)))


def _row(cells: Sequence[tuple[str | BaseOxmlElement, int]], twips: Sequence[int], *, first: bool) -> BaseOxmlElement:
    row, column = made("w:tr", made("w:trPr", made("w:cantSplit"), *([made("w:tblHeader")] if first else []))), 0
    for number, (content, span) in enumerate(cells):
        width = sum(twips[column : column + span])
        column += span
        row.append(_cell(content, width, span, label=first or not number % 2, first=first))
    return row


def _cell(content: str | BaseOxmlElement, width: int, span: int, *, label: bool, first: bool) -> BaseOxmlElement:
    about = made("w:tcPr", made("w:tcW", w=str(width), type="dxa"))
    if span > 1:
        about.append(made("w:gridSpan", val=str(span)))
    if label:
        about.append(made("w:shd", val="clear", color="auto", fill="EEF4F4"))
    style = made("w:pPr", made("w:pStyle", val="Tableheading" if first else "Tabletext"))
    if first:
        style.append(made("w:keepNext"))
    inside = content if not isinstance(content, str) else made("w:r", *lines(content))
    return made("w:tc", about, made("w:p", style, inside))


def _field(title: str, kind: BaseOxmlElement, text: str, *, prompt: str = "") -> BaseOxmlElement:
    """A field with its name for a screen reader; with a prompt where nothing stands yet."""
    about = made("w:sdtPr", made("w:alias", val=printable(title)[:64]), made("w:tag", val=printable(title)[:64]))
    if prompt and not text:
        about.append(made("w:showingPlcHdr"))
    about.append(kind)
    look = [made("w:rPr", made("w:color", val="4A5759"))] if prompt and not text else []
    run = made("w:r", *look, *lines(text or prompt or "\N{EM SPACE}" * 4))
    return made("w:sdt", about, made("w:sdtContent", run))
