"""A past that can be lived through: the loader’s own clock, and chance that is the same every time."""

from __future__ import annotations

import random
from contextlib import contextmanager
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, TypeVar
from unittest import mock
from zlib import crc32

from trellis.review.rules.periods import period_end
from trellis.review.rules.release import period_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


DAY = timedelta(days=1)
When = TypeVar("When", date, datetime)


def when_open(day: When) -> When:
    """The last day, up to this one, on which a setting is open: no weekend, and not between Christmas and New Year.

    >>> when_open(date(2026, 11, 29)), when_open(date(2027, 1, 3))
    (datetime.date(2026, 11, 27), datetime.date(2026, 12, 23))
    """
    while day.weekday() > 4 or (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1):
        day -= DAY
    return day


VISITED_WITHIN = timedelta(days=50)
"""From the first day of a review to the last word on the visit that follows it."""


def in_time_for_a_visit(start: When) -> When:
    """The day on which a review starts, early enough that the visit to it is over in the term it is of.

    >>> in_time_for_a_visit(date(2025, 10, 20)), in_time_for_a_visit(date(2025, 12, 20))
    (datetime.date(2025, 10, 20), datetime.date(2025, 11, 11))
    """
    day = start.date() if isinstance(start, datetime) else start
    return when_open(start - max(day + VISITED_WITHIN - period_end(period_key(day)), DAY * 0))


class Clock:
    """What time it is for everything that asks Django. It goes on by days on which settings are open."""

    def __init__(self, start: datetime) -> None:
        """A clock that stands at `start`."""
        self.at = start

    def go_to(self, moment: datetime) -> None:
        """Let it be that day, or the last one before on which a setting is open; never earlier than it is."""
        self.at = max(self.at, when_open(moment))

    def go_on(self, time: timedelta) -> None:
        """Let so much time pass, and an hour: nothing happens twice in one moment because of a weekend."""
        self.go_to(self.at + time + timedelta(hours=1))

    @contextmanager
    def running(self) -> Iterator[Clock]:
        """Let Django’s `timezone.now()` read this clock, and let new keys be the same every time."""
        clock = self

        class Stopped(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Any:
                return clock.at

        chance = random.Random(1944)  # noqa: S311 - the year of an Education Act, not a secret
        with mock.patch("django.utils.timezone.datetime", Stopped), mock.patch("os.urandom", chance.randbytes):
            yield self


def figure(*about: object) -> int:
    """A number from 0 to 99 that belongs to what it is about, the same every time.

    >>> figure("Bramble Lane Nursery", "A1") == figure("Bramble Lane Nursery", "A1")
    True
    """
    return crc32("|".join(map(str, about)).encode()) % 100


def one_of(choices: Sequence[Any], *about: object) -> Any:
    """One of some choices, the same every time."""
    return choices[figure(*about) % len(choices)]
