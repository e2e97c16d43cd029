"""What the cells of the published list mean."""

from __future__ import annotations

import calendar
import re
from datetime import date

from trellis.core.dates import day
from trellis.organisations.rules.searching import plain

NOTHING = frozenset({"", "null", "none", "none.", "n/a", "not applicable", "-"})
MONTHS = {name.lower()[:3]: number for number, name in enumerate(calendar.month_name) if name}
MOST_WORDS = 8
MONTH_AND_YEAR = re.compile(r"(?P<month>[A-Za-z]{3,9})[\s-]+(?P<year>\d{4}|\d{2})")
NUMBERS = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})")
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")


def cell(text: str) -> str:
    """What stands in a cell, without what stands for nothing.

    >>> cell(" null "), cell("None."), cell("NCFE ")
    ('', '', 'NCFE')
    """
    plain = " ".join(text.split())
    return "" if plain.lower() in NOTHING else plain


def read_day(text: str, *, ends: bool) -> date | None:
    """The day that a cell means: of a month its first, or its last where something ends. Raises ValueError.

    >>> read_day("Sep-14", ends=False), read_day("Aug-14", ends=True)
    (datetime.date(2014, 9, 1), datetime.date(2014, 8, 31))
    >>> read_day("null", ends=True), read_day("", ends=False)
    (None, None)
    >>> read_day("September 2019", ends=False), read_day("31/01/2023", ends=True)
    (datetime.date(2019, 9, 1), datetime.date(2023, 1, 31))
    >>> read_day("soon", ends=False)
    Traceback (most recent call last):
    ValueError: “soon” is not a date such as Aug-14
    """
    plain = cell(text)
    if not plain:
        return None
    try:
        if found := MONTH_AND_YEAR.fullmatch(plain):
            month, year = MONTHS[found["month"].lower()[:3]], int(found["year"])
            year += 2000 if year < 100 else 0
            return date(year, month, calendar.monthrange(year, month)[1] if ends else 1)
        if found := NUMBERS.fullmatch(plain) or ISO.fullmatch(plain):
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except (KeyError, ValueError):
        pass
    raise ValueError(f"“{plain[:40]}” is not a date such as Aug-14")


def why_not_level(text: str) -> str | None:
    """Why this is no level, or None.

    >>> why_not_level("3")
    >>> why_not_level("Level 3")
    'The level “Level 3” is not a number from 1 to 8'
    """
    return (
        None
        if text.isascii() and text.isdecimal() and 1 <= int(text[:3]) <= 8
        else f"The level “{text[:40]}” is not a number from 1 to 8"
    )


def why_not_ref(text: str) -> str | None:
    """Why a row cannot be told by this reference, or None.

    >>> why_not_ref("EYQ-001")
    >>> why_not_ref("")
    'There is no reference such as EYQ-001'
    >>> why_not_ref("EYQ 001; 002")
    'The reference “EYQ 001; 002” is not one such as EYQ-001'
    """
    if not text:
        return "There is no reference such as EYQ-001"
    return (
        None
        if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,19}", text)
        else f"The reference “{text[:40]}” is not one such as EYQ-001"
    )


def words_of(text: str) -> list[str]:
    """The words by which the list is searched: in small letters, without accents, and not too many.

    >>> words_of("Diplôma  CACHE"), len(words_of("a " * 40))
    (['diploma', 'cache'], 8)
    """
    return plain(text).split()[:MOST_WORDS]


def begun_words(from_date: date | None, to_date: date | None) -> str:
    """When a course had to be begun, for its certificate to count so.

    >>> begun_words(date(2014, 9, 1), date(2024, 8, 31)), begun_words(None, None)
    ('1 September 2014 to 31 August 2024', 'At any time')
    >>> begun_words(date(2014, 9, 1), None), begun_words(None, date(2014, 8, 31))
    ('On 1 September 2014 or later', 'Until 31 August 2014')
    """
    if from_date and to_date:
        return f"{day(from_date)} to {day(to_date)}"
    if from_date:
        return f"On {day(from_date)} or later"
    return f"Until {day(to_date)}" if to_date else "At any time"
