"""What stands in a form that came back: words, ticks and days as people and their programs write them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

YES = frozenset({"yes", "y", "x", "true", "1", "☒", "☑", "✓", "✔", "not sure", "unsure"})
NO = frozenset({"no", "n", "false", "0", "☐", "-", "–"})
NOT_CHOSEN = frozenset({"", "choose", "choose one", "choose an item", "choose an item."})
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_FIGURES = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ .\-]+([A-Za-z]{3,9})\.?,?[ \-]+(\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:\.0*)?")
EXCELS_FIRST_DAY = date(1899, 12, 30)
EARLIEST, LATEST = 2000, 2099
CANNOT_TELL = "We cannot tell whether somebody changed this after the form was made"


class Read(NamedTuple):
    """What was understood, or the sentence that says why it was not."""

    value: object
    why_not: str | None = None


def plain(text: str) -> str:
    """Words as they are compared: without case, spaces around and double spaces.

    >>> plain("  Partly  IN place ")
    'partly in place'
    """
    return " ".join(text.split()).casefold()


def choice_said(text: str, choices: Mapping[str, str]) -> Read:
    """The code of a choice by its words; an empty one chooses nothing. `choices` are the words by code.

    >>> levels = {"secure": "Secure", "partly": "Partly in place"}
    >>> choice_said("partly in  place", levels).value, choice_said("Choose", levels).value
    ('partly', '')
    >>> choice_said("mostly", levels).why_not
    '“mostly” is no choice here. Choose “Secure” or “Partly in place”'
    """
    said = plain(text)
    if said in NOT_CHOSEN:
        return Read("")
    for code, words in choices.items():
        if said in (plain(words), code):
            return Read(code)
    return Read("", f"“{_short(text)}” is no choice here. Choose {_one_of(choices.values())}")


def tick_said(text: str) -> Read:
    """Whether something was ticked: True, False, or None where nothing stands.

    >>> tick_said("Yes").value, tick_said("☐").value, tick_said(" ").value
    (True, False, None)
    >>> tick_said("perhaps").why_not
    '“perhaps” is neither yes nor no'
    """
    said = plain(text)
    if not said:
        return Read(None)
    if said in YES or said in NO:
        return Read(said in YES)
    return Read(None, f"“{_short(text)}” is neither yes nor no")


def day_said(text: str) -> Read:
    """A day as it is written in England, or as a spreadsheet has it; None where nothing stands.

    >>> day_said("5 March 2027").value, day_said("05/03/27").value, day_said("2027-03-05 00:00:00").value
    (datetime.date(2027, 3, 5), datetime.date(2027, 3, 5), datetime.date(2027, 3, 5))
    >>> day_said("46451").value
    datetime.date(2027, 3, 5)
    >>> day_said("after Easter").why_not
    '“after Easter” is no date. Write it as 5 March 2027'
    """
    said = " ".join(text.split())
    if not said:
        return Read(None)
    found = _day(said)
    if found and EARLIEST <= found.year <= LATEST:
        return Read(found)
    return Read(None, f"“{_short(text)}” is no date. Write it as 5 March 2027")


def _day(said: str) -> date | None:
    if serial := _SERIAL.fullmatch(said):
        return EXCELS_FIRST_DAY + timedelta(days=int(serial[1]))
    year, month, day = 0, 0, 0
    if iso := _ISO.fullmatch(said):
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
    elif figures := _FIGURES.fullmatch(said):
        day, month, year = int(figures[1]), int(figures[2]), int(figures[3])
        year += 2000 if year < 100 else 0
    elif words := _WORDS.fullmatch(said):
        beginning = words[2][:3].lower()
        day, year = int(words[1]), int(words[3])
        month = MONTHS.index(beginning) + 1 if beginning in MONTHS else 0
    try:
        return date(year, month, day)
    except ValueError:
        return None


def why_not_length(text: str, *, most: int, what: str) -> str | None:
    """Why words are too long to be kept, or None.

    >>> why_not_length("short", most=300, what="Notes")
    >>> why_not_length("x" * 301, most=300, what="Notes")
    'Notes must be 300 characters or fewer'
    """
    return f"{what} must be {most:,} characters or fewer" if len(text) > most else None


def why_not_this_form(
    *,
    marked: Mapping[str, str] | None,
    round_id: str,
    framework: str,
    others: Mapping[str, str],
) -> str | None:
    """Why a form cannot be read into a review, or None if it can. `marked` is what the form says of itself; `framework`
    the key and edition of the review’s statements; `others` the setting’s other reviews, their period by id.

    >>> told = {"round": "r1", "framework": "early-years 2026"}
    >>> why_not_this_form(marked=told, round_id="r1", framework="early-years 2026", others={})
    >>> why_not_this_form(marked=told, round_id="r2", framework="early-years 2026", others={"r1": "Spring term 2026"})
    'This form belongs to your review “Spring term 2026”. Open that review and read the form there'
    >>> why_not_this_form(marked=told, round_id="r2", framework="early-years 2026", others={})
    'This form belongs to a review of another setting, so it cannot be read here'
    """
    if marked is None:
        return (
            "This is not a form that was taken from here, or the line by which it is known was removed. "
            "Take a form from this page and fill that in"
        )
    if marked["round"] != round_id:
        if marked["round"] in others:
            period = others[marked["round"]]
            return f"This form belongs to your review “{period}”. Open that review and read the form there"
        return "This form belongs to a review of another setting, so it cannot be read here"
    if marked["framework"] != framework:
        return "This form has the statements of another edition, so it cannot be read into this review"
    return None


def why_not_read(*, status: str) -> str | None:
    """Why no form can be read into a review, or None if it can.

    >>> why_not_read(status="draft")
    >>> why_not_read(status="agreed")
    'This review has been agreed, so no form can be read into it'
    """
    if status in ("draft", "discussing"):
        return None
    return f"This review has been {'agreed' if status == 'agreed' else 'archived'}, so no form can be read into it"


def codes_like(code: str, known: Collection[str]) -> str:
    """A code as the review writes it, whatever case or spaces the form has; empty when it is none of them.

    >>> codes_like(" a1 ", {"A1", "B2"}), codes_like("Z9", {"A1"})
    ('A1', '')
    """
    said = plain(code)
    return next((each for each in known if plain(each) == said), "")


def changed_since(name: str, when: str) -> str:
    """Who changed something after the form was made, and when.

    >>> changed_since("Priya Nair", "5 March 2027 at 2:30pm")
    'Priya Nair changed this here on 5 March 2027 at 2:30pm, after the form was made'
    """
    return f"{name or 'Somebody'} changed this here on {when}, after the form was made"


def _one_of(words: Iterable[str]) -> str:
    quoted = [f"“{each}”" for each in words]
    return " or ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= 40 else f"{said[:40]}…"
