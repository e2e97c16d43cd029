"""What preparing a visit and its day ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.review.models import ItemState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trellis.review.models import ChecklistMark, Level, ReviewerRating, TimetableRow
    from trellis.review.visit_lists import Item
    from trellis.review.wording import Wording


class ChecklistForm(forms.Form):
    """How far each thing on the list has got, and where it is kept."""

    def __init__(self, data: Any = None, *, items: list[Item], marks: Mapping[str, ChecklistMark]) -> None:
        """A form with two fields for each of `items`; `marks` are the newest by the item’s code."""
        super().__init__(data)
        self.items = items
        for item in items:
            mark = marks.get(item.code)
            self.fields[item.code] = forms.ChoiceField(
                label=item.title,
                choices=ItemState.choices,
                widget=forms.RadioSelect,
                initial=mark.state if mark else ItemState.NEEDED,
                required=False,
            )
            self.fields[f"{item.code}-where"] = forms.CharField(
                label="Where it is kept", max_length=200, required=False, initial=mark.where_kept if mark else ""
            )

    @property
    def answers(self) -> dict[str, tuple[str, str]]:
        """State and place of each thing, once the form is valid."""
        cleaned = self.cleaned_data
        return {
            item.code: (cleaned[item.code] or ItemState.NEEDED.value, cleaned[f"{item.code}-where"])
            for item in self.items
        }


class TimetableRowForm(forms.Form):
    """One row of the timetable."""

    start = forms.TimeField(
        label="Begins at",
        help_text="For example, 09:30",
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={"required": "Enter when it begins", "invalid": "Enter a time such as 09:30"},
    )
    minutes = forms.IntegerField(
        label="How many minutes",
        min_value=5,
        max_value=480,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={
            "required": "Enter how many minutes",
            "invalid": "Enter a number of minutes",
            "min_value": "Enter between 5 and 480 minutes",
            "max_value": "Enter between 5 and 480 minutes",
        },
    )
    activity = forms.CharField(label="What happens", max_length=200, error_messages={"required": "Enter what happens"})
    who = forms.CharField(label="Who takes part", max_length=200, required=False)
    room = forms.CharField(label="Where", max_length=100, required=False)
    look_for = forms.CharField(label="What to look for", max_length=300, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, data: Any = None, *, row: TimetableRow | None = None, begins: str = "09:00") -> None:
        """A form for a new row, which begins where the last one ends, or to change `row`."""
        initial: dict[str, Any] = {"start": begins, "minutes": 30}
        if row:
            initial = {name: getattr(row, name) for name in ("minutes", "activity", "who", "room", "look_for")}
            initial |= {"start": row.clock, "seen": row.seen}
        super().__init__(data, initial=initial)

    @property
    def answers(self) -> dict[str, Any]:
        """What was typed, with the time in minutes from midnight."""
        start = self.cleaned_data["start"]
        said = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return {**said, "start": start.hour * 60 + start.minute}


def said_of(rating: ReviewerRating | None) -> dict[str, str]:
    """What a visitor says of a statement, by the names of the fields."""
    if rating is None:
        return {"choice": "", "comment": ""}
    return {"choice": rating.level.code if rating.level else "", "comment": rating.comment}


class VisitorRatingForm(forms.Form):
    """How a visitor sees one statement. No choice means that they have not looked at it."""

    choice = forms.ChoiceField(label="How does it look to you?", required=False, widget=forms.RadioSelect)
    comment = forms.CharField(
        label="Your comment", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        data: Any = None,
        *,
        code: str,
        wording: Wording,
        levels: Mapping[str, Level],
        rating: ReviewerRating | None,
    ) -> None:
        """A form for the statement `code`, with the scale of its framework."""
        super().__init__(data, prefix=code, initial=said_of(rating), auto_id="%s")
        self.levels = levels
        choices = [("", "Not looked at"), *((level.code, level.label) for level in wording.levels)]
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]

    @property
    def answer(self) -> tuple[Level | None, str]:
        """The level and the comment, once the form is valid."""
        return self.levels.get(self.cleaned_data["choice"]), self.cleaned_data["comment"]


class ConversationForm(forms.Form):
    """What was said."""

    who = forms.CharField(
        label="Who was there?",
        help_text="Adults only, for example “Amara, Priya, the visitor”",
        max_length=300,
        error_messages={"required": "Enter who was there"},
    )
    said = forms.CharField(
        label="What was said?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Enter what was said"},
    )
    next_steps = forms.CharField(
        label="Agreed next steps", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
