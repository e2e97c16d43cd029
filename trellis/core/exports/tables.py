"""A table as it leaves the building: the rows of the screen, for a file to be made of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Literal, TypeGuard

from trellis.core.dates import day, moment
from trellis.core.exports.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell = str | int | float | Decimal | date | datetime | None
Kind = Literal["text", "number", "date", "percent"]


@dataclass(frozen=True)
class Column:
    """One column: its heading, what kind of thing stands in it, and how wide it is.

    `width` is in characters in Excel, and the column’s share of the page in a document. `places` is how many
    decimal places a percentage shows; its value is a fraction, 0.5 for 50%.
    """

    heading: str
    kind: Kind = "text"
    width: float = 16
    places: int = 0

    @property
    def numeric(self) -> bool:
        """Whether its values stand to the right, so that they can be compared."""
        return self.kind in {"number", "percent"}


@dataclass(frozen=True)
class Table:
    """What is exported: what it is, whose it is, its columns, and rows that are read once, one at a time.

    A row has one value for each column. Text is always allowed, also in a column of numbers ("fewer than 5").
    """

    title: str
    scope: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def is_number(value: object) -> TypeGuard[int | float | Decimal]:
    """Whether a value can be written as a number: no truth values, no infinity.

    >>> is_number(-3), is_number(True), is_number(float("nan")), is_number("7")
    (True, False, False, False)
    """
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool) and isfinite(value)


def shown(value: Cell, column: Column) -> str:
    """A value as people read it on a page or in a document.

    >>> shown(date(2027, 3, 5), Column("Due", "date")), shown(0.667, Column("Agreed", "percent"))
    ('5 March 2027', '67%')
    >>> shown(1250, Column("Settings", "number")), shown(True, Column("Agreed")), shown(None, Column("Due", "date"))
    ('1,250', 'Yes', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | float | Decimal):
        return _number(value, column)
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else printable(str(value))


def _number(value: float | Decimal, column: Column) -> str:
    """A number with commas between thousands, or as a percentage."""
    if not is_number(value):
        return ""
    return f"{value:.{column.places}%}" if column.kind == "percent" else f"{value:,}"
