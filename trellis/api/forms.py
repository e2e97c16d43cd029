"""What a token needs to know."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from trellis.api.rules import SCOPE_WORDS, Scope, why_not_token
from trellis.core.forms import Checkboxes, DateField


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
        choices=[(scope.value, words) for scope, words in SCOPE_WORDS.items()],
        widget=Checkboxes,
        initial=[Scope.READ_REVIEWS.value],
        error_messages={"required": "Select what the program may do"},
    )
    expires_on = DateField(
        label="On which day does it end?",
        help_text="A year from now at most",
        error_messages={"required": "Enter the last day"},
    )

    def clean(self) -> dict[str, Any]:
        """The last day is one that a token can have."""
        cleaned = super().clean() or {}
        day, scopes = cleaned.get("expires_on"), cleaned.get("scopes")
        if day and scopes:
            reason = why_not_token(expires_on=day, today=timezone.localdate(), scopes=scopes)
            if reason:
                self.add_error("expires_on", reason)
        return cleaned
