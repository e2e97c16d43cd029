"""What an application asks about where somebody works: the setting, its authority, their role, who answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.accounts.forms.fields import EmailAddress
from trellis.core.forms import DateField, Radios
from trellis.organisations.models import LocalAuthority
from trellis.training.actions import Work
from trellis.training.forms.application.step import StepForm
from trellis.training.models import LearnerRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trellis.organisations.models import Provider

ELSEWHERE, AS_IT_IS = "elsewhere", "as_it_is"
OUTSIDE_ENGLAND = "outside"


class SettingForm(StepForm):
    """Where somebody works: chosen from what a search found, or written."""

    where = forms.ChoiceField(
        label="Which setting do you work in?",
        widget=Radios(reveals={ELSEWHERE: "setting_name"}),
        error_messages={"required": "Choose your setting"},
    )
    setting_name = forms.CharField(label="Name and town of your setting", max_length=255, required=False)

    def __init__(self, data: Any = None, *, found: Sequence[Provider] = (), **about: Any) -> None:
        self.found = found
        super().__init__(data, **about)
        known = self.application.provider_id or self.application.setting_id
        as_it_is = [(AS_IT_IS, self.application.setting_name)] if known else []
        there = [(str(each.pk), _named(each)) for each in found if each.pk != self.application.provider_id]
        none = "None of these. I write its name" if there or as_it_is else "It is not in the register. I write its name"
        self.choice("where").choices = [*as_it_is, *there, (ELSEWHERE, none)]

    def beginning(self) -> dict[str, Any]:
        """Where they said the last time."""
        known = self.application.provider_id or self.application.setting_id
        where = AS_IT_IS if known else ELSEWHERE if self.application.setting_name else ""
        return {"where": where, "setting_name": "" if known else self.application.setting_name}

    def clean(self) -> dict[str, Any]:
        """A name is written, when none is chosen."""
        cleaned = super().clean() or {}
        if cleaned.get("where") == ELSEWHERE and not cleaned.get("setting_name"):
            self.add_error("setting_name", "Enter the name and the town of your setting")
        return cleaned

    @property
    def answer(self) -> dict[str, Any]:
        """The row of the register, what stood there, or the name."""
        where = self.cleaned_data["where"]
        if where == AS_IT_IS:
            return {"work": Work(provider=self.application.provider, setting=self.application.setting)}
        if where == ELSEWHERE:
            return {"work": Work(name=self.cleaned_data["setting_name"])}
        return {"work": Work(provider=next(each for each in self.found if str(each.pk) == where))}


def _named(provider: Provider) -> str:
    where = ", ".join(part for part in (provider.town, provider.postcode) if part)
    return f"{provider}{', ' + where if where else ''}"


class AuthorityForm(StepForm):
    """In which authority the setting is, when nobody knows."""

    authority = forms.ChoiceField(
        label="In which local authority is your setting?",
        error_messages={"required": "Choose the local authority"},
    )

    def __init__(self, data: Any = None, **about: Any) -> None:
        super().__init__(data, **about)
        known = [(each.pk, each.name) for each in LocalAuthority.objects.of_today()]
        self.choice("authority").choices = [
            ("", "Choose one"),
            *known,
            (OUTSIDE_ENGLAND, "My setting is not in England"),
        ]

    def beginning(self) -> dict[str, Any]:
        """The authority that was chosen."""
        outside = self.application.in_england is False
        return {"authority": OUTSIDE_ENGLAND if outside else self.application.authority_id}

    @property
    def answer(self) -> dict[str, Any]:
        """The authority, or that it is in none of England."""
        chosen = self.cleaned_data["authority"]
        outside = chosen == OUTSIDE_ENGLAND
        return {"authority_id": None if outside else chosen, "in_england": not outside}


class RoleForm(StepForm):
    """What somebody is in their setting."""

    role = forms.ChoiceField(
        label="What are you in your setting?",
        choices=LearnerRole.choices,
        widget=Radios,
        error_messages={"required": "Choose what you are in your setting"},
    )


class RoleFromForm(StepForm):
    """When somebody becomes SENCO."""

    role_from = DateField(
        label="From which day are you SENCO?", help_text="If it is not certain, the day that is planned.",
        error_messages={"required": "Enter the day"},
    )  # fmt: skip


class ManagerForm(StepForm):
    """Who answers for the setting."""

    manager_name = forms.CharField(
        label="Who decides whether your setting can release you?",
        help_text="Usually the owner or manager.",
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the name of your manager"},
    )
    manager_email = EmailAddress(missing="Enter the e-mail address of your manager", label="Their e-mail address")

    def clean_manager_email(self) -> str:
        """Somebody else than the applicant."""
        email: str = self.cleaned_data["manager_email"]
        if email.lower() == self.application.email:
            raise forms.ValidationError("Enter the address of whoever leads your setting, not your own")
        return email
