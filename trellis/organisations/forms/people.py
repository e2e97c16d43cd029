"""Who is invited, in what role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.accounts.forms.fields import EmailAddress, FullName, NewPassword, SharedDevice
from trellis.accounts.models import User
from trellis.accounts.roles import ROLE_DESCRIPTIONS, Role
from trellis.core.forms import Radios

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trellis.organisations.models import Membership

CHOOSE_A_ROLE = {"required": "Choose a role", "invalid_choice": "Choose a role"}


def role_field(roles: Iterable[Role]) -> forms.TypedChoiceField:
    """One of these roles, each with what it is for."""
    choices = [(role.value, str(role.label)) for role in roles]
    hints = {role.value: ROLE_DESCRIPTIONS[role] for role in roles}
    return forms.TypedChoiceField(
        label="Role", choices=choices, coerce=Role, widget=Radios(hints=hints), error_messages=CHOOSE_A_ROLE
    )


class InvitePersonForm(forms.Form):
    """Name, e-mail address and role. Where there is one role only, it is not asked."""

    name = FullName(help_text="They can correct it.")
    email = EmailAddress(
        missing="Enter their e-mail address", help_text="The invitation goes there. Use one that only they read."
    )

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        self.roles = roles
        super().__init__(*args, **kwargs)
        self.fields["name"].error_messages["required"] = "Enter their full name"
        if len(roles) > 1:
            self.fields["role"] = role_field(roles)

    @property
    def role(self) -> Role:
        """The role that was chosen, or the only one there is."""
        return self.cleaned_data["role"] if len(self.roles) > 1 else self.roles[0]


class RoleForm(forms.Form):
    """Another role."""

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = role_field(roles)


class JoinForm(forms.Form):
    """What somebody who was invited and has no account yet tells us."""

    name = FullName(help_text="As your colleagues know you.")
    password = NewPassword()
    shared_device = SharedDevice()

    def __init__(self, *args: Any, invited: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invited = invited

    def own_email(self, answers: dict[str, Any]) -> str:
        """The address that was invited."""
        return self.invited

    def clean(self) -> dict[str, Any]:
        """The password is checked against the name and address of this person."""
        answers = super().clean() or {}
        person = User(name=answers.get("name", ""), email=self.own_email(answers))
        password = NewPassword.of(self, "password", person)
        try:
            if answers.get("password"):
                password.validate(answers["password"])
        except forms.ValidationError as mistake:
            self.add_error("password", mistake)
        return answers


class JoinBySignOnForm(forms.Form):
    """What somebody who was invited and came by single sign-on tells us."""

    name = FullName(help_text="As your colleagues know you.")


class SwitchForm(forms.Form):
    """For which of their organisations a person acts."""

    membership = forms.ChoiceField(
        label="For whom do you act?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an organisation", "invalid_choice": "Choose an organisation"},
    )

    def __init__(self, *args: Any, memberships: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.pk), f"{each.get_role_display()}, {each.organisation.name}") for each in memberships]
        self.fields["membership"].choices = choices  # type: ignore[attr-defined]
