"""On which days the sessions of a cohort are held."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from trellis.core.dates import clock
from trellis.core.dates import day as in_full

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import time

CADENCES: dict[str, int] = {"weekly": 7, "fortnightly": 14}
"""How many days lie between two sessions."""
LONGEST = timedelta(days=3 * 366)
"""A cohort that is not over by then would never be."""
SATURDAY = 5
A_YEAR = 366  # days
NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}


def cohort_dates(first: date, how_many: int, *, cadence: str, closed: Collection[date] = ()) -> list[date]:
    """The days of the sessions: from `first` on in the rhythm of `cadence`, without the days on which all is closed.

    A day that is closed is left out and its session held at the next one in the same rhythm, so that the weekday
    stays. Fewer than `how_many` come back when three years do not hold so many.

    >>> easter = [date(2027, 3, 26), date(2027, 4, 2)]
    >>> [each.isoformat() for each in cohort_dates(date(2027, 3, 19), 3, cadence="weekly", closed=easter)]
    ['2027-03-19', '2027-04-09', '2027-04-16']
    """
    step = timedelta(days=CADENCES[cadence])
    found: list[date] = []
    day = first
    while len(found) < how_many and day - first <= LONGEST:
        if day not in closed:
            found.append(day)
        day += step
    return found


def why_not_these_dates(
    first: date, dates: Collection[date], how_many: int, *, today: date, weekend: bool = False
) -> str | None:
    """Why a cohort cannot be held on these days, or None if it can.

    `weekend` says that it was asked for.

    >>> saturday = date(2027, 3, 6)
    >>> why_not_these_dates(saturday, [saturday], 1, today=date(2027, 1, 4))
    'The first day is a Saturday. Say so if sessions are held at weekends'
    >>> why_not_these_dates(saturday, [saturday], 1, today=date(2027, 1, 4), weekend=True)
    >>> why_not_these_dates(date(2027, 3, 5), [], 12, today=date(2027, 1, 4))
    'There are not enough open days for 12 sessions within three years'
    """
    if first < today:
        return "The first day is in the past"
    if first.weekday() >= SATURDAY and not weekend:
        return f"The first day is a {first:%A}. Say so if sessions are held at weekends"
    if len(dates) < how_many:
        return f"There are not enough open days for {how_many} sessions within three years"
    return None


def in_words(times: Sequence[tuple[date, time, time]]) -> list[tuple[str, str]]:
    """What some days ask of whoever lets somebody go: how many, from when to when, on which weekdays, at which hours.

    `times` are day, from and to of each session, in order.

    >>> from datetime import time
    >>> fridays = [(date(2027, 3, 5), time(9, 30), time(15)), (date(2027, 3, 12), time(9, 30), time(15))]
    >>> in_words(fridays)
    [('How many days', '2 days'), ('First and last day', '5 March 2027 to 12 March 2027'), ('Weekday', 'Fridays'), ('Hours', '9:30am to 3:00pm')]
    >>> in_words([*fridays, (date(2027, 3, 16), time(9), time(12))])[2:]
    [('Weekday', 'Fridays, one on a Tuesday'), ('Hours', '9:30am to 3:00pm, on one day other hours')]
    >>> in_words([])
    []
    """
    if not times:
        return []
    days = sorted({on for on, _, _ in times})
    weekdays = Counter(f"{on:%A}" for on in days).most_common()
    hours = Counter(f"{clock(starts)} to {clock(ends)}" for _, starts, ends in times).most_common()
    usual, other = hours[0][0], sum(count for _, count in hours[1:])
    rest = "".join(f", {NUMBERS.get(count, str(count))} on a {name}" for name, count in weekdays[1:])
    many = f"{len(days)} day{'' if len(days) == 1 else 's'}"
    odd = f", on {NUMBERS.get(other, str(other))} day{'' if other == 1 else 's'} other hours" if other else ""
    return [
        ("How many days", many),
        ("First and last day", f"{in_full(days[0])} to {in_full(days[-1])}" if len(days) > 1 else in_full(days[0])),
        ("Weekday", f"{weekdays[0][0]}s{rest}"),
        ("Hours", usual + odd),
    ]


def in_a_line(times: Sequence[tuple[date, time, time]]) -> str:
    """The same for whoever looks for a course, as one line; nothing without any day.

    >>> from datetime import time
    >>> in_a_line([(date(2027, 3, 5), time(9, 30), time(15)), (date(2027, 3, 12), time(9, 30), time(15))])
    'Fridays, 9:30am to 3:00pm. 2 days from 5 March 2027 to 12 March 2027'
    >>> in_a_line([])
    ''
    """
    said = dict(in_words(times))
    if not said:
        return ""
    days = said["First and last day"]
    joined = " from " if " to " in days else ", "
    return f"{said['Weekday']}, {said['Hours']}. {said['How many days']}{joined}{days}"


def why_not_move_to(day: date, *, was: date, today: date) -> str | None:
    """Why a session cannot move to a day, or None if it can: a slip of the year, which everybody would be told.

    A day that is over can be put right to another one that is.

    >>> why_not_move_to(date(2026, 11, 20), was=date(2027, 1, 12), today=date(2026, 11, 28))
    '20 November 2026 is over. Choose a day from today on'
    >>> why_not_move_to(date(2029, 6, 28), was=date(2027, 1, 12), today=date(2026, 11, 28))
    '28 June 2029 is more than a year from 12 January 2027. Look at the year again'
    >>> why_not_move_to(date(2026, 11, 20), was=date(2026, 11, 19), today=date(2026, 11, 28))
    """
    words, before = (f"{each.day} {each:%B %Y}" for each in (day, was))
    if day < today <= was:
        return f"{words} is over. Choose a day from today on"
    if abs((day - was).days) > A_YEAR:
        return f"{words} is more than a year from {before}. Look at the year again"
    return None


def why_not_on(day: date, *, closed: Collection[date], weekend: bool = False) -> str | None:
    """Why one session cannot be held on a day, or None if it can.

    >>> why_not_on(date(2027, 3, 26), closed=[date(2027, 3, 26)])
    'Everything is closed on 26 March 2027: it is a bank holiday, a school holiday or a day of the centre’s own'
    >>> why_not_on(date(2027, 3, 6), closed=[])
    '6 March 2027 is a Saturday. Say so if the session is held at a weekend'
    """
    words = f"{day.day} {day:%B %Y}"
    if day in closed:
        return f"Everything is closed on {words}: it is a bank holiday, a school holiday or a day of the centre’s own"
    if day.weekday() >= SATURDAY and not weekend:
        return f"{words} is a {day:%A}. Say so if the session is held at a weekend"
    return None
