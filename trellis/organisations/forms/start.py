"""The first page of a new installation."""

from __future__ import annotations

from typing import Any

from django import forms

from trellis.accounts.forms.fields import EmailAddress, FullName
from trellis.core.forms import Radios
from trellis.core.operations.starting import start_code_holds
from trellis.organisations.forms.people import JoinForm
from trellis.organisations.models import LocalAuthority, OrganisationKind, SettingKind

WRONG_CODE = "This is not the start code. Copy it from the link that Trellis printed"
KINDS: list[tuple[str, str]] = [
    *((kind.value, str(kind.label)) for kind in SettingKind),
    (OrganisationKind.GROUP.value, "Group of settings"),
    (OrganisationKind.AUTHORITY.value, "Local authority"),
    (OrganisationKind.CENTRE.value, "Training centre"),
]


class StartCodeForm(forms.Form):
    """The code, when the link to it is not at hand."""

    code = forms.CharField(
        label="Start code",
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
        help_text="The last part of the link.",
        error_messages={"required": "Enter the start code", "max_length": WRONG_CODE},
    )

    def clean_code(self) -> str:
        """The code, when it is the one."""
        code: str = self.cleaned_data["code"]
        if not start_code_holds(code):
            raise forms.ValidationError(WRONG_CODE)
        return code.lower()


class StartForm(JoinForm):
    """A name, an organisation, and what is needed to sign in."""

    name = FullName()
    email = EmailAddress()
    shared_device = None  # type: ignore[assignment]
    organisation = forms.CharField(
        label="Name of your organisation",
        max_length=255,
        help_text="For example, the nursery’s name. A childminder can write their own.",
        error_messages={
            "required": "Enter the name of your organisation",
            "max_length": "Enter a name of at most 255 characters",
        },
    )
    kind = forms.ChoiceField(
        label="What is it?",
        choices=KINDS,
        widget=Radios(reveals={OrganisationKind.AUTHORITY.value: "authority"}),
        error_messages={"required": "Choose what it is", "invalid_choice": "Choose what it is"},
    )
    authority = forms.ModelChoiceField(
        label="Which local authority?",
        queryset=LocalAuthority.objects.filter(closed_on__isnull=True).order_by("name"),
        required=False,
        error_messages={"invalid_choice": "Choose the local authority"},
    )
    field_order = ("name", "email", "password", "organisation", "kind", "authority")

    def own_email(self, answers: dict[str, Any]) -> str:
        """The address that they give."""
        return str(answers.get("email", ""))

    def clean(self) -> dict[str, Any]:
        """An authority says which one it is."""
        answers = super().clean()
        if answers.get("kind") != OrganisationKind.AUTHORITY:
            answers["authority"] = None
        elif not answers.get("authority"):
            self.add_error("authority", "Choose the local authority")
        return answers

    @property
    def organisation_kind(self) -> OrganisationKind:
        """What kind of organisation it is; every kind of setting is a setting."""
        kind = self.cleaned_data["kind"]
        return OrganisationKind.SETTING if kind in SettingKind else OrganisationKind(kind)

    @property
    def setting_kind(self) -> str:
        """What kind of setting it is, if it is one."""
        kind: str = self.cleaned_data["kind"]
        return kind if kind in SettingKind else ""
