"""Asking for help and answering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from trellis.core.forms import DateField
from trellis.review.models import HelpWanted
from trellis.review.models.help import TOPICS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from trellis.organisations.models import Membership


class AskForHelpForm(forms.Form):
    """What a setting would like help with. Only this is sent: nothing of a review goes with it."""

    topic = forms.ChoiceField(
        label="What is it about?",
        choices=[("", "Choose one"), *TOPICS],
        error_messages={"required": "Choose what it is about"},
    )
    wanted = forms.ChoiceField(
        label="What would help most?",
        choices=HelpWanted.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what would help"},
    )
    words = forms.CharField(
        label="In a sentence or two",
        help_text="What have you tried, and what would you like to do next? Nothing about one child",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say in a sentence what you would like help with"},
    )
    by_when = DateField(label="By when would you need it?", required=False)

    def __init__(self, data: Any = None, *, today: date, topics: Sequence[str] = ()) -> None:
        """A form; the topics of a statement come first and the first of them is chosen."""
        super().__init__(data, initial={"topic": topics[0]} if topics else {})
        self.today = today
        if topics:
            first = [pair for topic in topics for pair in TOPICS if pair[0] == topic]
            others = [pair for pair in TOPICS if pair not in first]
            field = cast("forms.ChoiceField", self.fields["topic"])
            field.choices = [("", "Choose one"), *first, *others]

    def clean_by_when(self) -> date | None:
        """A day that is still to come."""
        by_when: date | None = self.cleaned_data["by_when"]
        if by_when and by_when < self.today:
            raise forms.ValidationError("Enter a day that is still to come, or leave it empty")
        return by_when


class SettingSaysForm(forms.Form):
    """What a setting says to an answer."""

    words = forms.CharField(
        label="Anything to add?",
        help_text="If you ask again: what is still missing",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AnswerForm(forms.Form):
    """An authority’s answer, or why it closes the request."""

    words = forms.CharField(
        label="Your answer",
        help_text="Whom to ring, when somebody could come, which course. They see your name",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write your answer"},
    )


class AssignForm(forms.Form):
    """Which colleague sees to it."""

    to = forms.ChoiceField(label="Who sees to it?", error_messages={"required": "Choose a colleague"})

    def __init__(self, data: Any = None, *, colleagues: Sequence[Membership], now: str = "") -> None:
        """The colleagues who answer requests."""
        super().__init__(data, initial={"to": now})
        field = cast("forms.ChoiceField", self.fields["to"])
        field.choices = [("", "Choose one"), *((str(each.user_id), each.user.name) for each in colleagues)]
