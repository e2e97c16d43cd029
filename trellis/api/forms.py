"""What a token needs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.api.rules import SCOPE_WORDS, Scope, why_not_token
from trellis.core.forms import Checkboxes, DateField

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting

# What a role may at least, for a program of theirs to do anything in a scope. Statements are for everybody.
NEEDS: dict[Scope, Permission] = {
    Scope.READ_REVIEWS: Permission.SEE_REVIEW,
    Scope.WRITE_REVIEWS: Permission.RATE_STATEMENTS,
    Scope.READ_VOICES: Permission.RATE_STATEMENTS,
    Scope.READ_VISITS: Permission.SEE_VISITS,
    Scope.READ_COUNTS: Permission.SEE_POOLED,
}


class TokenForm(forms.Form):
    """A token for a program: what it is called, what it may do, and until when."""

    name = forms.CharField(
        label="What is the program?",
        help_text="So that you know later what this was for. For example, “Our dashboard”",
        max_length=80,
        error_messages={"required": "Enter what the program is"},
    )
    scopes = forms.MultipleChoiceField(
        label="What may it do?",
        help_text="Never more than you may yourself",
        widget=Checkboxes,
        error_messages={"required": "Select what the program may do"},
    )
    expires_on = DateField(
        label="On which day does it end?",
        help_text="A year from now at most",
        error_messages={"required": "Enter the last day"},
    )

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        """Offer what the person’s role allows."""
        super().__init__(*args, **kwargs)
        offered = [scope for scope in SCOPE_WORDS if scope not in NEEDS or acting.may(NEEDS[scope])]
        scopes: Any = self.fields["scopes"]
        scopes.choices = [(scope.value, SCOPE_WORDS[scope]) for scope in offered]
        scopes.initial = [scope.value for scope in offered if scope in (Scope.READ_REVIEWS, Scope.READ_COUNTS)]

    def clean(self) -> dict[str, Any]:
        """The last day is one that a token can have."""
        cleaned = super().clean() or {}
        day, scopes = cleaned.get("expires_on"), cleaned.get("scopes")
        if day and scopes:
            reason = why_not_token(expires_on=day, today=timezone.localdate(), scopes=scopes)
            if reason:
                self.add_error("expires_on", reason)
        return cleaned
