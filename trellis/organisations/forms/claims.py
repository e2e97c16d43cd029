"""Asking to use Trellis for a setting, and answering."""

from __future__ import annotations

from typing import Any

from django import forms

from trellis.accounts.forms.fields import EmailAddress, FullName
from trellis.core.forms import CharacterCount, Radios
from trellis.organisations.models import LocalAuthority, SettingKind

LONGEST_MESSAGE = 1000
APPROVE, PASS_ON, REFUSE = "approve", "pass_on", "refuse"


def position_field() -> forms.CharField:
    """What somebody is in the setting, in their words."""
    return forms.CharField(
        label="What are you there?",
        max_length=80,
        help_text="For example, manager, owner, SENCO or childminder.",
        error_messages={"required": "Say what you are there", "max_length": "Use at most 80 characters"},
    )


def message_field() -> forms.CharField:
    """How whoever decides can be sure."""
    return forms.CharField(
        label="How can we be sure that it is you?",
        max_length=LONGEST_MESSAGE,
        required=False,
        help_text="For example, a telephone number in the setting, or who at the local authority knows you. "
        "Write nothing about a child.",
        widget=CharacterCount(limit=LONGEST_MESSAGE, rows=4),
        error_messages={"max_length": f"Use at most {LONGEST_MESSAGE:,} characters"},
    )


def authority_field(**options: Any) -> forms.ModelChoiceField[LocalAuthority]:
    """One of the authorities of today."""
    return forms.ModelChoiceField(
        label="Local authority",
        queryset=LocalAuthority.objects.of_today(),
        error_messages={"required": "Choose the local authority", "invalid_choice": "Choose the local authority"},
        **options,
    )


def kind_field(**options: Any) -> forms.ChoiceField:
    """One of the kinds of setting."""
    return forms.ChoiceField(
        label="What kind of setting is it?",
        choices=[("", "Choose one"), *SettingKind.choices],
        error_messages={"required": "Choose what kind of setting it is", "invalid_choice": "Choose a kind of setting"},
        **options,
    )


def setting_name_field(**options: Any) -> forms.CharField:
    """What a setting is called that is in no register."""
    return forms.CharField(
        label="Name of the setting",
        max_length=255,
        error_messages={"required": "Enter the name of the setting", "max_length": "Use at most 255 characters"},
        **options,
    )


class AskForm(forms.Form):
    """Somebody with an account asks for a setting of the register."""

    position = position_field()
    message = message_field()


class AskForNewForm(forms.Form):
    """Somebody with an account asks for a setting that is in no register."""

    name = setting_name_field()
    kind = kind_field()
    authority = authority_field()
    position = position_field()
    message = message_field()


class AskWithoutAccountForm(forms.Form):
    """Somebody without an account asks for a setting, in the register or not."""

    name = FullName(label="Your full name")
    email = EmailAddress(label="Your e-mail address", help_text="The answer goes there. Use one that only you read.")
    looked_for = forms.CharField(
        label="Ofsted number or postcode of the setting",
        max_length=40,
        required=False,
        help_text="The number is on the certificate of registration, for example EY123456. "
        "Leave it empty if the setting has none, such as a nursery class.",
        error_messages={"max_length": "Use at most 40 characters"},
        widget=forms.TextInput({"class": "govuk-input--width-10", "spellcheck": "false"}),
    )
    setting_name = setting_name_field(required=False)
    setting_kind = kind_field(required=False)
    authority = authority_field(required=False)
    position = position_field()
    message = message_field()

    def clean(self) -> dict[str, Any]:
        """A number or postcode says which setting it is; otherwise its name, kind and authority do."""
        answers = super().clean() or {}
        if not answers.get("looked_for"):
            for name, sentence in (
                ("setting_name", "Enter the number or postcode of the setting, or its name"),
                ("setting_kind", "Choose what kind of setting it is"),
                ("authority", "Choose the local authority"),
            ):
                if not answers.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return answers


class DecideForm(forms.Form):
    """Yes, or no with a reason; in place of yes, to whom it goes when others decide about the setting."""

    decision = forms.ChoiceField(
        label="What is your answer?",
        widget=Radios(
            hints={
                APPROVE: "They can use Trellis for this setting and invite its people.",
                PASS_ON: "They decide, and you do not see the request any more.",
            },
            reveals={REFUSE: "reason"},
        ),
        error_messages={"required": "Choose your answer", "invalid_choice": "Choose your answer"},
    )
    reason = forms.CharField(
        label="Why not?",
        max_length=300,
        required=False,
        help_text="They read this.",
        widget=CharacterCount(limit=300, rows=3),
        error_messages={"max_length": "Use at most 300 characters"},
    )

    def __init__(self, *args: Any, for_others: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        yes = (PASS_ON, f"Pass it on to {for_others}") if for_others else (APPROVE, "Approve")
        self.fields["decision"].choices = [yes, (REFUSE, "Refuse")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """No comes with a reason."""
        answers = super().clean() or {}
        if answers.get("decision") == REFUSE and not answers.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say why not")
        return answers


class InviteSettingForm(forms.Form):
    """Whom to invite as the first person of a setting."""

    name = FullName(label="Their full name", help_text="They can correct it.")
    email = EmailAddress(
        label="Their e-mail address",
        missing="Enter their e-mail address",
        help_text="The invitation goes there. Use one that only they read.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].error_messages["required"] = "Enter their full name"
