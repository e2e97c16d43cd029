"""What an application asks: one form for each page, and what each answer becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from trellis.accounts.forms.fields import EmailAddress, FullName
from trellis.training.forms.application.course import BesideForm, CohortForm, FundedForm, FundingForm
from trellis.training.forms.application.person import Level3Form, Level3WhichForm, NeedsForm, TrainingForm, YearsForm
from trellis.training.forms.application.work import AuthorityForm, ManagerForm, RoleForm, RoleFromForm, SettingForm

if TYPE_CHECKING:
    from trellis.training.forms.application.step import StepForm


class BeginForm(forms.Form):
    """Who wants to apply: where the link goes."""

    name = FullName()
    email = EmailAddress()


class FindForm(forms.Form):
    """Which qualification is looked for."""

    q = forms.CharField(
        label="A few words from your certificate",
        help_text="Such as “diploma childcare”, the awarding organisation or the number.",
        max_length=100,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class SearchForm(forms.Form):
    """Which setting is looked for."""

    q = forms.CharField(
        label="Name or postcode of your setting",
        help_text="Or its Ofsted number.",
        max_length=100,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


STEPS: dict[str, type[StepForm]] = {
    "cohort": CohortForm,
    "setting": SettingForm,
    "authority": AuthorityForm,
    "role": RoleForm,
    "role-from": RoleFromForm,
    "level-3": Level3Form,
    "level-3-which": Level3WhichForm,
    "years": YearsForm,
    "training": TrainingForm,
    "funded": FundedForm,
    "funding": FundingForm,
    "beside": BesideForm,
    "needs": NeedsForm,
    "manager": ManagerForm,
}
"""The form of each question of `rules.questions`."""
SEARCHES: dict[str, type[forms.Form]] = {"setting": SearchForm, "level-3-which": FindForm}
"""The questions whose answer is looked up first, and what is asked for that."""
