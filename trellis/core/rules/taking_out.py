"""The mark that stands where words were taken out for good."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trellis.core.dates import day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
PATTERN = rf"^\[taken out on [1-9][0-9]? ({'|'.join(MONTHS)}) [0-9]{{4}}\]$"
"""What a mark looks like, as Python and PostgreSQL read it."""


def mark_of(on: date) -> str:
    """What stands in the place of words that were taken out on a day, and says nothing of them.

    >>> from datetime import date
    >>> mark_of(date(2027, 3, 5))
    '[taken out on 5 March 2027]'
    """
    return f"[taken out on {day(on)}]"


def is_mark(text: str) -> bool:
    """Whether a text is such a mark and nothing else.

    >>> is_mark("[taken out on 5 March 2027]"), is_mark("[taken out on 5 Noah 2027]"), is_mark("We ask first")
    (True, False, False)
    """
    return re.fullmatch(PATTERN.strip("^$"), text) is not None


def globs() -> Iterator[str]:
    """The same for SQLite, which has no regular expressions: a text is a mark when it fits one of these.

    >>> list(globs())[4:6]
    ['[[]taken out on [1-9] March [0-9][0-9][0-9][0-9]]', '[[]taken out on [1-9][0-9] March [0-9][0-9][0-9][0-9]]']
    """
    for month in MONTHS:
        for number in ("[1-9]", "[1-9][0-9]"):
            yield f"[[]taken out on {number} {month} [0-9][0-9][0-9][0-9]]"
