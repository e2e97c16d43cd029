"""What e-mail a person wants to get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.core.rules.mail import KINDS, WISH_LABELS, MailKind, Wish, wish_for

if TYPE_CHECKING:
    from collections.abc import Mapping


class MailPreferencesForm(forms.Form):
    """One question for each kind of e-mail that leaves a choice."""

    def __init__(self, *args: Any, chosen: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, about in KINDS.items():
            if len(about.choices) > 1:
                self.fields[kind.value] = forms.ChoiceField(
                    label=about.label,
                    choices=[(wish.value, WISH_LABELS[wish]) for wish in about.choices],
                    initial=wish_for(kind, chosen.get(kind)).value,
                    widget=forms.RadioSelect,
                    error_messages={"required": f"Choose how to get: {about.label.lower()}"},
                )

    def wishes(self) -> dict[MailKind, Wish]:
        """The answers."""
        return {MailKind(name): Wish(value) for name, value in self.cleaned_data.items()}
