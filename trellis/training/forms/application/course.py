"""What an application asks about the course: which cohort, who pays, beside whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.core.forms import Checkboxes, Radios
from trellis.training.applying import WHO_PAYS, look_alike
from trellis.training.forms.application.step import StepForm
from trellis.training.models import Beside

if TYPE_CHECKING:
    from trellis.training.models import Cohort

ANY, NO_MATTER = "any", "no_matter"
YES_NO = (("yes", "Yes"), ("no", "No"))


class CohortForm(StepForm):
    """For which cohort: to applicants that is the course that starts on a day."""

    which = forms.MultipleChoiceField(
        label="Which dates would suit you?",
        help_text="Choose all that are possible for you.",
        widget=Checkboxes,
        error_messages={"required": "Choose the dates that suit you, or any of them"},
    )

    def __init__(self, data: Any = None, **about: Any) -> None:
        super().__init__(data, **about)
        alike = look_alike(self.cohorts)
        hints = {str(each.pk): self._hint(each, each.pk in alike) for each in self.cohorts}
        field = self.choice("which")
        field.choices = [*((str(each.pk), each.starting) for each in self.cohorts), (ANY, "Any of them")]
        field.widget.hints = hints

    @staticmethod
    def _hint(cohort: Cohort, needs_title: bool) -> str:
        title = f" ({cohort.title})" if needs_title else ""
        where = f", {cohort.venue}" if cohort.venue else ""
        return f"{cohort.authority}{title}{where}. {cohort.when}"

    def beginning(self) -> dict[str, Any]:
        """The cohorts that were chosen."""
        chosen = [str(each.pk) for each in self.application.wanted.all()]
        return {"which": chosen or ([ANY] if "cohort" in self.application.answered else [])}

    @property
    def answer(self) -> dict[str, Any]:
        """The cohorts; none when any will do."""
        chosen = self.cleaned_data["which"]
        return {"wanted": [] if ANY in chosen else [each for each in self.cohorts if str(each.pk) in chosen]}


class FundedForm(StepForm):
    """Whether a place was funded before."""

    funded_before = forms.ChoiceField(
        label="Have you had a funded place on this award before, with us or anybody else?",
        choices=YES_NO,
        widget=Radios(inline=True),
        error_messages={"required": "Choose yes or no"},
    )

    def beginning(self) -> dict[str, Any]:
        """Yes or no, once it was said."""
        return {"funded_before": {True: "yes", False: "no"}.get(self.application.funded_before, "")}  # type: ignore[arg-type]

    @property
    def answer(self) -> dict[str, Any]:
        """Yes or no."""
        return {"funded_before": self.cleaned_data["funded_before"] == "yes"}


class FundingForm(StepForm):
    """Who would pay."""

    paid_by = forms.ChoiceField(
        label="Who pays for your place?",
        help_text="If you do not know yet, say so. The centre talks it over with you before you decide.",
        choices=[*WHO_PAYS.items()],
        widget=Radios,
        error_messages={"required": "Choose who pays"},
    )


class BesideForm(StepForm):
    """Whether somebody wants to be with others of their setting. A radio needs a value, so “no matter” has one here."""

    beside = forms.ChoiceField(
        label="If others from your setting apply, how would you like to be placed?",
        help_text="For example, apart so that one of you is always in the setting.",
        choices=[(value or NO_MATTER, label) for value, label in Beside.choices],
        widget=Radios,
        error_messages={"required": "Choose an answer"},
    )

    def beginning(self) -> dict[str, Any]:
        """What was chosen the last time."""
        answered = "beside" in self.application.answered
        return {"beside": self.application.beside or (NO_MATTER if answered else "")}

    @property
    def answer(self) -> dict[str, Any]:
        """Together, apart, or nothing."""
        chosen = self.cleaned_data["beside"]
        return {"beside": "" if chosen == NO_MATTER else chosen}
