"""Asking many settings to review themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from trellis.core.forms import Checkboxes, DateField, Radios
from trellis.organisations.models import SettingKind
from trellis.review.actions.campaign import Selection
from trellis.review.models import Campaign, Framework, Whom

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


class CampaignForm(forms.Form):
    """Whom, what for, and until when."""

    framework = forms.ModelChoiceField(
        label="Which statements?",
        queryset=Framework.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Select the statements"},
    )
    period = forms.CharField(
        label="For which period?",
        help_text="For example, spring term 2027",
        max_length=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        error_messages={"required": "Enter the period, such as spring term 2027"},
    )
    whom = forms.ChoiceField(
        label="Which settings do you ask?",
        choices=Whom.choices,
        widget=Radios(reveals={"kinds": "kinds", "places": "places", "answered": "follows"}),
        error_messages={"required": "Choose which settings you ask"},
    )
    kinds = forms.MultipleChoiceField(
        label="Which kinds?", choices=SettingKind.choices, widget=Checkboxes, required=False
    )
    places = forms.CharField(
        label="Which parts?",
        help_text="First parts of postcodes, or towns, with commas between them. For example, FW1, FW2",
        max_length=400,
        required=False,
    )
    follows = forms.ModelChoiceField(
        label="Which campaign?", queryset=Campaign.objects.none(), required=False, empty_label="Choose one"
    )
    message = forms.CharField(
        label="Your message",
        help_text="They read this first. For example, why now, and what you will do with what they choose to release",
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write a message"},
    )
    until = DateField(label="Until when?", error_messages={"required": "Enter the last day"})

    def __init__(
        self,
        data: Any = None,
        *,
        frameworks: QuerySet[Framework],
        earlier: QuerySet[Campaign],
        period: str,
        until: date,
    ) -> None:
        """With the frameworks on offer; earlier campaigns can be followed up once they are over."""
        initial = {"period": period, "framework": frameworks.first(), "whom": Whom.ALL, "until": until}
        super().__init__(data, initial=initial)
        cast("forms.ModelChoiceField[Any]", self.fields["framework"]).queryset = frameworks
        whom = cast("forms.ChoiceField", self.fields["whom"])
        if earlier:
            cast("forms.ModelChoiceField[Any]", self.fields["follows"]).queryset = earlier
        else:
            del self.fields["follows"]
            whom.choices = [choice for choice in Whom.choices if choice[0] != Whom.ANSWERED]

    def clean_places(self) -> list[str]:
        """Places one by one; parts of postcodes in capitals."""
        named = [" ".join(part.split()) for part in self.cleaned_data["places"].split(",")]
        return [name.upper() if any(letter.isdigit() for letter in name) else name for name in named if name]

    def clean(self) -> dict[str, Any]:
        """What was chosen is also said."""
        cleaned = super().clean() or {}
        wanted = {"kinds": "Choose the kinds", "places": "Enter the parts", "answered": "Choose the campaign"}
        whom = str(cleaned.get("whom"))
        field = "follows" if whom == Whom.ANSWERED else whom
        if whom in wanted and field not in self.errors and not cleaned.get(field):
            self.add_error(field, wanted[whom])
        return cleaned

    @property
    def selection(self) -> Selection:
        """Which settings, once the form is valid."""
        said = self.cleaned_data
        return Selection(said["whom"], said["kinds"], said["places"], said.get("follows"))


class NamedForm(forms.Form):
    """Whether the authority may know that the setting takes part."""

    named = forms.BooleanField(
        label="Our authority may know that we take part",
        help_text="It sees the name of your setting in a list, and nothing of your review. Leave it empty and it learns only how many take part",
        required=False,
    )
