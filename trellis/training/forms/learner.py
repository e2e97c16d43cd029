"""What is asked when a learner reaches something, and of what an authority owes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from trellis.core.forms import DateField, Radios
from trellis.organisations.models import LocalAuthority
from trellis.training.models import Cohort, MilestoneKind, Programme, WithdrawalReason

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

ON = {"required": "Enter the day"}


class MilestoneForm(forms.Form):
    """What was reached, when, and what shows it."""

    kind = forms.ChoiceField(label="What have they reached?", widget=Radios, error_messages={"required": "Choose what"})
    on = DateField(label="On which day?", error_messages=ON)
    evidence = forms.CharField(
        label="What shows it?",
        help_text="For example, “Register of 5 March”. No child’s name.",
        max_length=500,
        required=False,
    )

    def __init__(self, data: Any = None, *, reached: Collection[str]) -> None:
        super().__init__(data)
        left = [(value, label) for value, label in MilestoneKind.choices if value not in {*reached, "withdrawn"}]
        cast("forms.ChoiceField", self.fields["kind"]).choices = left


class WithdrawForm(forms.Form):
    """Why a learner withdraws, and since when."""

    reason = forms.ChoiceField(
        label="Why?", choices=WithdrawalReason.choices, widget=Radios, error_messages={"required": "Choose why"}
    )
    on = DateField(label="On which day?", error_messages=ON)
    evidence = forms.CharField(label="What shows it?", max_length=500, required=False)


class DutyForm(forms.Form):
    """Which authority owes a second cohort, and since when."""

    programme = forms.ModelChoiceField(
        label="Programme", queryset=Programme.objects.none(), error_messages={"required": "Choose the programme"}
    )
    authority = forms.ModelChoiceField(
        label="Local authority",
        queryset=LocalAuthority.objects.none(),
        error_messages={"required": "Choose the local authority"},
    )
    contract_on = DateField(label="Day of the contract", error_messages={"required": "Enter the day of the contract"})

    def __init__(self, data: Any = None, *, programmes: QuerySet[Programme]) -> None:
        super().__init__(data)
        cast("forms.ModelChoiceField[Any]", self.fields["programme"]).queryset = programmes
        cast("forms.ModelChoiceField[Any]", self.fields["authority"]).queryset = LocalAuthority.objects.of_today()


class WhichCohortForm(forms.Form):
    """With which cohort a duty is to be met."""

    cohort = forms.ModelChoiceField(
        label="Which cohort?",
        queryset=Cohort.objects.none(),
        empty_label="Choose one",
        error_messages={"required": "Choose the cohort that is planned"},
    )

    def __init__(self, data: Any = None, *, cohorts: QuerySet[Cohort]) -> None:
        super().__init__(data)
        cast("forms.ModelChoiceField[Any]", self.fields["cohort"]).queryset = cohorts
