"""What is asked of a manager, and of the centre when it decides about applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from trellis.accounts.forms.fields import EmailAddress
from trellis.core.forms import CharacterCount, Checkboxes, DateField, Radios
from trellis.training.actions import Answer, Booking
from trellis.training.models import ApplicationStatus, Beside, Certainty, Cohort, Decision, LearnerRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import QueryDict

    from trellis.training.admission import RuleInForce

FOUR = {
    "release": "We release them for every session, and for the study time",
    "cover": "Somebody covers for them while they are away",
    "ratio": "We keep our staff to child ratios without them",
    "observation": "An assessor may visit and watch them at work",
}
PEOPLE_AT_FIRST, PEOPLE_AT_ONCE = 2, 12
THAT_WAIT = {"to_decide": "To decide", "ending": "Offered a place, and the offer ends within three days"}
"""What the list of applications can be filtered by beside where they stand."""


class ReleaseForm(forms.Form):
    """The answer of the setting."""

    agreed = forms.ChoiceField(
        label="Can your setting release them?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=Radios(reveals={"yes": "confirmed", "no": "because"}),
        error_messages={"required": "Choose yes or no"},
    )
    confirmed = forms.MultipleChoiceField(
        label="Please confirm all four", choices=list(FOUR.items()), widget=Checkboxes, required=False
    )
    because = forms.CharField(
        label="Why is it not possible?",
        help_text="The centre and the applicant read this.",
        max_length=500,
        required=False,
        widget=CharacterCount(500, rows=3),
    )
    name = forms.CharField(
        label="Your name",
        max_length=150,
        widget=forms.TextInput({"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": "Enter your name"},
    )

    def clean(self) -> dict[str, Any]:
        """All four are confirmed, or it says why not."""
        cleaned = super().clean() or {}
        if cleaned.get("agreed") == "yes" and set(cleaned.get("confirmed", ())) != set(FOUR):
            self.add_error("confirmed", "Confirm all four, or choose no and say why it is not possible")
        if cleaned.get("agreed") == "no" and not cleaned.get("because"):
            self.add_error("because", "Say why it is not possible")
        return cleaned

    @property
    def said(self) -> Answer:
        """The answer, once the form is valid."""
        agreed = self.cleaned_data["agreed"] == "yes"
        confirmed = self.cleaned_data["confirmed"] if agreed else []
        because = "" if agreed else self.cleaned_data["because"]
        four = {name: name in confirmed for name in FOUR}
        return Answer(agreed=agreed, because=because, name=self.cleaned_data["name"], **four)


class PersonForm(forms.Form):
    """One of several people who are booked at once; an empty line is nobody."""

    name = forms.CharField(
        label="Full name",
        max_length=150,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    email = EmailAddress(label="E-mail address", required=False)
    role = forms.ChoiceField(label="What are they?", choices=[("", "Choose one"), *LearnerRole.choices], required=False)

    def clean(self) -> dict[str, Any]:
        """Whoever is named has an address and a role."""
        cleaned = super().clean() or {}
        if any(cleaned.get(name) for name in ("name", "email", "role")) or self.errors:
            for name, sentence in (
                ("name", "Enter their full name"),
                ("email", "Enter their e-mail address"),
                ("role", "Choose what they are"),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return cleaned

    @property
    def booking(self) -> Booking | None:
        """Who it is, once the form is valid; None for an empty line."""
        said = self.cleaned_data
        return Booking(name=said["name"], email=said["email"], role=said["role"]) if said.get("name") else None


class BookForm(forms.Form):
    """What the manager confirms for all of them."""

    confirmed = forms.MultipleChoiceField(
        label="Please confirm all four, for each of them", choices=list(FOUR.items()), widget=Checkboxes,
        error_messages={"required": "Confirm all four"},
    )  # fmt: skip

    def clean_confirmed(self) -> list[str]:
        """All four."""
        confirmed: list[str] = self.cleaned_data["confirmed"]
        if set(confirmed) != set(FOUR):
            raise forms.ValidationError("Confirm all four")
        return confirmed


def people_forms(data: QueryDict | None = None, *, one_more: bool = False) -> list[PersonForm]:
    """A form for each person of a booking: two at first, later as many as were sent.

    With `one_more` nothing is checked yet: what was typed stands there again, with an empty form after it.
    """
    sent = [number for number in range(1, PEOPLE_AT_ONCE + 1) if f"person-{number}-name" in (data or ())]
    count = min(max([PEOPLE_AT_FIRST, *sent]) + one_more, PEOPLE_AT_ONCE)
    prefixes = [f"person-{number}" for number in range(1, count + 1)]
    if data is None or not one_more:
        return [PersonForm(data, prefix=prefix) for prefix in prefixes]
    typed = [{name: data.get(f"{prefix}-{name}", "") for name in PersonForm.base_fields} for prefix in prefixes]
    return [PersonForm(prefix=prefix, initial=said) for prefix, said in zip(prefixes, typed, strict=True)]


class FilterForm(forms.Form):
    """Which applications are listed."""

    status = forms.ChoiceField(label="Status", required=False)
    cohort = forms.ModelChoiceField(
        label="Cohort", queryset=Cohort.objects.none(), required=False, empty_label="All cohorts"
    )
    beside = forms.ChoiceField(
        label="Beside others of their setting",
        choices=[("all", "All"), *((value, label) for value, label in Beside.choices if value)],
        required=False,
    )

    def __init__(self, data: Any = None, *, cohorts: QuerySet[Cohort]) -> None:
        super().__init__(data)
        sent = [(value, label) for value, label in ApplicationStatus.choices if value != ApplicationStatus.DRAFT]
        cast("forms.ChoiceField", self.fields["status"]).choices = [("", "All"), *THAT_WAIT.items(), *sent]
        cast("forms.ModelChoiceField[Any]", self.fields["cohort"]).queryset = cohorts


class DecideForm(forms.Form):
    """Deciding otherwise than the rules."""

    decision = forms.ChoiceField(
        label="What do you decide?", widget=Radios, error_messages={"required": "Choose what you decide"}
    )
    because = forms.CharField(
        label="Why?",
        help_text="It stands beside what the rules say. The applicant reads it.",
        max_length=300,
        widget=CharacterCount(300, rows=3),
        error_messages={"required": "Say why you decide so"},
    )

    def __init__(self, data: Any = None, *, possible: Sequence[str]) -> None:
        super().__init__(data)
        choices = [(value, label) for value, label in Decision.choices if value in possible]
        cast("forms.ChoiceField", self.fields["decision"]).choices = choices


class OfferForm(forms.Form):
    """A place in which cohort, until when."""

    cohort = forms.ModelChoiceField(
        label="In which cohort?",
        queryset=Cohort.objects.none(),
        empty_label="Choose one",
        error_messages={"required": "Choose the cohort"},
    )
    until = DateField(label="Last day for the answer", error_messages={"required": "Enter the last day"})

    def __init__(self, data: Any = None, *, cohorts: QuerySet[Cohort], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        cast("forms.ModelChoiceField[Any]", self.fields["cohort"]).queryset = cohorts


class RuleForm(forms.Form):
    """How a rule of a programme is from a day on."""

    value = forms.IntegerField(
        label="How many?",
        widget=forms.NumberInput({"class": "govuk-input--width-3"}),
        error_messages={"required": "Enter a number"},
    )
    from_on = DateField(label="From which day?", error_messages={"required": "Enter the day"})
    reason = forms.CharField(
        label="Why?", max_length=300, widget=CharacterCount(300, rows=2), error_messages={"required": "Say why"}
    )
    source = forms.CharField(
        label="Where is it from?",
        help_text="For example, “Contract with the funder, section 4”.",
        max_length=300,
        error_messages={"required": "Say where it is from"},
    )
    certainty = forms.ChoiceField(
        label="How sure is it?",
        choices=Certainty.choices,
        widget=Radios,
        error_messages={"required": "Choose how sure it is"},
    )

    def __init__(self, data: Any = None, *, rule: RuleInForce, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        if rule.kind == "eligibility":
            self.fields["value"] = forms.TypedChoiceField(
                label="Does the programme ask this?",
                choices=[(1, "Yes"), (0, "No")],
                coerce=int,
                widget=Radios(inline=True),
                error_messages={"required": "Choose yes or no"},
            )
        else:
            self.fields["value"].label = "How many points?" if rule.kind == "priority" else "How many days?"
            self.fields["value"].help_text = f"From {rule.least} to {rule.most}."
