"""What is asked of days on which no session is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from trellis.core.forms import DateField
from trellis.training.rules.closed_days import why_not_close

if TYPE_CHECKING:
    from collections.abc import Sequence


class ClosureForm(forms.Form):
    """Whose days they are, from when to when, what they are called and where that is known from."""

    whose = forms.ChoiceField(
        label="Whose days are they?",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose whose days they are"),
    )
    first = DateField(label="First day", error_messages={"required": "Enter the first day"})
    last = DateField(
        label="Last day", help_text="The same for a single day.", error_messages={"required": "Enter the last day"}
    )
    name = forms.CharField(
        label="What is it called?",
        help_text="For example, “Spring half term”.",
        max_length=100,
        error_messages={"required": "Enter what it is called"},
    )
    source = forms.CharField(
        label="Where is that known from?",
        help_text="For example, the term dates on the authority’s website.",
        max_length=200,
        error_messages={"required": "Enter where that is known from"},
    )

    def __init__(self, data: Any = None, *, whose: Sequence[tuple[str, str]], chosen: str = "") -> None:
        super().__init__(data, initial={"whose": chosen})
        cast("forms.ChoiceField", self.fields["whose"]).choices = [("", "Choose one"), *whose]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and (reason := why_not_close(first, last)):
            self.add_error("last", reason)
        return cleaned
