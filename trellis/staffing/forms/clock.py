"""A time of day, asked for as a time and kept as minutes after midnight."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from trellis.staffing.rules.overview import typed

WIDTH = {"class": "app-week__time"}


class ClockField(forms.Field):
    """A time of day. A browser shows its own clock; without one, “9:30” is typed.

    >>> ClockField(label="From").clean("09:30"), ClockField(label="From", required=False).clean("")
    (570, None)
    """

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({**WIDTH, "type": "time"})
        super().__init__(widget=widget, **options)

    def to_python(self, value: Any) -> int | None:
        """Minutes after midnight; nothing for nothing. ValidationError when it is no time."""
        text = str(value or "").strip()
        if not text:
            return None
        hours, _, minutes = text[:5].replace(".", ":").partition(":")
        if not (hours.isascii() and hours.isdigit() and (minutes or "0").isascii() and (minutes or "0").isdigit()):
            raise ValidationError("Enter a time such as 9:30")
        found = (int(hours), int(minutes or 0))
        if found > (23, 59) or found[1] > 59:
            raise ValidationError("Enter a time such as 9:30")
        return found[0] * 60 + found[1]

    def prepare_value(self, value: Any) -> Any:
        """As a browser’s clock wants it.

        >>> ClockField(label="From").prepare_value(570)
        '09:30'
        """
        return typed(value) if isinstance(value, int) else value


class PartOfTheDay(forms.Form):
    """From when to when; nothing for all day, where that can be."""

    starts = ClockField(label="From", required=False)
    until = ClockField(label="To", required=False)

    def clean(self) -> dict[str, Any]:
        """Both or neither, and in order."""
        answers = super().clean() or {}
        if self.errors:
            return answers
        starts, until = answers.get("starts"), answers.get("until")
        if (starts is None) != (until is None):
            self.add_error("starts" if starts is None else "until", "Enter both times, or neither")
        elif starts is not None and until is not None and starts >= until:
            self.add_error("until", "The end must be later than the beginning")
        return answers
