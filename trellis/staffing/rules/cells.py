"""What stands in a cell of a file of the week, read as people and their spreadsheets write it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from trellis.core.exports.text import never_a_formula
from trellis.staffing.rules.people import Span
from trellis.staffing.rules.weeks import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

YES, NO = frozenset({"yes", "y", "x", "true", "1"}), frozenset({"", "no", "n", "false", "0"})
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y")


class Unclear(ValueError):
    """A cell that cannot be read; its text says why."""


def plainly(text: str) -> str:
    """A cell without what a spreadsheet puts around it: spaces, and the mark that keeps a text from being a formula.

    >>> plainly("  Little   bees "), plainly("'-3"), plainly("'Tis")
    ('Little bees', '-3', "'Tis")
    """
    words = " ".join(text.split())
    return words[1:] if words[:1] == "'" and never_a_formula(words[1:]) == words else words


def minute_of(text: str) -> int | None:
    """A time of day in minutes after midnight; nothing for nothing. Raises `Unclear`.

    >>> minute_of("9:30"), minute_of("8"), minute_of("08.15"), minute_of("18:00:00"), minute_of("")
    (570, 480, 495, 1080, None)
    """
    if not text:
        return None
    hours, *rest = text.replace(".", ":").split(":")
    parts = [hours, *(rest or ["0"])][:3]
    if any(not (part.isascii() and part.isdigit()) for part in parts) or len(rest) > 2:
        raise Unclear("Enter a time such as 9:30")
    hour, minute = int(parts[0]), int(parts[1])
    if hour > 23 or minute > 59:
        raise Unclear("Enter a time such as 9:30")
    return hour * 60 + minute


def span_of(starts: str, until: str) -> Span | None:
    """A part of the day; nothing when neither time is said. Raises `Unclear`.

    >>> span_of("8", "18:00"), span_of("", "")
    (Span(start=480, until=1080), None)
    """
    start, end = minute_of(starts), minute_of(until)
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise Unclear("Enter both times, or neither")
    if start >= end:
        raise Unclear("The end must be later than the beginning")
    return Span(start, end)


def weekdays_of(text: str) -> tuple[int, ...]:
    """The weekdays that a cell names, one or several. Raises `Unclear`.

    >>> weekdays_of("Monday"), weekdays_of("mon, Wed"), weekdays_of("Monday to Friday"), weekdays_of("Thu-Fri")
    ((0,), (0, 2), (0, 1, 2, 3, 4), (3, 4))
    """
    found: set[int] = set()
    for part in text.replace(" and ", ",").replace(";", ",").split(","):
        first, *last = (_weekday(word) for word in part.replace("–", "-").replace(" to ", "-").split("-"))
        if len(last) > 1 or (last and last[0] < first):
            raise Unclear(f"“{part.strip()}” is no days of a week from Monday to Sunday")
        found |= set(range(first, (last[0] if last else first) + 1))
    return tuple(sorted(found))


def _weekday(word: str) -> int:
    typed = word.strip().lower()
    found = [number for number, name in enumerate(WEEKDAYS) if len(typed) > 2 and name.lower().startswith(typed)]
    if not found:
        raise Unclear(f"“{word.strip()}” is no day: write Monday, or Monday to Friday" if typed else "Enter the day")
    return found[0]


def yes_or_no(text: str) -> bool:
    """Whether a cell says yes. Raises `Unclear`.

    >>> yes_or_no("Yes"), yes_or_no("")
    (True, False)
    """
    typed = text.lower()
    if typed not in YES | NO:
        raise Unclear(f"“{text}” is neither yes nor no")
    return typed in YES


def date_of(text: str) -> date | None:
    """A date; nothing for nothing. Raises `Unclear`.

    >>> date_of("2027-03-05") == date_of("05/03/2027") == date_of("5 March 2027"), date_of("")
    (True, None)
    """
    for pattern in DATES if text else ():
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    if text:
        raise Unclear(f"“{text}” is no date: write 2027-03-05 or 5/3/2027")
    return None


def choice_of(text: str, choices: Sequence[tuple[str, str]], what: str) -> str:
    """The value of a choice, by its value or its words; the first for nothing. Raises `Unclear`.

    >>> choice_of("Volunteer", [("staff", "Member of staff"), ("volunteer", "Volunteer")], "role")
    'volunteer'
    """
    typed = text.lower()
    found = [value for value, words in choices if typed in (value, words.lower())] if text else [choices[0][0]]
    if not found:
        raise Unclear(f"“{text}” is no {what}: write {', '.join(words for _, words in choices)}")
    return found[0]


def level_of(text: str) -> int:
    """A level, 0 for nothing. Raises `Unclear`.

    >>> level_of("3"), level_of("Level 2"), level_of("")
    (3, 2, 0)
    """
    typed = text.lower().removeprefix("level").strip() or "0"
    if typed not in ("0", "2", "3", "6"):
        raise Unclear(f"“{text}” is no level here: write 2, 3 or 6, or leave it empty")
    return int(typed)


def count_of(text: str, most: int) -> int:
    """A number of children. Raises `Unclear`.

    >>> count_of("12", 200)
    12
    """
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if not 1 <= number <= most:
        raise Unclear(f"Enter a number of children from 1 to {most}")
    return number
