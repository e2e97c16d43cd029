"""What a person changes about their own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.accounts.forms.fields import CurrentPassword, EmailAddress, FullName, NewPassword
from trellis.accounts.rules import why_not_change_email, why_not_delete_account

if TYPE_CHECKING:
    from trellis.accounts.models import User


class NameForm(forms.Form):
    """Their name."""

    name = FullName(help_text="As your colleagues know you.")


class _KnowsTheirPassword(forms.Form):
    """Asks for the password they have, so that an open browser is not enough."""

    password = CurrentPassword(label="Your password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """The password, when it is theirs."""
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError("This is not your password. Try again")
        return password


class EmailForm(_KnowsTheirPassword):
    """Another e-mail address."""

    email = EmailAddress(label="New e-mail address", missing="Enter the new e-mail address")
    field_order = ("email", "password")

    def clean_email(self) -> str:
        """The address, when it is another one."""
        email: str = self.cleaned_data["email"]
        reason = why_not_change_email(current=self.user.email, wanted=email)
        if reason:
            raise forms.ValidationError(reason)
        return email


class PasswordForm(_KnowsTheirPassword):
    """Another password."""

    new_password = NewPassword(label="New password")
    field_order = ("password", "new_password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        NewPassword.of(self, "new_password", user)


class DeleteForm(forms.Form):
    """One’s own e-mail address, typed, so that nobody deletes an account by a slip."""

    email = EmailAddress(label="Type your e-mail address to confirm", missing="Type your e-mail address")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["email"].widget.attrs["autocomplete"] = "off"

    def clean_email(self) -> str:
        """The address, when it is theirs."""
        email: str = self.cleaned_data["email"]
        reason = why_not_delete_account(typed=email, email=self.user.email)
        if reason:
            raise forms.ValidationError(reason)
        return email
