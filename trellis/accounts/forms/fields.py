"""Fields that several of these forms ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password

from trellis.accounts.passwords import HINT
from trellis.accounts.rules import normal_email

if TYPE_CHECKING:
    from trellis.accounts.models import User

PASSKEY_NOT_USED = "The passkey was not used. Try again"
NOT_AN_EMAIL = "Enter an e-mail address such as name@example.org"


class EmailAddress(forms.EmailField):
    """An e-mail address, kept in small letters."""

    def __init__(self, missing: str = "Enter your e-mail address", **options: Any) -> None:
        options.setdefault("label", "E-mail address")
        super().__init__(max_length=254, error_messages={"required": missing, "invalid": NOT_AN_EMAIL}, **options)

    def clean(self, value: Any) -> str:
        """The address in small letters."""
        return normal_email(super().clean(value))


class FullName(forms.CharField):
    """A person’s full name."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Full name")
        super().__init__(
            max_length=150,
            widget=forms.TextInput({"autocomplete": "name", "spellcheck": "false"}),
            error_messages={
                "required": "Enter your full name",
                "max_length": "Enter a name of at most 150 characters",
            },
            **options,
        )


class CurrentPassword(forms.CharField):
    """The password they have."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Password")
        super().__init__(
            strip=False,
            max_length=500,
            widget=forms.PasswordInput({"autocomplete": "current-password"}),
            error_messages={"required": "Enter your password", "max_length": "Enter your password"},
            **options,
        )


class NewPassword(forms.CharField):
    """The password they choose. Whoever has the form gives `user`, so that it is not their own name."""

    user: User | None = None

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Choose a password")
        super().__init__(
            strip=False,
            max_length=500,
            help_text=HINT,
            widget=forms.PasswordInput({"autocomplete": "new-password"}),
            error_messages={
                "required": "Choose a password",
                "max_length": "Choose a password of at most 500 characters",
            },
            **options,
        )

    def validate(self, value: Any) -> None:
        """Refuse what is easy to guess."""
        super().validate(value)
        validate_password(value, self.user)

    @classmethod
    def of(cls, form: forms.Form, name: str, user: User) -> NewPassword:
        """The field `name` of a form, told whose password it asks."""
        field = form.fields[name]
        if not isinstance(field, cls):
            raise TypeError(f"{name} does not ask for a new password")
        field.user = user
        return field


class SharedDevice(forms.BooleanField):
    """Whether others use this device too."""

    def __init__(self) -> None:
        super().__init__(
            label="This is a shared device",
            required=False,
            help_text="You are signed out after 30 minutes without use, "
            f"instead of {settings.ENVIRONMENT.session_hours} hours.",
        )


class OneTimeCode(forms.CharField):
    """A code of six figures, or a recovery code of eight."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Code")
        super().__init__(
            max_length=20,
            widget=forms.TextInput(
                {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}
            ),
            error_messages={"required": "Enter the code", "max_length": "Enter a code of 6 or 8 figures"},
            **options,
        )


class FromTheBrowser(forms.JSONField):
    """What a browser answered for a passkey. A person sees this only when scripts do not run."""

    def __init__(self) -> None:
        super().__init__(
            label="Passkey",
            widget=forms.HiddenInput,
            error_messages={"required": PASSKEY_NOT_USED, "invalid": PASSKEY_NOT_USED},
        )
