"""How well a statement is in place, in the words of the framework."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from trellis.review.actions.ratings import Answer
from trellis.review.models import Level, RatingState, Work

if TYPE_CHECKING:
    from trellis.review import framework as files
    from trellis.review.models import Rating
    from trellis.review.wording import Wording

LONGEST_NOTE = 4000


def answer_of(rating: Rating) -> dict[str, Any]:
    """A rating as it stands, by the names of the fields."""
    return {
        "choice": rating.level.code if rating.level else rating.state,
        "reason": rating.reason,
        "unsure": rating.unsure,
        "notes": rating.notes,
        "work": rating.work,
        "version": rating.version,
    }


WHY_NOT_APPLIES = "Say why this does not apply to your setting"
WHY_THE_LAW_DOES_NOT_BIND = "The law asks for this. Say why it does not bind your setting"


def why_set_aside(statement: files.Statement | None) -> str:
    """What to ask of whoever says that a statement does not apply and gives no reason."""
    return WHY_THE_LAW_DOES_NOT_BIND if statement and statement.statutory else WHY_NOT_APPLIES


class RatingForm(forms.Form):
    """One statement’s answer. The choice is a level’s code, or one of the two states that are no levels.

    `version` is what the person saw, so that a change made meanwhile by someone else is noticed.
    """

    choice = forms.ChoiceField(label="How well is this in place?", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why does it not apply to your setting?", required=False, max_length=500, widget=forms.TextInput
    )
    unsure = forms.BooleanField(label="We are not sure", required=False)
    notes = forms.CharField(
        label="Notes",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Notes must be {LONGEST_NOTE:,} characters or fewer"},
    )
    work = forms.ChoiceField(label="How far we have got", choices=Work.choices)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, rating: Rating, wording: Wording, levels: dict[str, Level]) -> None:
        """A form for one rating, with the scale of its framework; `levels` are the scale’s rows by code."""
        super().__init__(data, prefix=rating.statement.code, initial=answer_of(rating), auto_id="%s")
        self.levels, self.statement = levels, wording.statements.get(rating.statement.code)
        field = cast("forms.ChoiceField", self.fields["choice"])
        field.choices = [
            *((level.code, level.label) for level in wording.levels),
            (RatingState.NOT_DISCUSSED, RatingState.NOT_DISCUSSED.label),
            (RatingState.NOT_APPLICABLE, RatingState.NOT_APPLICABLE.label),
        ]

    def clean(self) -> dict[str, Any]:
        """What does not apply says why."""
        cleaned = super().clean() or {}
        if cleaned.get("choice") == RatingState.NOT_APPLICABLE and not cleaned.get("reason", "").strip():
            self.add_error("reason", why_set_aside(self.statement))
        return cleaned

    @property
    def answer(self) -> Answer:
        """The answer given, once the form is valid."""
        cleaned = self.cleaned_data
        level = self.levels.get(cleaned["choice"])
        return Answer(
            state=RatingState.RATED if level else cleaned["choice"],
            level=level,
            reason=cleaned["reason"],
            unsure=cleaned["unsure"],
            notes=cleaned["notes"],
            work=cleaned["work"],
        )
