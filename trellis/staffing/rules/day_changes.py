"""When something can be written down as otherwise than usual."""

from __future__ import annotations

from datetime import date, timedelta

MOST_A_DAY = 60
AHEAD = timedelta(days=400)


def why_not_change_day(*, on: date, today: date, there: int) -> str | None:
    """Why nothing more can be changed on a day, or None if it can.

    >>> why_not_change_day(on=date(2027, 3, 3), today=date(2027, 3, 4), there=0)
    'This day is over'
    >>> why_not_change_day(on=date(2028, 6, 1), today=date(2027, 3, 4), there=0)
    'This day is too far ahead: begin with the typical week'
    >>> why_not_change_day(on=date(2027, 3, 4), today=date(2027, 3, 4), there=60)
    'So much is otherwise on this day that no more can be written down'
    >>> why_not_change_day(on=date(2027, 3, 4), today=date(2027, 3, 4), there=59)
    """
    if on < today:
        return "This day is over"
    if on > today + AHEAD:
        return "This day is too far ahead: begin with the typical week"
    return "So much is otherwise on this day that no more can be written down" if there >= MOST_A_DAY else None
