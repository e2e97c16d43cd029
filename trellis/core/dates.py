"""Dates and times as people write and read them, on pages, in documents and in e-mail alike."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def day(value: date | datetime | None) -> str:
    """A date as people write it: 5 March 2027; nothing for no date.

    >>> day(date(2027, 3, 5))
    '5 March 2027'
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return f"{value.day} {value:%B %Y}"


def moment(value: datetime | None) -> str:
    """A date with its time, on the clocks of this country: 5 March 2027 at 2:30pm.

    >>> moment(datetime.fromisoformat("2027-07-05T13:30:00+00:00")), moment(None)
    ('5 July 2027 at 2:30pm', '')
    """
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)} at {clock(local.time())}"


def clock(value: time) -> str:
    """A time of day as people write it.

    >>> clock(time(9, 30)), clock(time(13, 0))
    ('9:30am', '1:00pm')
    """
    return f"{value.hour % 12 or 12}:{value:%M}{'am' if value.hour < 12 else 'pm'}"


def end_of(day: date) -> datetime:
    """The midnight with which a day ends, on the clocks of this country.

    >>> end_of(date(2027, 7, 5)).isoformat()
    '2027-07-06T00:00:00+01:00'
    """
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month.

    >>> months_later(date(2028, 2, 29), 24)
    datetime.date(2030, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
