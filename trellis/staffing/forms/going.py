"""Who would be away, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.core.forms import Checkboxes, DateField
from trellis.core.forms.dates import DateParts
from trellis.staffing.forms.clock import ClockField
from trellis.staffing.rules.days import LONGEST_WAY, leaving_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trellis.staffing.models import Colleague
    from trellis.staffing.rules.days import Leaving

CLOCKS = ("starts", "ends", "travel")


class GoingForm(forms.Form):
    """Who would be away, on which day, for what from when to when, and how long the way is."""

    who = forms.MultipleChoiceField(
        label="Who would be away?",
        widget=Checkboxes(),
        error_messages={
            "required": "Choose who would be away",
            "invalid_choice": "Choose who would be away from what is listed",
        },
    )
    on = DateField(label="On which day?", error_messages={"required": "Enter the day"})
    starts = ClockField(label="It begins at", error_messages={"required": "Enter when it begins"})
    ends = ClockField(label="It ends at", error_messages={"required": "Enter when it ends"})
    travel = forms.IntegerField(
        label="Minutes to get there",
        help_text="As many are counted for the way back.",
        min_value=0,
        max_value=LONGEST_WAY,
        required=False,
        widget=forms.NumberInput({"class": "govuk-input--width-3"}),
    )

    def __init__(self, address: Mapping[str, Any], *, colleagues: list[Colleague]) -> None:
        """A form that was sent, or one in which a link has filled in a part."""
        asked = "ask" in address
        filled = {name: address[name] for name in CLOCKS if name in address}
        if day := DateParts().value_from_datadict(address, None, "on"):
            filled["on"] = day
        if hasattr(address, "getlist"):
            filled["who"] = address.getlist("who")
        super().__init__(address if asked else None, initial=filled)
        self.fields["who"].choices = [(str(each.pk), each.name) for each in colleagues]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        answers = super().clean() or {}
        starts, ends = answers.get("starts"), answers.get("ends")
        if starts is not None and ends is not None and starts >= ends:
            self.add_error("ends", "The end must be later than the beginning")
        return answers

    @property
    def travel_minutes(self) -> int:
        """How long the way is."""
        return self.cleaned_data["travel"] or 0

    @property
    def leaving(self) -> Leaving:
        """Who would be away when, with the way there and back."""
        answers = self.cleaned_data
        return leaving_for(
            tuple(answers["who"]), starts=answers["starts"], ends=answers["ends"], travel=self.travel_minutes
        )
