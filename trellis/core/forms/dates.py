"""A date as people write it: day, month and year in three boxes, in that order."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Mapping

EARLIEST, YEARS_AHEAD = 2000, 10
PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class TypedDate(NamedTuple):
    """What was typed into the three boxes, kept as it is so that a mistake can be shown again."""

    day: str = ""
    month: str = ""
    year: str = ""

    def __bool__(self) -> bool:
        return any(self)

    def __str__(self) -> str:
        return " ".join(part for part in self if part)

    @classmethod
    def of(cls, value: Any) -> TypedDate:
        """A date, or what was typed, as three pieces of text; anything else is three empty boxes."""
        if isinstance(value, TypedDate):
            return value
        if isinstance(value, date):
            return cls(str(value.day), str(value.month), str(value.year))
        return cls()


class DateParts(forms.Widget):
    """The three boxes. Their names are the field’s with `-day`, `-month` and `-year`."""

    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> TypedDate | None:
        """What was typed, without spaces around; None when nothing was."""
        typed = TypedDate(*(str(data.get(f"{name}-{part}") or "").strip() for part in PARTS))
        return typed or None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the form that was sent did not have the boxes at all."""
        return not any(f"{name}-{part}" in data for part in PARTS)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first box."""
        return f"{id_}-day"


class DateField(forms.DateField):
    """A date in three boxes. Says which box is wrong: the error’s `params["parts"]` names them.

    A year before 2000 (or `earliest`) or more than ten years ahead is a slip of the finger.
    """

    widget = DateParts

    def __init__(self, *, earliest: int = EARLIEST, **kwargs: Any) -> None:
        self.earliest = earliest
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """The date typed, or None; ValidationError when it is not one."""
        if isinstance(value, TypedDate):
            return in_our_time(date_typed(value), today=timezone.localdate(), earliest=self.earliest)
        return super().to_python(value)


def date_typed(typed: TypedDate) -> date:
    """The date that was typed. A month may be a number or a name.

    Raises ValidationError whose `params["parts"]` names the boxes to correct.

    >>> date_typed(TypedDate("5", "March", "2027"))
    datetime.date(2027, 3, 5)
    """
    missing = [part for part, text in zip(PARTS, typed, strict=True) if not text]
    if missing:
        raise _wrong(f"Enter the {' and the '.join(missing)} as well", *missing)
    day, month, year = _number(typed.day), _month(typed.month), _number(typed.year)
    unreadable = [part for part, number in zip(PARTS, (day, month, year), strict=True) if number is None]
    if unreadable:
        raise _wrong("Enter a real date, such as 5 3 2027", *unreadable)
    if len(typed.year) != len("2027"):
        raise _wrong("Enter the year in four figures, such as 2027", "year")
    return _real_date(day or 0, month or 0, year or 0)


def in_our_time(typed: date, *, today: date, earliest: int = EARLIEST) -> date:
    """The date, when its year is one that people mean. Raises ValidationError otherwise.

    >>> in_our_time(date(9999, 1, 1), today=date(2026, 11, 24))
    Traceback (most recent call last):
    django.core.exceptions.ValidationError: ['Enter a year from 2000 to 2036']
    """
    if earliest <= typed.year <= today.year + YEARS_AHEAD:
        return typed
    raise _wrong(f"Enter a year from {earliest} to {today.year + YEARS_AHEAD}", "year")


def _real_date(day: int, month: int, year: int) -> date:
    """The date with these numbers, or which of them the calendar does not have."""
    if not 1 <= month <= len(MONTHS):
        raise _wrong("Enter a real date: the month must be from 1 to 12", "month")
    try:
        return date(year, month, day)
    except ValueError:
        wrong = "year" if year == 0 else "day"
        raise _wrong(f"Enter a real date: that {wrong} does not exist", wrong) from None


def _number(text: str) -> int | None:
    """A whole number in plain figures."""
    return int(text) if text.isascii() and text.isdigit() else None


def _month(text: str) -> int | None:
    """A month by number or by (the beginning of) its English name."""
    beginning = text[:3].lower()
    return MONTHS.index(beginning) + 1 if beginning in MONTHS else _number(text)


def _wrong(sentence: str, *parts: str) -> ValidationError:
    """A mistake in some of the boxes."""
    return ValidationError(sentence, code="invalid", params={"parts": parts})
