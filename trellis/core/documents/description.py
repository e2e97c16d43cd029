"""A document as plain data for the typst template: text that can be drawn, and nothing that could be evaluated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from unicodedata import category

from trellis.core.charts.raster import with_fonts
from trellis.core.dates import day
from trellis.core.documents.blocks import (
    AnswerBox,
    Block,
    Bullets,
    Callout,
    Document,
    Figure,
    Heading,
    KeyValues,
    NumberedList,
    PageBreak,
    Paragraph,
    TableBlock,
    Text,
    TickRow,
    Together,
    runs,
)
from trellis.core.documents.room import (
    LANDSCAPE,
    PORTRAIT,
    figure_share,
    letters_across,
    may_break,
    where_the_end_begins,
)
from trellis.core.fonts import families
from trellis.core.fonts.drawing import MISSING, drawable

if TYPE_CHECKING:
    from collections.abc import Callable

LONG_WORD = re.compile(r"\S{21,}")
BREAK_HERE = "\u200b"  # a place where a line may end, without a hyphen
BREAK_AFTER = frozenset("/@._-?&=,;:")
LONGEST_PIECE = 10  # letters of a long word that stay together
NOTE = f"{MISSING} stands for a character that could not be printed here."


def described(document: Document, picture: Callable[[str], str] = with_fonts) -> dict[str, Any]:
    """The document as the template reads it; `picture` makes the SVG of a figure fit to be set."""
    language, _, region = document.language.partition("-")
    paper = LANDSCAPE if document.landscape else PORTRAIT
    words = {
        "title": document.title,
        "subtitle": document.subtitle,
        "scope": document.scope,
        "footer": f"{document.scope} · {day(document.on)}" if document.scope else day(document.on),
        "blocks": [_block(block, paper, picture) for block in document.blocks],
    }
    end = where_the_end_begins(document)
    fitted = _fitted(words)
    return {
        **fitted,
        "stays": [end <= number for number in range(len(document.blocks))],
        "note": NOTE if MISSING in str(fitted) and MISSING not in str(words) else "",
        "on": {"year": document.on.year, "month": document.on.month, "day": document.on.day},
        "language": language.lower(),
        "region": region.lower() or None,
        "landscape": document.landscape,
        "direction": document.direction,
        "large": document.large,
        "fonts": families(),
    }


def with_breaks(text: str) -> str:
    """The text with places to break in words so long that they could leave their column.

    >>> with_breaks("sencotraining@brambles.example").replace(BREAK_HERE, "|")
    'sencotrain|ing@|brambles.|example'
    """
    return LONG_WORD.sub(lambda word: _broken(word[0]), text)


def _broken(word: str) -> str:
    """A long word with a place to break after signs and after ten letters, but never inside a composed character."""
    made, since = "", 0
    for letter, following in zip(word, f"{word[1:]} ", strict=True):
        made, since = made + letter, since + 1
        whole = category(following)[0] not in "MZ" and category(following) not in {"Cf", "Sk"} and letter != "\u200d"
        if whole and (letter in BREAK_AFTER or since >= LONGEST_PIECE):
            made, since = made + BREAK_HERE, 0
    return made


def _fitted(value: Any) -> Any:
    """The same structure with every text made fit to be set."""
    if isinstance(value, dict):
        return {name: part if name == "svg" else _fitted(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_fitted(part) for part in value]
    return with_breaks(drawable(value)) if isinstance(value, str) else value


def _pieces(text: Text) -> list[dict[str, Any]]:
    """A text as pieces."""
    return [{"text": run.text, "bold": run.bold, "language": run.language} for run in runs(text)]


def _block(block: Block, paper: float, picture: Callable[[str], str]) -> dict[str, Any]:
    """One block under its kind; `paper` is the width of the text in millimetres."""
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text, "level": block.level}
        case Paragraph():
            return {"kind": "paragraph", "text": _pieces(block.text), "direction": block.direction}
        case Bullets():
            return {"kind": "bullets", "items": [_pieces(item) for item in block.items]}
        case NumberedList():
            return {"kind": "numbered", "items": [_pieces(item) for item in block.items]}
        case TableBlock():
            return {"kind": "table", **_table(block, paper)}
        case Figure():
            drawn = {"svg": picture(block.svg), "width": figure_share(block, paper)}
            return {"kind": "figure", "alt": block.alt, "caption": block.caption, **drawn}
        case KeyValues():
            return {"kind": "key_values", "pairs": [{"name": name, "value": value} for name, value in block.pairs]}
        case Callout():
            return {"kind": "callout", "heading": block.heading, "text": _pieces(block.text)}
        case AnswerBox():
            lines = max(block.lines, 1)
            return {"kind": "answer_box", "label": _pieces(block.label), "lines": lines, "text": block.text}
        case TickRow():
            options = [{"label": option, "ticked": option == block.ticked} for option in block.options]
            return {"kind": "tick_row", "label": _pieces(block.label), "options": options}
        case Together():
            return {"kind": "together", "blocks": [_block(each, paper, picture) for each in block.blocks]}
        case PageBreak():
            return {"kind": "page_break"}


def _table(block: TableBlock, paper: float) -> dict[str, Any]:
    """A table with its texts, the shares of its columns, and what must be known about room."""
    letters = letters_across(block.columns, paper)
    columns = [
        {"heading": column.heading, "width": column.width, "numeric": column.numeric, "letters": count}
        for column, count in zip(block.columns, letters, strict=True)
    ]
    return {
        "caption": block.caption,
        "columns": columns,
        "rows": [{"cells": row, "breakable": may_break(row, letters)} for row in block.shown_rows()],
        "header_column": block.header_column,
        "empty": block.empty,
    }
