"""How much room the cells of a table have on paper, in Word and PDF alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.charts.raster import VIEW_BOX
from trellis.core.documents.blocks import (
    AnswerBox,
    Bullets,
    Callout,
    Figure,
    Heading,
    KeyValues,
    NumberedList,
    Paragraph,
    TableBlock,
    TickRow,
    runs,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trellis.core.documents.blocks import Block, Document, Text
    from trellis.core.exports.tables import Column

PORTRAIT, LANDSCAPE = 170.0, 257.0  # millimetres of text across an A4 page
TALLEST_UPRIGHT, TALLEST_ACROSS = 225.0, 135.0  # millimetres of a picture, with its heading and caption on the page
PADDING = 4.0  # millimetres beside the text of a cell
LETTER = 1.9  # millimetres, a little more than a usual letter of a table takes
LINES_KEPT_WHOLE = 15
LINES_ON_A_PAGE = 61  # below its title, as `_lines` counts them
LETTERS_ACROSS = 90  # of running text, upright
BLOCKS_AT_THE_END, LINES_AT_THE_END = 4, 34  # what is kept together at the end is half a page at most


def figure_share(figure: Figure, paper: float) -> float:
    """The share of the width that a picture takes on paper so wide: less than it asks for where it would be too tall.

    >>> figure_share(Figure('<svg viewBox="0 0 400 200">', "A chart", width=0.6), LANDSCAPE)
    0.6
    >>> round(figure_share(Figure('<svg viewBox="0 0 360 500">', "A chart", width=0.6), LANDSCAPE), 2)
    0.38
    """
    box = VIEW_BOX.search(figure.svg)
    if box is None:
        return figure.width
    tallest = TALLEST_UPRIGHT if paper == PORTRAIT else TALLEST_ACROSS
    return min(figure.width, tallest * float(box[1]) / float(box[2]) / paper)


def shares(columns: Sequence[Column], whole: float) -> list[float]:
    """How much of the whole width each column gets.

    >>> from trellis.core.exports import Column
    >>> shares([Column("What", width=30), Column("Who", width=10)], 200)
    [150.0, 50.0]
    """
    full = sum(column.width for column in columns)
    return [whole * column.width / full for column in columns]


def letters_across(columns: Sequence[Column], paper: float) -> list[int]:
    """About how many letters fit into a line of each column, when the table is `paper` millimetres wide."""
    return [max(int((width - PADDING) / LETTER), 1) for width in shares(columns, paper)]


def may_break(row: Sequence[str], letters: Sequence[int]) -> bool:
    """Whether a row is so high that it may go on on the next page; others are kept whole.

    >>> may_break(["Train two people"], [20]), may_break(["long " * 200], [20])
    (False, True)
    """
    return _lines_of_a_row(row, letters) > LINES_KEPT_WHOLE


def _lines_of_a_row(row: Sequence[str], letters: Sequence[int]) -> float:
    lines = (len(text) / count + text.count("\n") for text, count in zip(row, letters, strict=True))
    return max(lines, default=0)


def where_the_end_begins(document: Document) -> int:
    """The number of the first of the last blocks, which are kept on one page.

    So no page holds only the last paragraph: it takes with it what comes before. What is long may break.

    >>> from datetime import date
    >>> from trellis.core.documents import Document
    >>> blocks = [Paragraph("One"), Paragraph("Two " * 1000), Heading("Asked"), Paragraph("Parents")]
    >>> where_the_end_begins(Document("Plan", "", date(2026, 11, 23), blocks))
    2
    """
    paper = LANDSCAPE if document.landscape else PORTRAIT
    begins, room = len(document.blocks), LINES_AT_THE_END
    for number in reversed(range(max(len(document.blocks) - BLOCKS_AT_THE_END, 0), len(document.blocks))):
        needed = _lines(document.blocks[number], paper)
        if needed is None or needed > room:
            break
        begins, room = number, room - needed
    return begins


def fits_one_page(document: Document) -> bool:
    """Whether an upright document takes one page, as far as that can be told before it is set.

    >>> from datetime import date
    >>> from trellis.core.documents import Document
    >>> fits_one_page(Document("Plan", "", date(2026, 11, 23), [Paragraph("One")] * 20))
    True
    >>> fits_one_page(Document("Plan", "", date(2026, 11, 23), [Paragraph("One")] * 40))
    False
    """
    lines = [_lines(block, PORTRAIT) for block in document.blocks]
    return None not in lines and sum(each or 0 for each in lines) <= LINES_ON_A_PAGE


def _lines(block: Block, paper: float) -> int | None:
    """About how many lines a block takes; None for what is not to be kept with anything, as a picture."""
    match block:
        case Heading():
            return 3
        case Paragraph() | Callout():
            return _lines_of_text(block.text) + 1
        case Bullets() | NumberedList():
            return sum(_lines_of_text(item) for item in block.items)
        case KeyValues():
            return sum(1 + len(value) // 60 + value.count("\n") for _name, value in block.pairs)
        case TableBlock():
            letters = letters_across(block.columns, paper)
            return 4 + sum(2 + int(_lines_of_a_row(row, letters)) for row in block.shown_rows())
        case TickRow():
            return 3
        case AnswerBox():
            return 2 * block.lines + 2 + len(block.text) // LETTERS_ACROSS
    return None


def _lines_of_text(text: Text) -> int:
    words = "".join(run.text for run in runs(text))
    return 1 + len(words) // LETTERS_ACROSS + words.count("\n")
