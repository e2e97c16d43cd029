"""What an application asks about somebody: what they have learned, for how long they have worked, what they need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.core.forms import CharacterCount, Radios
from trellis.training.forms.application.step import StepForm
from trellis.training.models import EarlierTraining, Level3

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trellis.qualifications.models import ListedQualification

NOT_LISTED, CANNOT_SAY = "not_listed", "cannot_say"
UNLISTED = {NOT_LISTED: "It is not in the list. I write its name", CANNOT_SAY: "I cannot say now"}
WITHOUT_LIST = UNLISTED | {NOT_LISTED: "I write its name"}


class Level3Form(StepForm):
    """Whether somebody holds a Level 3 qualification."""

    level_3 = forms.ChoiceField(
        label="Do you hold a full and relevant Level 3 early years qualification?",
        help_text="If you count as Level 3 in your setting’s ratios, you do.",
        choices=Level3.choices,
        widget=Radios,
        error_messages={"required": "Choose an answer"},
    )

    @property
    def answer(self) -> dict[str, Any]:
        """The answer; without any there is none to name."""
        nothing = {"level_3_title": "", "level_3_listed": None} if self.cleaned_data["level_3"] == Level3.NO else {}
        return self.cleaned_data | nothing


class Level3WhichForm(StepForm):
    """Which qualification it is: chosen from what a search in the list found (None without a list), or written."""

    which = forms.ChoiceField(
        label="Which qualification is it?",
        widget=Radios(reveals={NOT_LISTED: "level_3_title"}),
        error_messages={"required": "Choose your qualification, or say that it is not in the list"},
    )
    level_3_title = forms.CharField(label="Its name, as on the certificate", max_length=300, required=False)

    def __init__(self, data: Any = None, *, found: Sequence[ListedQualification] | None = (), **about: Any) -> None:
        super().__init__(data, **about)
        chosen = self.application.level_3_listed
        rows = ([chosen] if chosen else []) + [each for each in found or () if each != chosen]
        self.rows = {str(each.pk): each for each in rows}
        field = self.choice("which")
        others = WITHOUT_LIST if found is None else UNLISTED
        field.choices = [*((key, each.name) for key, each in self.rows.items()), *others.items()]
        if found is None:
            field.error_messages["required"] = "Say which qualification it is, or that you cannot say now"
        field.widget.hints = {key: _listed_as(each) for key, each in self.rows.items()}

    def beginning(self) -> dict[str, Any]:
        """What they chose or wrote the last time."""
        chosen, title = self.application.level_3_listed_id, self.application.level_3_title
        if chosen:
            return {"which": str(chosen)}
        said = "level-3-which" in self.application.answered
        return {"which": NOT_LISTED if title else CANNOT_SAY if said else "", "level_3_title": title}

    def clean(self) -> dict[str, Any]:
        """A name is written, when none is chosen."""
        cleaned = super().clean() or {}
        if cleaned.get("which") == NOT_LISTED and not cleaned.get("level_3_title"):
            self.add_error("level_3_title", "Enter the name of your qualification")
        return cleaned

    @property
    def answer(self) -> dict[str, Any]:
        """The row of the list with its name, the written name, or neither."""
        which = self.cleaned_data["which"]
        row = self.rows.get(which)
        written = self.cleaned_data["level_3_title"] if which == NOT_LISTED else ""
        return {"level_3_listed": row, "level_3_title": row.name if row else written}


def _listed_as(each: ListedQualification) -> str:
    known = (f"Level {each.level}", each.awarding_organisation, each.number)
    return f"{', '.join(part for part in known if part)}. Begun: {each.begun[:1].lower()}{each.begun[1:]} ({each.ref})"


class YearsForm(StepForm):
    """How long somebody has worked."""

    years = forms.IntegerField(
        label="For how many years have you worked in early years settings?",
        help_text="Whole years. 0 if it is less than one.",
        min_value=0,
        max_value=60,
        widget=forms.NumberInput({"class": "govuk-input--width-3"}),
        error_messages={"required": "Enter the number of years"},
    )


class TrainingForm(StepForm):
    """What somebody has learned before."""

    earlier = forms.ChoiceField(
        label="What training as a SENCO have you had so far?",
        choices=EarlierTraining.choices,
        widget=Radios,
        error_messages={"required": "Choose an answer"},
    )


class NeedsForm(StepForm):
    """What somebody needs. Seen by those who arrange it."""

    access = forms.CharField(
        label="What do you need in order to take part?",
        help_text="For example, step-free rooms, captions, a break for expressing milk. Leave it empty if there is nothing.",
        max_length=1000,
        required=False,
        widget=CharacterCount(1000, rows=4),
    )
    adjustments = forms.CharField(
        label="What helps you with reading, writing or deadlines?",
        help_text="For example, papers a week before, more time, a coloured background.",
        max_length=1000,
        required=False,
        widget=CharacterCount(1000, rows=4),
    )

    def beginning(self) -> dict[str, Any]:
        """What was said the last time."""
        needs = getattr(self.application, "needs", None)
        return {"access": needs.access, "adjustments": needs.adjustments} if needs else {}

    @property
    def answer(self) -> dict[str, Any]:
        """Both texts."""
        return {"needs": dict(self.cleaned_data)}
