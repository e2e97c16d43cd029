"""In which patterns a cohort could be held: on which weekday, how often, in whole or half days; and on which days that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from trellis.training.rules.dates import CADENCES, cohort_dates

if TYPE_CHECKING:
    from collections.abc import Iterable

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
"""The weekdays that a cohort is planned for: at a weekend nobody is released."""
OFTEN = {"weekly": "every week", "fortnightly": "every two weeks"}
MOST_BEGINNINGS = 8
"""So many first days of a pattern are looked at, the earliest ones."""
LONGEST_PLANNED = timedelta(days=731)
"""Nothing is planned further ahead."""


class Shape(StrEnum):
    """Whether sessions are whole days, or each part of one is a half day of its own."""

    WHOLE = "whole"
    MORNINGS = "mornings"
    AFTERNOONS = "afternoons"

    @property
    def words(self) -> str:
        """As a page says it.

        >>> [each.words for each in Shape]
        ['whole days', 'mornings', 'afternoons']
        """
        return "whole days" if self is Shape.WHOLE else self.value


@dataclass(frozen=True, slots=True, order=True)
class Pattern:
    """A weekday (Monday is 0), a rhythm, and whole or half days."""

    weekday: int
    cadence: str
    shape: Shape

    @property
    def key(self) -> str:
        """What it is known by.

        >>> Pattern(3, "weekly", Shape.WHOLE).key
        'thursday-weekly-whole'
        """
        return f"{WEEKDAYS[self.weekday].lower()}-{self.cadence}-{self.shape}"

    @property
    def words(self) -> str:
        """As a page says it.

        >>> Pattern(3, "fortnightly", Shape.MORNINGS).words
        'Thursdays, every two weeks, mornings'
        """
        return f"{WEEKDAYS[self.weekday]}s, {OFTEN[self.cadence]}, {self.shape.words}"


def patterns_of(weekdays: Iterable[int], cadences: Iterable[str], shapes: Iterable[str]) -> list[Pattern]:
    """Every pattern that these allow, in the order of the week.

    >>> [each.key for each in patterns_of([3, 0], ["weekly"], ["whole"])]
    ['monday-weekly-whole', 'thursday-weekly-whole']
    """
    often = [each for each in CADENCES if each in set(cadences)]
    said = [each for each in Shape if each in set(shapes)]
    return [Pattern(day, each, shape) for day in sorted(set(weekdays)) for shape in said for each in often]


@dataclass(frozen=True)
class Free:
    """When somebody or some place is free: on these weekdays, but not on these days."""

    weekdays: frozenset[int]
    but: frozenset[date] = frozenset()

    def on(self, day: date) -> bool:
        """Whether that is so on a day.

        >>> thursdays = Free(frozenset({3}), frozenset({date(2027, 3, 11)}))
        >>> [thursdays.on(date(2027, 3, number)) for number in (4, 5, 11)]
        [True, False, False]
        """
        return day.weekday() in self.weekdays and day not in self.but


@dataclass(frozen=True)
class When:
    """Between which days a cohort begins, until when it is over, and which days are closed; who teaches, and the venues."""

    first_from: date
    first_until: date
    over_by: date
    closed: frozenset[date]
    trainers: Free
    venues: tuple[Free, ...]

    def venues_on(self, day: date) -> tuple[int, ...]:
        """Which venues can be used on a day: none where everything is closed or nobody teaches."""
        if day in self.closed or not self.trainers.on(day):
            return ()
        return tuple(number for number, venue in enumerate(self.venues) if venue.on(day))


def beginnings(pattern: Pattern, when: When, how_many: int) -> list[tuple[date, ...]]:
    """The days of the sessions for each first day of a pattern, the earliest first: from there on in its rhythm.

    A day on which it cannot be held is left out, as when a cohort is set up, so that the weekday stays.

    >>> thursdays = Free(frozenset({3}))
    >>> when = When(date(2027, 3, 1), date(2027, 3, 14), date(2027, 4, 30), frozenset({date(2027, 3, 18)}), thursdays, (thursdays,))
    >>> for days in beginnings(Pattern(3, "weekly", Shape.WHOLE), when, 3):
    ...     print(*days)
    2027-03-04 2027-03-11 2027-03-25
    2027-03-11 2027-03-25 2027-04-01
    """
    first = when.first_from + timedelta(days=(pattern.weekday - when.first_from.weekday()) % 7)
    over_by = min(when.over_by, when.first_from + LONGEST_PLANNED)
    weeks = range((over_by - first).days // 7 + 1)
    not_held = {day for day in (first + timedelta(days=7 * week) for week in weeks) if not when.venues_on(day)}
    found: list[tuple[date, ...]] = []
    for week in weeks:
        day = first + timedelta(days=7 * week)
        if day > when.first_until or len(found) == MOST_BEGINNINGS:
            break
        days = tuple(cohort_dates(day, how_many, cadence=pattern.cadence, closed=not_held))
        if day not in not_held and len(days) == how_many and days[-1] <= over_by:
            found.append(days)
    return found
