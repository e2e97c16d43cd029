"""What we ask for the second step of signing in."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from allauth.mfa.base import forms as allauth
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as allauth_passkeys
from django import forms

from trellis.accounts import actions
from trellis.accounts.forms.fields import PASSKEY_NOT_USED, FromTheBrowser, OneTimeCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allauth.mfa.models import Authenticator


@contextmanager
def what_a_browser_says() -> Iterator[None]:
    """Whatever is wrong with what a browser sent for a passkey, it is a passkey that was not used.

    It comes from outside, in several layers of encoding, and each has its own way to fail.
    """
    try:
        yield
    except forms.ValidationError:
        raise
    except Exception as error:
        raise forms.ValidationError(PASSKEY_NOT_USED, code="invalid") from error


class CodeForm(allauth.AuthenticateForm):
    """A one-time code or a recovery code, to come in."""

    code = OneTimeCode(label="Code from your app, or a recovery code")

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        super()._emit_authentication_failed(authenticator)
        actions.note_failed_sign_in(user=self.user, step="code")


class CodeAgainForm(allauth.ReauthenticateForm):
    """A code once more, before something important."""

    code = OneTimeCode(label="Code from your app, or a recovery code")


class SetUpCodesForm(ActivateTOTPForm):
    """The first code, which shows that the app has the key."""

    code = OneTimeCode(label="The 6 figures that the app shows now")


class AddPasskeyForm(allauth_passkeys.AddWebAuthnForm):
    """A new passkey and what to call it."""

    name = forms.CharField(
        label="What to call this passkey",
        required=False,
        max_length=60,
        help_text="For example, the phone it is on.",
        error_messages={"max_length": "Use at most 60 characters"},
    )
    credential = FromTheBrowser()
    passwordless = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": ""} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The passkey, when the browser made it for this page."""
        with what_a_browser_says():
            answers: dict[str, Any] = super().clean()
        return answers


class PasskeyForm(allauth_passkeys.AuthenticateWebAuthnForm):
    """A passkey as the second step."""

    credential = FromTheBrowser()

    def clean_credential(self) -> Authenticator:
        """The passkey that signed this page’s challenge."""
        with what_a_browser_says():
            return super().clean_credential()


class SignInWithPasskeyForm(PasskeyForm, allauth_passkeys.LoginWebAuthnForm):
    """A passkey instead of e-mail address and password."""


class PasskeyAgainForm(PasskeyForm, allauth_passkeys.ReauthenticateWebAuthnForm):
    """A passkey once more, before something important."""
