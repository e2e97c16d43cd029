"""What is asked of a part of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.training.actions import PartPlan
from trellis.training.forms.cohort import NARROW, ClockField
from trellis.training.rules.parts import codes_of, why_not_these_codes

if TYPE_CHECKING:
    from trellis.training.models import Part

LENGTHS = ("starts", "ends", "planned_minutes", "guided_minutes")


def _minutes(label: str, help_text: str, *, required: bool) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=1439,
        required=required,
        widget=forms.NumberInput(NARROW),
        error_messages={"required": "Enter the guided minutes"},
    )


class PartForm(forms.Form):
    """What a part is called, when it is, how much of it is guided, which criteria it covers, what to bring.

    Of a part in which somebody is marked only the words are asked, and why they change.
    """

    label = forms.CharField(
        label="What is this part called?",
        help_text="For example, “Morning”.",
        max_length=60,
        error_messages={"required": "Enter what this part is called"},
    )
    starts = ClockField(label="Start")
    ends = ClockField(label="End", help_text="For example, 12:30.")
    planned_minutes = _minutes(
        "Planned minutes", "Without breaks. Leave it empty if the whole time is planned.", required=False
    )
    guided_minutes = _minutes(
        "Guided minutes", "Time in which somebody teaches or supervises. Study time is not guided.", required=True
    )
    criteria = forms.CharField(
        label="Criteria it covers",
        help_text="Their codes, for example 1a, 1b.",
        max_length=500,
        required=False,
    )
    materials = forms.CharField(
        label="Materials",
        help_text="What to bring or to read before.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    because = forms.CharField(label="Why does it change?", max_length=300, error_messages={"required": "Say why"})

    def __init__(self, data: Any = None, *, part: Part | None = None, marked: bool = False) -> None:
        """A form for a new part or to change `part`; `marked` says that somebody is marked in it."""
        initial: dict[str, Any] = {}
        if part:
            names = ("label", "planned_minutes", "guided_minutes", "materials")
            initial = {name: getattr(part, name) for name in names}
            initial |= {"starts": f"{part.starts:%-H:%M}", "ends": f"{part.ends:%-H:%M}"}
            initial["criteria"] = ", ".join(part.criteria)
        super().__init__(data, initial=initial)
        self.part = part if marked else None
        for name in LENGTHS if marked else ("because",):
            del self.fields[name]

    def clean_criteria(self) -> list[str]:
        """The codes, each once."""
        codes = codes_of(self.cleaned_data["criteria"])
        if reason := why_not_these_codes(codes):
            raise forms.ValidationError(reason)
        return codes

    def clean(self) -> dict[str, Any]:
        """It ends after it starts; without planned minutes all of it is planned."""
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "A part of a day ends after it starts")
        elif starts and ends and not cleaned.get("planned_minutes"):
            cleaned["planned_minutes"] = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
        return cleaned

    @property
    def because_said(self) -> str:
        """Why, if that was asked."""
        return str(self.cleaned_data.get("because", ""))

    @property
    def plan(self) -> PartPlan:
        """What was typed, once the form is valid; what was not asked is as it was."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "because"}
        kept = {name: getattr(self.part, name) for name in LENGTHS} if self.part else {}
        return PartPlan(**said | kept)
