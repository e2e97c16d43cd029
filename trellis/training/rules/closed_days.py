"""Closed days one after the other, and what can be added to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 92
"""The most days of one holiday: a summer, and some."""


@dataclass(frozen=True)
class Closure:
    """Days one after the other that are closed for the same reason."""

    first: date
    last: date
    name: str

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


def closures(days: Iterable[tuple[date, str]]) -> list[Closure]:
    """Days with what they are called, as stretches of days that follow each other and are called the same.

    >>> from datetime import date
    >>> found = closures([(date(2027, 4, 6), "Easter"), (date(2027, 4, 5), "Easter"), (date(2027, 5, 3), "May Day")])
    >>> [(str(each.first), each.days, each.name) for each in found]
    [('2027-04-05', 2, 'Easter'), ('2027-05-03', 1, 'May Day')]
    """
    found: list[Closure] = []
    for on, name in sorted(days):
        before = found[-1] if found else None
        if before and before.name == name and on - before.last == timedelta(days=1):
            found[-1] = Closure(before.first, on, name)
        else:
            found.append(Closure(on, on, name))
    return found


def why_not_close(first: date, last: date) -> str | None:
    """Why these days cannot be closed, or None if they can.

    >>> from datetime import date
    >>> why_not_close(date(2027, 4, 5), date(2027, 4, 4))
    'The last day is the first day or later'
    >>> why_not_close(date(2027, 4, 5), date(2027, 9, 4))
    'A holiday lasts three months at most'
    >>> why_not_close(date(2027, 4, 5), date(2027, 4, 9))
    """
    if last < first:
        return "The last day is the first day or later"
    return "A holiday lasts three months at most" if (last - first).days >= LONGEST else None


def why_not_change_closed_days(*, whose: str, may: bool, all_of_england: bool) -> str | None:
    """Why somebody cannot add or take out closed days, or None if they can.

    `whose` is “england”, “centre” or the code of an authority; `all_of_england` says that they run the installation.

    >>> why_not_change_closed_days(whose="england", may=True, all_of_england=False)
    'Bank holidays are looked after by whoever keeps the installation running'
    >>> why_not_change_closed_days(whose="centre", may=True, all_of_england=True)
    'Only a training centre says when it is closed'
    >>> why_not_change_closed_days(whose="E10000999", may=True, all_of_england=False)
    """
    if not may:
        return "Only whoever leads programmes, or keeps the installation running, can do this"
    if whose == "england" and not all_of_england:
        return "Bank holidays are looked after by whoever keeps the installation running"
    return "Only a training centre says when it is closed" if whose == "centre" and all_of_england else None
