"""The periods in which an authority counts: school terms, each counted once, some weeks after it has ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from trellis.core.dates import day, months_later
from trellis.review.rules.release import SUGGESTED_MONTHS, period_key

if TYPE_CHECKING:
    from collections.abc import Collection

COUNTED_AFTER = timedelta(days=28)
"""How long after its end a period is counted: time to release what was agreed in its last days."""
KEPT_AFTER = timedelta(days=14)
"""How long after the count a release to an authority is suggested to last, in case the count is late."""
LAST_DAYS = {"spring": (3, 31), "summer": (8, 31), "autumn": (12, 31)}


def period_end(key: str) -> date:
    """The last day of a period.

    >>> period_end("2026-autumn")
    datetime.date(2026, 12, 31)
    """
    year, term = key.split("-")
    return date(int(year), *LAST_DAYS[term])


def count_day(key: str) -> date:
    """The day on which a period is counted by itself.

    >>> count_day("2026-autumn")
    datetime.date(2027, 1, 28)
    """
    return period_end(key) + COUNTED_AFTER


def period_after(key: str) -> str:
    """The period that follows.

    >>> period_after("2026-autumn"), period_after("2027-spring")
    ('2027-spring', '2027-summer')
    """
    return period_key(period_end(key) + timedelta(days=1))


def period_before(key: str) -> str:
    """The period before.

    >>> period_before("2027-spring"), period_before("2026-autumn")
    ('2026-autumn', '2026-summer')
    """
    first_month = {"spring": 1, "summer": 4, "autumn": 9}
    year, term = key.split("-")
    return period_key(date(int(year), first_month[term], 1) - timedelta(days=1))


def period_words(key: str) -> str:
    """A period as people say it.

    >>> period_words("2026-autumn")
    'Autumn term 2026'
    """
    year, term = key.split("-")
    return f"{term.capitalize()} term {year}"


def in_order(key: str) -> tuple[int, int]:
    """What periods are put in order by.

    >>> sorted(["2026-autumn", "2027-spring", "2026-summer"], key=in_order)
    ['2026-summer', '2026-autumn', '2027-spring']
    """
    year, term = key.split("-")
    return int(year), list(LAST_DAYS).index(term)


def counted_in(agreed: date, *, today: date, counted: Collection[str]) -> str:
    """The period in which a review released today counts: the one it was agreed in, or the first that is not over.

    `counted` are the periods counted already, by themselves or because somebody asked.

    >>> counted_in(date(2026, 12, 3), today=date(2027, 1, 20), counted=[])
    '2026-autumn'
    >>> counted_in(date(2026, 12, 3), today=date(2027, 1, 28), counted=[])
    '2027-spring'
    >>> counted_in(date(2026, 12, 3), today=date(2027, 1, 20), counted=["2026-autumn"])
    '2027-spring'
    """
    key = period_key(agreed)
    while key in counted or count_day(key) <= today:
        key = period_after(key)
    return key


def suggested_until_for_counting(today: date, period: str) -> date:
    """The last day that we suggest for a release to an authority: three months, or longer when the count is later.

    >>> suggested_until_for_counting(date(2026, 9, 10), "2026-autumn")
    datetime.date(2027, 2, 11)
    >>> suggested_until_for_counting(date(2027, 1, 20), "2026-autumn")
    datetime.date(2027, 4, 20)
    """
    return max(months_later(today, SUGGESTED_MONTHS), count_day(period) + KEPT_AFTER)


def to_count_now(today: date) -> str:
    """The period that has ended and waits for its count, or nothing when none does.

    >>> to_count_now(date(2027, 1, 5)), to_count_now(date(2027, 1, 28)), to_count_now(date(2026, 12, 31))
    ('2026-autumn', '', '')
    """
    key = period_before(period_key(today))
    return key if today < count_day(key) else ""


def why_not_count(period: str, *, today: date, may_count: bool) -> str | None:
    """Why somebody cannot have a period counted now, or None if they can.

    >>> why_not_count("2026-autumn", today=date(2026, 12, 31), may_count=True)
    'Autumn term 2026 has not ended yet'
    >>> why_not_count("2026-autumn", today=date(2027, 1, 1), may_count=True)
    """
    if not may_count:
        return "Only whoever leads at the authority can have a term counted"
    return f"{period_words(period)} has not ended yet" if today <= period_end(period) else None


def counted_words(period: str | None, *, until: date, may: bool, today: date) -> str:
    """Whether a release is counted with others, for its page. `period` is where it counts, while it does.

    >>> counted_words("2026-autumn", until=date(2027, 2, 1), may=True, today=date(2026, 12, 3))
    'Yes, on 28 January 2027. What has been counted stays in the figures, also when you withdraw it later'
    >>> counted_words("2026-autumn", until=date(2027, 1, 1), may=True, today=date(2026, 12, 3))
    'No: it ends before the count on 28 January 2027'
    >>> counted_words("2026-autumn", until=date(2027, 5, 1), may=True, today=date(2027, 3, 3))
    'Yes, with Autumn term 2026. What has been counted stays in the figures, also when you withdraw it later'
    >>> counted_words(None, until=date(2027, 5, 1), may=True, today=date(2027, 3, 3))
    'Not any more. What was counted before it ended stays in the figures'
    >>> counted_words(None, until=date(2027, 5, 1), may=False, today=date(2027, 3, 3))
    'No'
    """
    if not may:
        return "No"
    if period is None:
        return "Not any more. What was counted before it ended stays in the figures"
    on = count_day(period)
    if until < on:
        return f"No: it ends before the count on {day(on)}"
    when = f"on {day(on)}" if today < on else f"with {period_words(period)}"
    return f"Yes, {when}. What has been counted stays in the figures, also when you withdraw it later"
