"""Widgets that Django does not have: a text with a count, and choices that explain themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from collections.abc import Mapping


class CharacterCount(forms.Textarea):
    """A text area that says how many characters are left. The field’s own `max_length` is what refuses."""

    def __init__(self, limit: int, rows: int = 5, attrs: dict[str, Any] | None = None) -> None:
        self.limit = limit
        super().__init__({"rows": rows, **(attrs or {})})


class _ChoicesThatExplain:
    """What `Radios` and `Checkboxes` share.

    `hints` says something under a choice; `reveals` names the field of the same form that a choice
    opens. Both have the choices’ values, as text, for keys. `inline` puts short choices in one row.
    """

    hints: Mapping[str, str]
    reveals: Mapping[str, str]
    inline: bool

    def __init__(
        self,
        *args: Any,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, str] | None = None,
        inline: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hints, self.reveals, self.inline = hints or {}, reveals or {}, inline


class Radios(_ChoicesThatExplain, forms.RadioSelect):
    """One choice of several, each with an optional hint."""


class Checkboxes(_ChoicesThatExplain, forms.CheckboxSelectMultiple):
    """Several choices, each with an optional hint."""
