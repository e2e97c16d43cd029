"""The four questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.core.forms import Radios

if TYPE_CHECKING:
    from trellis.qualifications.catalogue.guide import Guide


class WhatNextForm(forms.Form):
    """The questions of the guide, all of which must be answered."""

    def __init__(self, data: Any, *, guide: Guide) -> None:
        """A form with the questions that the guide asks."""
        super().__init__(data)
        for question in guide.questions:
            missing = f"Answer the question “{question.title}”"
            self.fields[question.key] = forms.ChoiceField(
                label=question.title,
                help_text=question.hint or "",
                choices=[(choice.key, choice.label) for choice in question.choices],
                widget=Radios(hints={choice.key: choice.hint for choice in question.choices if choice.hint}),
                error_messages={"required": missing, "invalid_choice": missing},
            )
