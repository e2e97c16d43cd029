"""What stands in a cell: dates, numbers, postcodes, flags, authorities; or the reason why it cannot be read."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from trellis.organisations.authorities import find_authority, find_region

# What publishers write where nothing is known.
NOTHING = dict.fromkeys(
    [
        *("REDACTED", "Redacted", "redacted", "NULL", "Null", "null", "-", "–", "N/A", "n/a"),
        *("Not Recorded", "Not recorded", "Not known", "Unknown"),
    ],
    "",
)

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TIME = r"(?:[ T]\d\d?:\d\d(?::\d\d)?(?:\.\d+)?Z?)?"
DAY_FIRST = re.compile(rf"(?P<day>\d\d?)[/.-](?P<month>\d\d?)[/.-](?P<year>\d{{4}}){TIME}")
YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[/-](?P<month>\d\d?)[/-](?P<day>\d\d?){TIME}")
IN_WORDS = re.compile(r"(?P<day>\d\d?)[ -](?P<month>[A-Za-z]{3,9})[ -](?P<year>\d{4})")

POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")
PLACES_NOT_GIVEN = frozenset({"z", "x", ":", "c", "u", "supp"})  # how official statistics mark a missing number
MOST_PLACES = 100_000


class CannotBeRead(Exception):
    """A cell that makes its row one to reject; its text is the reason."""


@lru_cache(maxsize=32_768)
def read_date(text: str) -> date | None:
    """The date, or None for a blank. Raises CannotBeRead.

    >>> read_date("24/10/1983"), read_date("1983-10-24 00:00:00"), read_date("")
    (datetime.date(1983, 10, 24), datetime.date(1983, 10, 24), None)
    """
    if not text:
        return None
    found = DAY_FIRST.fullmatch(text) or YEAR_FIRST.fullmatch(text) or IN_WORDS.fullmatch(text)
    if found is None:
        raise CannotBeRead(f"“{shown(text)}” is not a date such as 24/10/1983")
    try:
        return date(int(found["year"]), _month(found["month"]), int(found["day"]))
    except ValueError:
        raise CannotBeRead(f"The date {text} does not exist") from None


def _month(text: str) -> int:
    return int(text) if text.isdigit() else MONTHS.index(text[:3].casefold()) + 1


@lru_cache(maxsize=4096)
def read_places(text: str) -> int | None:
    """How many children there is room for, or None where it is not given. Raises CannotBeRead.

    >>> read_places("1,024"), read_places("46.35"), read_places("z")
    (1024, 46, None)
    """
    if not text or text.casefold() in PLACES_NOT_GIVEN:
        return None
    if not re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?|\d{1,9}(\.\d+)?", text):
        raise CannotBeRead(f"The number of places “{shown(text)}” is not a number")
    places = int(float(text.replace(",", "")))
    if places > MOST_PLACES:
        raise CannotBeRead(f"{places:,} places cannot be right")
    return places


def is_number(text: str) -> bool:
    """Whether this is a provider number: letters and digits, at least one digit, no more than 20.

    >>> is_number("EY101465"), is_number("Leeds")
    (True, False)
    """
    return text.isascii() and text.isalnum() and len(text) <= 20 and not text.isalpha()


def read_number(text: str) -> str:
    """A provider number in capitals, as “EY101465” or “319354”. Raises CannotBeRead.

    >>> read_number("ey 101465")
    'EY101465'
    """
    number = text.replace(" ", "").upper()
    if not number:
        raise CannotBeRead("Provider number is missing")
    if not is_number(number):
        raise CannotBeRead(f"“{shown(text)}” is not a provider number")
    return number


def read_postcode(text: str) -> str:
    """A postcode in capitals with its space, or nothing when it is none.

    >>> read_postcode("ls85dt")
    'LS8 5DT'
    """
    found = POSTCODE.fullmatch(text.replace(" ", "").upper())
    return f"{found[1]} {found[2]}" if found else ""


@lru_cache(maxsize=256)
def read_registers(early_years: str, compulsory: str, voluntary: str, together: str) -> tuple[bool, bool, bool]:
    """Whether on the Early Years Register and the compulsory and voluntary parts of the Childcare Register.

    Each flag counts where it is given, otherwise the combination, as “ALL”, “EYR-CCR” or “EYR, CCR, VCR”.

    >>> read_registers("", "", "N", "EYR-VCR")
    (True, False, False)
    """
    named = set(re.findall(r"[A-Z]+", together.upper()))

    def on(flag: str, register: str) -> bool:
        given = flag.casefold()
        if given in {"y", "yes", "true", "1"}:
            return True
        return given not in {"n", "no", "false", "0"} and not named.isdisjoint({register, "ALL"})

    return on(early_years, "EYR"), on(compulsory, "CCR"), on(voluntary, "VCR")


@lru_cache(maxsize=4096)
def read_place(authority: str, authority_code: str, region: str) -> tuple[str, str]:
    """The ONS code of the authority, or nothing if none is certain, and the name of the region.

    >>> read_place("Bristol", "", "")
    ('E06000023', 'South West')
    """
    found = (find_authority(authority_code) if authority_code else None) or find_authority(authority)
    given = find_region(region) if region else None
    region_name = given.name if given else region
    return (found.code, region_name or found.region.name) if found else ("", region_name)


def shown(text: str) -> str:
    """A cell as a reason quotes it: not too long.

    >>> shown("x" * 60)
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'
    """
    return text if len(text) <= 40 else f"{text[:39]}…"
