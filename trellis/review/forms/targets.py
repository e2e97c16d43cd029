"""What a setting aims for in each area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trellis.review.models import Level
    from trellis.review.wording import Wording


class TargetsForm(forms.Form):
    """A level to aim for in each area of a round, or no aim."""

    def __init__(
        self, data: Any = None, *, wording: Wording, levels: Mapping[str, Level], aims: Mapping[str, str]
    ) -> None:
        """A form with a field for each area; `aims` holds the code of the level aimed for now, by area."""
        super().__init__(data, initial=dict(aims))
        self.levels = levels
        choices = [("", "No aim"), *((level.code, level.label) for level in wording.levels)]
        for area in wording.areas:
            self.fields[area.code] = forms.ChoiceField(label=area.title, choices=choices, required=False)

    @property
    def aims(self) -> dict[str, Level | None]:
        """The level chosen for each area, once the form is valid."""
        return {area: self.levels.get(code) for area, code in self.cleaned_data.items()}
