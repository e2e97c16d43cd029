"""One question of an application, with what was answered before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trellis.training.models import Application, Cohort


class StepForm(forms.Form):
    """One question, with what was answered before."""

    def __init__(self, data: Any = None, *, application: Application, cohorts: Sequence[Cohort] = ()) -> None:
        self.application, self.cohorts = application, cohorts
        super().__init__(data, initial=self.beginning())

    def beginning(self) -> dict[str, Any]:
        """What was answered the last time; nothing the first."""
        return {name: getattr(self.application, name, None) for name in self.base_fields}

    def choice(self, name: str) -> Any:
        """A field whose choices are said when the page opens."""
        return self.fields[name]

    @property
    def answer(self) -> dict[str, Any]:
        """What is kept, once the form is valid."""
        return dict(self.cleaned_data)
