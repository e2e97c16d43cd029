"""What we ask for the second step of signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.base import forms as allauth
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as allauth_passkeys
from django import forms

from trellis.accounts import actions
from trellis.accounts.forms.fields import FromTheBrowser, OneTimeCode

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator


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
    passwordless = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": ""} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class PasskeyForm(allauth_passkeys.AuthenticateWebAuthnForm):
    """A passkey as the second step."""

    credential = FromTheBrowser()


class SignInWithPasskeyForm(allauth_passkeys.LoginWebAuthnForm):
    """A passkey instead of e-mail address and password."""

    credential = FromTheBrowser()


class PasskeyAgainForm(allauth_passkeys.ReauthenticateWebAuthnForm):
    """A passkey once more, before something important."""

    credential = FromTheBrowser()
