"""What a colleague is asked alone, and what is written down when the team has agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from trellis.core.forms import Checkboxes
from trellis.review.actions.own_rating import OwnAnswer
from trellis.review.actions.ratings import Answer, answer_of
from trellis.review.forms.rating import why_set_aside
from trellis.review.models import Level, RatingState, RoundPerson

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from trellis.review.models import OwnRating, Rating
    from trellis.review.wording import Wording

LONGEST_NOTE = 2000


class OwnRatingForm(forms.Form):
    """One statement’s answer by one person. `version` is what they saw; 0 before they said anything."""

    choice = forms.ChoiceField(label="How well is this in place?", widget=forms.RadioSelect)
    unsure = forms.BooleanField(label="I am not sure", required=False)
    note = forms.CharField(
        label="A note for yourself",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": f"The note must be {LONGEST_NOTE:,} characters or fewer"},
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, code: str, own: OwnRating | None, wording: Wording, levels: dict[str, Level]
    ) -> None:
        """A form for one statement; `own` is what the person said so far, if anything."""
        super().__init__(data, prefix=code, initial=self._initial(own), auto_id="%s")
        self.levels = levels
        cast("forms.ChoiceField", self.fields["choice"]).choices = [
            *((level.code, level.label) for level in wording.levels),
            (RatingState.NOT_DISCUSSED, "No answer"),
            (RatingState.NOT_APPLICABLE, RatingState.NOT_APPLICABLE.label),
        ]

    @staticmethod
    def _initial(own: OwnRating | None) -> dict[str, Any]:
        if own is None:
            return {"choice": RatingState.NOT_DISCUSSED, "unsure": False, "note": "", "version": 0}
        choice = own.level.code if own.level else own.state
        return {"choice": choice, "unsure": own.unsure, "note": own.note, "version": own.version}

    @property
    def answer(self) -> OwnAnswer:
        """The answer given, once the form is valid."""
        cleaned = self.cleaned_data
        level = self.levels.get(cleaned["choice"])
        state = RatingState.RATED if level else cleaned["choice"]
        return OwnAnswer(state=state, level=level, unsure=cleaned["unsure"], note=cleaned["note"])


class NameForm(forms.Form):
    """Whether one’s name is shown."""

    shows_name = forms.BooleanField(label="Show my name beside what I said alone", required=False)


class AgreeForm(forms.Form):
    """What the team agreed, and who was in it."""

    choice = forms.ChoiceField(
        label="What have you agreed?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you have agreed"},
    )
    reason = forms.CharField(label="If it does not apply, why?", required=False, max_length=500)
    notes = forms.CharField(
        label="Notes for the review",
        help_text="Everybody who sees the review reads these",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    people = forms.ModelMultipleChoiceField(
        label="Who agreed this?",
        queryset=RoundPerson.objects.none(),
        widget=Checkboxes,
        error_messages={"required": "Select who agreed this"},
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        rating: Rating,
        wording: Wording,
        levels: dict[str, Level],
        people: QuerySet[RoundPerson],
    ) -> None:
        """A form for one rating; `people` are those who take part."""
        initial = {
            "choice": rating.level.code if rating.level else rating.state,
            "reason": rating.reason,
            "notes": rating.notes,
            "people": [person.pk for person in people],
            "version": rating.version,
        }
        super().__init__(data, initial=initial)
        self.rating, self.levels = rating, levels
        self.statement = wording.statements.get(rating.statement.code)
        if self.statement and self.statement.statutory:
            self.fields["reason"].label = "If it does not apply, why does the law not bind your setting?"
        cast("forms.ChoiceField", self.fields["choice"]).choices = [
            *((level.code, level.label) for level in wording.levels),
            (RatingState.NOT_APPLICABLE, RatingState.NOT_APPLICABLE.label),
        ]
        cast("forms.ModelMultipleChoiceField[Any]", self.fields["people"]).queryset = people

    def clean(self) -> dict[str, Any]:
        """What does not apply says why."""
        cleaned = super().clean() or {}
        if cleaned.get("choice") == RatingState.NOT_APPLICABLE and not cleaned.get("reason", "").strip():
            self.add_error("reason", why_set_aside(self.statement))
        return cleaned

    @property
    def answer(self) -> Answer:
        """The rating that was agreed, once the form is valid; the rest stays as it was."""
        cleaned, before = self.cleaned_data, answer_of(self.rating)
        level = self.levels.get(cleaned["choice"])
        return Answer(
            state=RatingState.RATED if level else cleaned["choice"],
            level=level,
            reason=cleaned["reason"],
            unsure=False,
            notes=cleaned["notes"],
            work=before.work,
        )
