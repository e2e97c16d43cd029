"""When a trainer is free again for a later cohort."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

TEACHES_ON = ("planned", "open", "running")
"""The statuses of a cohort that still takes its trainers’ time."""


def free_from(last_days: Iterable[date | None], today: date) -> date:
    """From when on somebody teaches nothing any more: the day after the last session of their cohorts, or today.

    `last_days` are those of the cohorts that they teach and that are not over; a cohort without sessions has none.

    >>> from datetime import date
    >>> free_from([date(2027, 7, 2), date(2027, 3, 5), None], date(2027, 1, 4))
    datetime.date(2027, 7, 3)
    >>> free_from([], date(2027, 1, 4)), free_from([date(2026, 12, 1)], date(2027, 1, 4))
    (datetime.date(2027, 1, 4), datetime.date(2027, 1, 4))
    """
    return max([today, *(day + timedelta(days=1) for day in last_days if day)])
