"""What the report of a visit asks, of the visitor and of the setting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.review.actions.visit_report import Said
from trellis.review.models import HowItWas
from trellis.review.rules.visit import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trellis.review.models import ReportVersion, Statement
    from trellis.review.wording import Wording

MOST_RECOMMENDED = 5
FIRST_ASKED = 3


def _text(label: str, *, missing: str = "", rows: int = 4, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


class VisitReportForm(forms.Form):
    """The report: four short sections, and what is recommended because of which statement."""

    strong = _text("What is strong", missing="Say what is strong", help_text="Begin here. What would you take home?")
    work_on = _text("What to work on", missing="Say what to work on", help_text="Two or three things are enough.")
    self_evaluation = _text(SECTIONS["self_evaluation"], rows=3, help_text="Was it honest? Does the evidence carry it?")
    agreed = _text("What was agreed", rows=3, help_text="Also whether you will come again.")
    after = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        version: ReportVersion | None,
        wording: Wording,
        statements: Mapping[str, Statement],
    ) -> None:
        """A form that begins with what `version` says; `statements` are the rows by code, for what was typed."""
        initial: dict[str, Any] = {"after": version.number if version else 0}
        if version:
            initial |= {name: getattr(version, name) for name in SECTIONS}
            for number, code, what in version.recommendations.values_list("number", "statement__code", "what"):
                initial |= {f"statement_{number}": code, f"what_{number}": what}
        super().__init__(data, initial=initial)
        self.statements = statements
        choices = [("", "None"), *((code, f"{code} {each.text}") for code, each in wording.statements.items())]
        for number in range(1, self._asked(data, initial) + 1):
            self.fields[f"statement_{number}"] = forms.ChoiceField(
                label=f"Recommendation {number}: for which statement?", choices=choices, required=False
            )
            self.fields[f"what_{number}"] = forms.CharField(
                label=f"Recommendation {number}: what could they do?", max_length=300, required=False
            )
        if number < MOST_RECOMMENDED:
            self.fields[f"what_{number}"].help_text = "For one more, keep this version and change it again."

    @staticmethod
    def _asked(data: Any, initial: dict[str, Any]) -> int:
        """For how many recommendations the form asks: three, and more once three are there."""
        given = initial if data is None else data
        numbers = range(1, MOST_RECOMMENDED + 1)
        last = max((each for each in numbers if f"what_{each}" in given or f"statement_{each}" in given), default=0)
        return min(max(FIRST_ASKED, last if data is not None else last + 1), MOST_RECOMMENDED)

    def clean(self) -> dict[str, Any]:
        """A recommendation says both: for what, and what to do."""
        cleaned = super().clean() or {}
        for number in range(1, MOST_RECOMMENDED + 1):
            statement, what = cleaned.get(f"statement_{number}"), cleaned.get(f"what_{number}")
            if statement and not what:
                self.add_error(f"what_{number}", "Enter what they could do")
            if what and not statement:
                self.add_error(f"statement_{number}", "Select the statement that this is about")
        return cleaned

    @property
    def said(self) -> Said:
        """What was typed, once the form is valid."""
        cleaned = self.cleaned_data
        pairs = [
            (self.statements[cleaned[f"statement_{number}"]], cleaned[f"what_{number}"])
            for number in range(1, MOST_RECOMMENDED + 1)
            if cleaned.get(f"what_{number}")
        ]
        return Said(**{name: cleaned[name] for name in SECTIONS}, recommendations=pairs)


class CorrectionForm(forms.Form):
    """A fact that is not right."""

    says = forms.CharField(
        label="What the draft says",
        help_text="Copy the words that are not right",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter what the draft says"},
    )
    should_say = forms.CharField(
        label="What is right",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter what is right"},
    )


class CorrectionAnswerForm(forms.Form):
    """Taken in, or why not."""

    taken_in = forms.ChoiceField(
        label="What will you do?",
        choices=[("yes", "I take it in"), ("no", "It stays as it is")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you will do"},
    )
    why_not = forms.CharField(
        label="If it stays, why?", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """What stays says why."""
        cleaned = super().clean() or {}
        if cleaned.get("taken_in") == "no" and not cleaned.get("why_not"):
            self.add_error("why_not", "Say why it stays as it is")
        return cleaned


def _question(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=HowItWas.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select an answer"},
    )


class FeedbackForm(forms.Form):
    """How the visit was for the setting."""

    useful = _question("Did the visit help you see your setting more clearly?")
    fair = _question("Does the report say fairly what you do?")
    kind = _question("Did it feel like support?")
    words = forms.CharField(
        label="Anything that would make a visit like this better?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
