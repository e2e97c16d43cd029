"""What we ask when somebody signs in, or has forgotten their password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth

from trellis.accounts.forms.fields import CurrentPassword, EmailAddress, NewPassword, SharedDevice
from trellis.accounts.sessions import set_length

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class SignInForm(allauth.LoginForm):
    """E-mail address and password, and whether others use this device too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "login": EmailAddress(),
            "password": CurrentPassword(),
            "shared_device": SharedDevice(),
        }

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Go on to the second step, or in; the session is as long as the device allows."""
        response: HttpResponse = super().login(request, redirect_url)
        set_length(request, shared_device=self.cleaned_data["shared_device"])
        return response


class ForgottenPasswordForm(allauth.ResetPasswordForm):
    """To which address the link goes."""

    email = EmailAddress()  # type: ignore[assignment]


class ChooseNewPasswordForm(allauth.ResetPasswordKeyForm):
    """The new password of somebody who followed the link."""

    password1 = NewPassword()  # type: ignore[assignment]
    password2 = None  # type: ignore[assignment]
    shared_device = SharedDevice()


class PasswordAgainForm(allauth.ReauthenticateForm):
    """The password once more, before something important."""

    password = CurrentPassword()  # type: ignore[assignment]
