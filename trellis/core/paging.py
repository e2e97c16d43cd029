"""Pages of long lists: no exact count, no deep offset that costs what the whole table costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound="Model")
PAGE_SIZE = 25
LAST_PAGE = 400


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list: its rows, its number from 1, and whether another follows."""

    rows: Sequence[Row]
    number: int
    has_next: bool

    @property
    def previous(self) -> int | None:
        """The number of the page before, if there is one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The number of the page after, if there is one."""
        return self.number + 1 if self.has_next and self.number < LAST_PAGE else None

    @property
    def only(self) -> bool:
        """Whether everything fits on this page."""
        return self.number == 1 and not self.has_next


def page_of(rows: QuerySet[Row], query: Mapping[str, str], *, size: int = PAGE_SIZE) -> Page[Row]:
    """The page that `?page=` asks for, from 1; anything else is the first. One query, no count.

    Order `rows` by something indexed. Lists that people page deep into narrow by a filter instead:
    page 400 is the last.
    """
    asked = query.get("page", "1")
    wanted = int(asked[:9]) if asked.isdecimal() and asked.isascii() else 1
    number = min(wanted, LAST_PAGE) or 1
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return Page(rows=found[:size], number=number, has_next=len(found) > size)
