"""What a token may do, how long it lasts, and how often it may ask."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

LONGEST = timedelta(days=366)
READS_A_MINUTE, WRITES_A_MINUTE = 120, 60
KEEP_REPLIES = timedelta(days=1)
"""How long the answer to an idempotency key is kept and given again."""


class Scope(StrEnum):
    """One thing that a token allows. A token never allows more than its owner’s role."""

    READ_FRAMEWORKS = "frameworks:read"
    READ_REVIEWS = "reviews:read"
    WRITE_REVIEWS = "reviews:write"
    READ_VOICES = "voices:read"
    READ_VISITS = "visits:read"
    READ_COUNTS = "counts:read"


SCOPE_WORDS: dict[Scope, str] = {
    Scope.READ_FRAMEWORKS: "Read the statements that reviews use",
    Scope.READ_REVIEWS: "Read your setting’s reviews",
    Scope.WRITE_REVIEWS: "Start reviews and rate statements, in your name",
    Scope.READ_VOICES: "Read what colleagues, parents and children say in your setting’s reviews, without names",
    Scope.READ_VISITS: "Read your setting’s visits and what came of them",
    Scope.READ_COUNTS: "Read what many settings’ reviews add up to for your authority",
}


def why_not_token(*, expires_on: date, today: date, scopes: list[str]) -> str | None:
    """Why a token cannot be made, or None if it can.

    >>> why_not_token(expires_on=date(2026, 11, 24), today=date(2026, 11, 24), scopes=["reviews:read"])
    'The last day must be in the future'
    >>> why_not_token(expires_on=date(2029, 1, 1), today=date(2026, 11, 24), scopes=["reviews:read"])
    'A token lasts a year at most: choose an earlier day'
    >>> why_not_token(expires_on=date(2027, 1, 1), today=date(2026, 11, 24), scopes=[])
    'Select what the program may do'
    """
    if not scopes:
        return "Select what the program may do"
    if expires_on <= today:
        return "The last day must be in the future"
    if expires_on > today + LONGEST:
        return "A token lasts a year at most: choose an earlier day"
    return None


def most_a_minute(method: str) -> int:
    """How often one token may ask in a minute, by the kind of request.

    >>> most_a_minute("GET"), most_a_minute("PUT")
    (120, 60)
    """
    return READS_A_MINUTE if method in ("GET", "HEAD") else WRITES_A_MINUTE
