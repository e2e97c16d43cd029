"""What is asked of a survey of a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.core.forms import Radios
from trellis.training.actions import SurveyPlan
from trellis.training.forms.cohort import NARROW
from trellis.training.models import SurveyMoment

if TYPE_CHECKING:
    from trellis.training.models import Survey


class SurveyForm(forms.Form):
    """What it is called, when learners are asked, and where it is."""

    name = forms.CharField(
        label="Name of the survey",
        help_text="For example, “Confidence scales”.",
        max_length=150,
        error_messages={"required": "Enter what the survey is called"},
    )
    moment = forms.ChoiceField(
        label="When are learners asked?",
        choices=SurveyMoment.choices,
        widget=Radios,
        error_messages={"required": "Choose when"},
    )
    weeks = forms.IntegerField(
        label="How many weeks after the course?",
        help_text="Only for a survey some weeks after the course.",
        min_value=1,
        max_value=260,
        required=False,
        widget=forms.NumberInput(NARROW),
    )
    link = forms.URLField(label="Link to the survey", max_length=500, required=False, assume_scheme="https")
    note = forms.CharField(
        label="Where it is, or how it is asked",
        help_text="For example, “On paper, on the first day”.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, survey: Survey | None = None) -> None:
        """A form for a new survey or to change `survey`."""
        names = SurveyPlan.__dataclass_fields__
        super().__init__(data, initial={name: getattr(survey, name) for name in names} if survey else {})

    def clean(self) -> dict[str, Any]:
        """Weeks belong to a later one, and it says where it is."""
        cleaned = super().clean() or {}
        if cleaned.get("moment") == SurveyMoment.LATER and not cleaned.get("weeks") and "weeks" not in self.errors:
            self.add_error("weeks", "Enter how many weeks after the course")
        if cleaned.get("moment") != SurveyMoment.LATER:
            cleaned["weeks"] = None
        if not cleaned.get("link") and not cleaned.get("note") and "link" not in self.errors:
            self.add_error("link", "Enter a link to the survey, or where it is")
        return cleaned

    @property
    def plan(self) -> SurveyPlan:
        """What was typed, once the form is valid."""
        return SurveyPlan(**self.cleaned_data)
