"""What is known of an organisation, and which settings belong to a group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.accounts.forms.fields import EmailAddress
from trellis.core.forms import Radios
from trellis.organisations.forms.claims import authority_field, kind_field
from trellis.organisations.models import OrganisationKind, Sector
from trellis.organisations.rules.people import why_not_close_unless_meant

if TYPE_CHECKING:
    from trellis.organisations.models import Organisation


class OrganisationForm(forms.Form):
    """Its name; of a setting also its kind, who runs it, and its authority; of a centre where to write to."""

    name = forms.CharField(
        label="Name",
        max_length=255,
        error_messages={"required": "Enter the name", "max_length": "Use at most 255 characters"},
    )

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        names = ["name"]
        if organisation.kind == OrganisationKind.SETTING:
            names += ["setting_kind", "sector", "authority_id"]
        initial = {name.removesuffix("_id"): getattr(organisation, name) for name in names}
        super().__init__(data, initial=initial)
        if organisation.kind == OrganisationKind.SETTING:
            self.ask_about_a_setting()
        if organisation.kind == OrganisationKind.CENTRE:
            self.ask_where_to_write(organisation)

    def ask_where_to_write(self, centre: Organisation) -> None:
        """What is asked of a training centre only."""
        self.fields["contact_email"] = EmailAddress(
            label="E-mail address to write to",
            help_text="Applicants and learners see it where they are told to write to you. Best one that several of you read.",
            required=False,
            initial=centre.contact_email,
        )
        self.fields["contact_phone"] = forms.CharField(
            label="Telephone number",
            max_length=40,
            required=False,
            initial=centre.contact_phone,
            widget=forms.TextInput({"class": "govuk-input--width-20", "type": "tel"}),
            error_messages={"max_length": "Use at most 40 characters"},
        )

    def ask_about_a_setting(self) -> None:
        """What is asked of a setting only."""
        self.fields["setting_kind"] = kind_field()
        self.fields["sector"] = forms.ChoiceField(
            label="Who runs it?",
            choices=Sector.choices,
            widget=Radios,
            error_messages={"required": "Choose who runs it", "invalid_choice": "Choose who runs it"},
        )
        self.fields["authority"] = authority_field(
            help_text="A setting that moves to another authority keeps everything it has.", required=False
        )


class CloseForm(forms.Form):
    """The name of the setting, typed, so that nobody closes it by a slip."""

    name = forms.CharField(
        label="Type the name of the setting to confirm",
        max_length=255,
        error_messages={"required": "Type the name of the setting", "max_length": "Use at most 255 characters"},
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, setting: Organisation) -> None:
        super().__init__(data)
        self.setting = setting

    def clean_name(self) -> str:
        """The name, when it is this setting’s."""
        name: str = self.cleaned_data["name"]
        reason = why_not_close_unless_meant(typed=name, name=self.setting.name)
        if reason:
            raise forms.ValidationError(reason)
        return name


class AskSettingForm(forms.Form):
    """Which setting a group asks to join it."""

    number = forms.CharField(
        label="Ofsted number of the setting",
        max_length=24,
        help_text="The setting must use Trellis already. Its manager decides.",
        error_messages={
            "required": "Enter the number of the setting",
            "max_length": "A number has at most 20 characters",
        },
        widget=forms.TextInput({"class": "govuk-input--width-10", "spellcheck": "false"}),
    )


class AnswerGroupForm(forms.Form):
    """Whether the setting joins."""

    YES, NO = "yes", "no"

    joins = forms.ChoiceField(
        label="Does your setting join this group?",
        choices=[(YES, "Yes, it joins"), (NO, "No")],
        widget=Radios(hints={YES: "The group sees that you belong to it. It reads none of your reviews."}),
        error_messages={"required": "Choose yes or no", "invalid_choice": "Choose yes or no"},
    )
