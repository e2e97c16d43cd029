"""What is asked of who can go: how long the way is, and who goes when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.core.forms import Radios
from trellis.staffing.rules.days import LONGEST_WAY

if TYPE_CHECKING:
    from trellis.training.answering import SessionAnswered
    from trellis.training.rules.going import Plan


class JourneyForm(forms.Form):
    """How long the way to a session is."""

    minutes = forms.IntegerField(
        label="How many minutes is the way there?",
        help_text="As many are counted for the way back. It is kept for every session at this place.",
        min_value=0,
        max_value=LONGEST_WAY,
        widget=forms.NumberInput({"class": "govuk-input--width-3"}),
        error_messages={
            "required": "Enter how many minutes the way is",
            "invalid": "Enter minutes as a whole number",
            "min_value": f"Enter minutes from 0 to {LONGEST_WAY}",
            "max_value": f"Enter minutes from 0 to {LONGEST_WAY}",
        },
    )


class WhoGoesForm(forms.Form):
    """Which of the plans the manager decides on; with it comes of whom and of what times the page spoke."""

    plan = forms.ChoiceField(
        label="What do you send?",
        widget=Radios,
        error_messages={
            "required": "Choose who goes when",
            "invalid_choice": "Your week or the session has changed meanwhile. Look at the answers and choose again",
        },
    )

    def __init__(self, data: Any = None, *, answered: SessionAnswered, plans: list[Plan]) -> None:
        super().__init__(data)
        self.plans = {plan.key: plan for plan in plans}
        self.fields["plan"].choices = [  # type: ignore[attr-defined]
            (key, answered.said(plan.goes)) for key, plan in self.plans.items()
        ]
        self.fields["plan"].widget.hints = {key: _means(answered, plan) for key, plan in self.plans.items()}

    @property
    def shown(self) -> str:
        """What the page said from which a plan was chosen."""
        return str(self.data.get("shown", ""))

    @property
    def chosen(self) -> Plan:
        """The plan that was chosen."""
        return self.plans[self.cleaned_data["plan"]]


def _means(answered: SessionAnswered, plan: Plan) -> str:
    each = [f"{goer.called}: {stay.words}" for goer, stay in zip(answered.goers, plan.stays, strict=True)]
    return f"{plan.verdict.words}. {'. '.join(each)}."
