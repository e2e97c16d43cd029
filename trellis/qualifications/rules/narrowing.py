"""By what the catalogue is narrowed: spans of hours and of cost, and how soon it begins."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple


class Span(NamedTuple):
    """A span of whole numbers, both ends in it; None is without an end."""

    words: str
    least: int | None
    most: int | None


HOURS: dict[str, Span] = {
    "up-to-3": Span("Up to 3 hours", 1, 3),
    "up-to-10": Span("4 to 10 hours: a day or two", 4, 10),
    "up-to-40": Span("11 to 40 hours", 11, 40),
    "more": Span("More than 40 hours", 41, None),
}
COSTS: dict[str, Span] = {
    "free": Span("Free", 0, 0),
    "up-to-100": Span("Up to £100", 1, 100),
    "more": Span("More than £100", 101, None),
}
NOT_KNOWN = "not-known"
STARTS: dict[str, timedelta] = {"month": timedelta(days=31), "term": timedelta(days=92), "year": timedelta(days=366)}
START_WORDS = {"month": "In the next month", "term": "In the next three months", "year": "In the next year"}


def is_within(span: Span, number: int | None) -> bool:
    """Whether a number lies in a span; what is not known lies in none.

    >>> [is_within(HOURS["up-to-10"], hours) for hours in (None, 3, 4, 10, 11)]
    [False, False, True, True, False]
    >>> is_within(HOURS["more"], 864), is_within(COSTS["free"], 0)
    (True, True)
    """
    if number is None:
        return False
    return (span.least is None or number >= span.least) and (span.most is None or number <= span.most)
