"""When a review may be released and withdrawn, until when, and how somebody outside gets in."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from trellis.core.dates import months_later

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

LONGEST_YEARS = 2
SUGGESTED_MONTHS = 3
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Easy to read aloud: no 0 or O, no 1 or I."""
CODE_LENGTH = 8
MOST_WRONG_CODES = 5
CLOSED_FOR = timedelta(hours=1)


class ReleaseState(StrEnum):
    """Where a release stands."""

    LIVE = "live"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


def state_of(*, withdrawn: bool, until: date, today: date) -> ReleaseState:
    """Where a release stands on a day; its last day is still good.

    >>> state_of(withdrawn=False, until=date(2027, 3, 5), today=date(2027, 3, 5))
    <ReleaseState.LIVE: 'live'>
    >>> state_of(withdrawn=False, until=date(2027, 3, 5), today=date(2027, 3, 6))
    <ReleaseState.ENDED: 'ended'>
    """
    if withdrawn:
        return ReleaseState.WITHDRAWN
    return ReleaseState.LIVE if today <= until else ReleaseState.ENDED


def why_not_release(*, may_release: bool, agreed: bool) -> str | None:
    """Why a review cannot be released, or None if it can.

    >>> why_not_release(may_release=True, agreed=False)
    'Only a review that has been agreed can be released'
    >>> why_not_release(may_release=False, agreed=True)
    'Only whoever answers for the setting can release a review'
    """
    if not may_release:
        return "Only whoever answers for the setting can release a review"
    return None if agreed else "Only a review that has been agreed can be released"


def why_not_to_team(*, name: str, readers: int) -> str | None:
    """Why a review cannot be released to a team, or None if it can: somebody there has to be able to read it.

    >>> why_not_to_team(name="Leeds", readers=0)
    'Nobody at Leeds can read releases at the moment, so it would reach no one. Release it to somebody there by e-mail'
    >>> why_not_to_team(name="Leeds", readers=1)
    """
    if readers:
        return None
    return (
        f"Nobody at {name} can read releases at the moment, so it would reach no one. "
        "Release it to somebody there by e-mail"
    )


def why_not_until(until: date, *, today: date) -> str | None:
    """Why a release cannot last until a day, or None if it can: after today, at most two years.

    >>> why_not_until(date(2027, 3, 5), today=date(2027, 3, 5))
    'The last day must be in the future'
    >>> why_not_until(date(2029, 3, 6), today=date(2027, 3, 5))
    'A release can last two years at most. You can release it again after that'
    >>> why_not_until(date(2029, 3, 5), today=date(2027, 3, 5))
    """
    if until <= today:
        return "The last day must be in the future"
    if until > months_later(today, 12 * LONGEST_YEARS):
        return "A release can last two years at most. You can release it again after that"
    return None


def why_not_withdraw(state: ReleaseState) -> str | None:
    """Why a release cannot be withdrawn, or None if it can.

    >>> why_not_withdraw(ReleaseState.WITHDRAWN)
    'This was withdrawn already'
    >>> why_not_withdraw(ReleaseState.LIVE)
    """
    words = {
        ReleaseState.WITHDRAWN: "This was withdrawn already",
        ReleaseState.ENDED: "Its last day has passed already",
    }
    return words.get(state)


def suggested_until(today: date) -> date:
    """The last day that we suggest: in three months.

    >>> suggested_until(date(2026, 11, 30))
    datetime.date(2027, 2, 28)
    """
    return months_later(today, SUGGESTED_MONTHS)


def period_key(day: date) -> str:
    """The school term of a day, for counting: the year and the term.

    >>> period_key(date(2026, 11, 23)), period_key(date(2027, 2, 1)), period_key(date(2027, 6, 30))
    ('2026-autumn', '2027-spring', '2027-summer')
    """
    term = "spring" if day.month < 4 else "summer" if day.month < 9 else "autumn"
    return f"{day.year}-{term}"


def new_code(choose: Callable[[str], str]) -> str:
    """A code of eight letters and figures; `choose` picks one, by chance that cannot be guessed.

    >>> new_code(lambda letters: letters[-1])
    '99999999'
    """
    return "".join(choose(CODE_LETTERS) for _ in range(CODE_LENGTH))


def spoken(code: str) -> str:
    """A code as it is read aloud and written down: in two halves.

    >>> spoken("ABCD2345")
    'ABCD 2345'
    """
    return f"{code[:4]} {code[4:]}"


def as_typed(code: str) -> str:
    """A code as it was meant, from how it was typed: any case, spaces and hyphens.

    >>> as_typed(" abcd-2345 ")
    'ABCD2345'
    """
    return "".join(letter for letter in code.upper() if letter.isalnum())


def why_not_try(*, closed_until: datetime | None, now: datetime) -> str | None:
    """Why no code can be tried at the moment, or None if one can."""
    if closed_until and now < closed_until:
        return "Too many codes were wrong. Wait an hour, or ask for a new code"
    return None
