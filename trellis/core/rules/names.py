"""A gentle warning when words look as if they were about one child.

A review refuses nothing for it. What a learner writes about a visit is refused when it holds what is surely one
child’s data (`looks_like_data`), and asked about once when it looks as if it named one (`looks_personal`).
"""

from __future__ import annotations

import re
from datetime import date

_DATE = re.compile(r"\b(\d{1,2})[/.\-](\d{1,2})[/.\-]((?:19|20)?\d{2})\b")
_BORN = re.compile(r"\b(?:d\.?o\.?b\.?|date of birth|born on|aged? \d{1,2} (?:months|years))\b", re.IGNORECASE)
_NHS = re.compile(r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b")
_A_CHILD_CALLED = re.compile(
    r"\b(?:child|boy|girl|little one|pupil|toddler|baby)(?:['’]s name is| called| named|,)? ([A-Z][a-z]+)\b"
)
_OF_SOMEONE = re.compile(
    r"\b([A-Z][a-z]{2,})['’]s (?:plan|targets?|speech|behaviour|progress|mum|mother|dad|father|parents?|carer|key person"
    r"|two-year check|assessment|ehc|ehcp|needs)\b"
)
_NOT_A_CHILD = frozenset(
    [
        "Setting",
        "Nursery",
        "Parent",
        "Child",
        "Children",
        "Senco",
        "Manager",
        "Week",
        "Term",
        "Today",
        "Autumn",
        "Spring",
        "Summer",
        "Ofsted",
        "Everyone",
        "Team",
        "Group",
        "Staff",
        "Room",
        "Committee",
        "School",
        "Authority",
        "Council",
        "Each",
        "Every",
        "England",
        "Person",
        "Someone",
        "Somebody",
        "Anyone",
        "Everybody",
        "Tomorrow",
        "Year",
        "Practitioner",
        "Childminder",
        "Provider",
        "Teacher",
        # days and months, but for April, May and June, which are names as well
        *["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        *["January", "February", "March", "July", "August", "September", "October", "November", "December"],
    ]
)


def looks_personal(text: str, *, today: date) -> str | None:
    """Why some text looks as if it named one child, in a sentence, or None.

    Looks for an NHS number (ten digits whose check digit is right), a date of birth of someone under eight, and
    turns of phrase that go with a first name. It errs on the quiet side: a warning that is often wrong is not read.

    >>> looks_personal("We keep the plans in the blue folder", today=date(2026, 11, 23))
    >>> looks_personal("See Noah’s plan", today=date(2026, 11, 23))
    'This looks as if it names a child (“Noah”). Please write about what you do, not about one child'
    """
    if data := looks_like_data(text, today=today):
        return data
    name = next((found for found in _names(text) if found not in _NOT_A_CHILD), None)
    if name:
        return f"This looks as if it names a child (“{name}”). Please write about what you do, not about one child"
    return None


def warnings_of(notes: str, reason: str = "", *, today: date) -> dict[str, str]:
    """What to say beside each of the two texts of a rating; empty for one that names nobody.

    >>> warnings_of("See Noah’s plan", "", today=date(2026, 11, 23))["reason"]
    ''
    """
    return {name: looks_personal(words, today=today) or "" for name, words in (("notes", notes), ("reason", reason))}


def looks_like_data(text: str, *, today: date) -> str | None:
    """Why some text holds what is surely one child’s data, an NHS number or a date of birth; or None.

    >>> from datetime import date
    >>> looks_like_data("943 476 5919 was sad", today=date(2026, 11, 23))
    'This looks like an NHS number. Please take it out: no child’s data is needed here'
    """
    if any(_nhs_number(found) for found in _NHS.findall(text)):
        return "This looks like an NHS number. Please take it out: no child’s data is needed here"
    if _BORN.search(text) or any(_of_a_young_child(*found, today=today) for found in _DATE.findall(text)):
        return "This looks like a child’s date of birth or age. Please take it out: no child’s data is needed here"
    return None


def _names(text: str) -> list[str]:
    return [*_A_CHILD_CALLED.findall(text), *_OF_SOMEONE.findall(text)]


def _nhs_number(digits: str) -> bool:
    """Whether ten digits are a possible NHS number: the last is the check digit of the others, modulo 11.

    >>> _nhs_number("943 476 5919"), _nhs_number("943 476 5918")
    (True, False)
    """
    figures = [int(each) for each in digits if each.isdigit()]
    check = 11 - sum(figure * weight for figure, weight in zip(figures, range(10, 1, -1), strict=False)) % 11
    return figures[9] == (0 if check == 11 else check)


def _of_a_young_child(day: str, month: str, year: str, *, today: date) -> bool:
    """Whether a date could be the birthday of a child under six: two to seventy-two months ago."""
    full_year = int(year) + 2000 if len(year) == 2 else int(year)
    try:
        born = date(full_year, int(month), int(day))
    except ValueError:
        return False
    return 365 <= (today - born).days <= 6 * 366
