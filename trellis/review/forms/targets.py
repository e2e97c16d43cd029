"""What a setting aims for in each area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.review.rules.comparing import worth_aiming_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trellis.review.models import Level
    from trellis.review.reading import RoundView


class TargetsForm(forms.Form):
    """A level to aim for in each area of a round, better than where its weakest statement stands, or no aim."""

    def __init__(
        self, data: Any = None, *, view: RoundView, levels: Mapping[str, Level], aims: Mapping[str, str]
    ) -> None:
        """A form with a field for each area; `aims` holds the code of the level aimed for now, by area."""
        super().__init__(data, initial=dict(aims))
        self.levels = levels
        scale = view.wording.levels
        for each in view.areas:
            aimed = levels.get(aims.get(each.area.code, ""))
            offered = worth_aiming_for(
                [card.level.position for card in each.cards if card.level],
                levels=[level.position for level in scale],
                aimed=aimed.position if aimed else None,
            )
            choices = [("", "No aim"), *((level.code, level.label) for level in scale if level.position in offered)]
            self.fields[each.area.code] = forms.ChoiceField(label=each.area.title, choices=choices, required=False)

    @property
    def aims(self) -> dict[str, Level | None]:
        """The level chosen for each area, once the form is valid."""
        return {area: self.levels.get(code) for area, code in self.cleaned_data.items()}
