"""Who holds what: what may be written down, and what runs out."""

from __future__ import annotations

from datetime import date, timedelta

RUNS_OUT_SOON = timedelta(days=90)
REMINDED_BEFORE = timedelta(weeks=8)
CHANGED = "Somebody else has just changed this. Look at it again"


def state_of(expires_on: date | None, on: date) -> str:
    """Whether a qualification has run out, does so soon, or neither, on a day.

    >>> state_of(None, date(2027, 3, 5))
    ''
    >>> state_of(date(2027, 3, 4), date(2027, 3, 5)), state_of(date(2027, 3, 5), date(2027, 3, 5))
    ('out', 'soon')
    >>> state_of(date(2027, 6, 3), date(2027, 3, 5)), state_of(date(2027, 6, 4), date(2027, 3, 5))
    ('soon', '')
    """
    if expires_on is None:
        return ""
    if expires_on < on:
        return "out"
    return "soon" if expires_on <= on + RUNS_OUT_SOON else ""


def why_not_dates(*, achieved_on: date, expires_on: date | None, seen_on: date | None, today: date) -> str | None:
    """Why these days cannot be, or None.

    >>> day = date(2027, 3, 5)
    >>> why_not_dates(achieved_on=day, expires_on=None, seen_on=day, today=day)
    >>> why_not_dates(achieved_on=date(2027, 3, 6), expires_on=None, seen_on=None, today=day)
    'It cannot have been gained in the future'
    >>> why_not_dates(achieved_on=day, expires_on=day, seen_on=None, today=day)
    'It cannot run out before it was gained'
    >>> why_not_dates(achieved_on=day, expires_on=None, seen_on=date(2027, 3, 4), today=day)
    'The evidence cannot have been seen before it was gained'
    >>> why_not_dates(achieved_on=date(2027, 3, 1), expires_on=None, seen_on=date(2027, 3, 6), today=day)
    'The evidence cannot have been seen in the future'
    """
    if achieved_on > today:
        return "It cannot have been gained in the future"
    if expires_on and expires_on <= achieved_on:
        return "It cannot run out before it was gained"
    if seen_on and seen_on < achieved_on:
        return "The evidence cannot have been seen before it was gained"
    if seen_on and seen_on > today:
        return "The evidence cannot have been seen in the future"
    return None


def why_not_change(*, ended: bool, version: int, seen_version: int) -> str | None:
    """Why a holding is not changed now, or None.

    >>> why_not_change(ended=False, version=2, seen_version=2)
    >>> why_not_change(ended=False, version=3, seen_version=2)
    'Somebody else has just changed this. Look at it again'
    >>> why_not_change(ended=True, version=2, seen_version=2)
    'This was taken out in the meantime'
    """
    if ended:
        return "This was taken out in the meantime"
    return CHANGED if version != seen_version else None


def why_not_person(*, chosen: bool, name: str) -> str | None:
    """Why this is not one person, or None.

    >>> why_not_person(chosen=True, name="")
    >>> why_not_person(chosen=False, name="Ines Okoro")
    >>> why_not_person(chosen=True, name="Ines Okoro")
    'Choose a person or enter a name, not both'
    >>> why_not_person(chosen=False, name="")
    'Choose a person, or enter the name of somebody without an account'
    """
    if chosen and name:
        return "Choose a person or enter a name, not both"
    return None if chosen or name else "Choose a person, or enter the name of somebody without an account"
