"""How much room the cells of a table have on paper, in Word and PDF alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trellis.core.exports.tables import Column

PORTRAIT, LANDSCAPE = 170.0, 257.0  # millimetres of text across an A4 page
PADDING = 4.0  # millimetres beside the text of a cell
LETTER = 1.9  # millimetres, a little more than a usual letter of a table takes
LINES_KEPT_WHOLE = 15


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
    lines = (len(text) / count + text.count("\\n") for text, count in zip(row, letters, strict=True))
    return max(lines, default=0) > LINES_KEPT_WHOLE
