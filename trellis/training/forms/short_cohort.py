"""What is asked when a cohort has too few learners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.core.forms import CharacterCount, Checkboxes, Radios

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trellis.training.models import Cohort, Place


class GoAheadForm(forms.Form):
    """Why a cohort is held with few learners."""

    because = forms.CharField(
        label="Why does it go ahead?",
        help_text="Whoever looks after the cohort reads this.",
        max_length=300,
        widget=CharacterCount(300, rows=3),
        error_messages={"required": "Say why the cohort goes ahead"},
    )


class MoveLearnersForm(forms.Form):
    """Who moves, and where to."""

    to = forms.ChoiceField(label="To which cohort?", widget=Radios, error_messages={"required": "Choose the cohort"})
    places = forms.MultipleChoiceField(
        label="Who moves?", widget=Checkboxes, error_messages={"required": "Choose who moves"}
    )

    def __init__(self, data: Any = None, *, cohorts: Sequence[Cohort], places: Sequence[Place]) -> None:
        """A form with the cohorts that have not begun, and with everybody chosen."""
        self.cohorts = {str(each.pk): each for each in cohorts}
        super().__init__(data, initial={"places": [str(each.pk) for each in places]})
        to: Any = self.fields["to"]
        to.choices = [(key, each.title) for key, each in self.cohorts.items()]
        to.widget.hints = {key: _hint(each) for key, each in self.cohorts.items()}
        who: Any = self.fields["places"]
        who.choices = [(str(each.pk), each.name) for each in places]
        who.widget.hints = {str(each.pk): each.setting_name for each in places}

    @property
    def said(self) -> dict[str, Any]:
        """The cohort, and the keys of the places."""
        return {"to": self.cohorts[self.cleaned_data["to"]], "places": self.cleaned_data["places"]}


def _hint(cohort: Cohort) -> str:
    free = max(cohort.most_places - cohort.taken, 0)
    starts = f"{cohort.starts_on.day} {cohort.starts_on:%B %Y}"
    return f"From {starts}, {cohort.authority}. {free} of {cohort.most_places} places left"
