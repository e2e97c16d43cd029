"""What planning a visit asks, and who is invited."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from trellis.accounts.forms.fields import EmailAddress, FullName
from trellis.core.forms import Checkboxes, DateField
from trellis.review.actions.visit import Arrangement
from trellis.review.models import VisitKind
from trellis.review.rules.visit import why_not_open_to

if TYPE_CHECKING:
    from trellis.review.models import Visit

OPENED = {
    "ratings": "The setting’s ratings",
    "notes": "The notes beside them",
    "evidence": "What evidence there is and where it is kept (its name, never the file)",
    "actions": "What is planned",
}
"""What a setting can open to a visitor: the field of the visit and its words."""

WRITE_UP = timedelta(days=42)


class ArrangementForm(forms.Form):
    """Who comes, why, when, until when, and what they see."""

    kind = forms.ChoiceField(
        label="Who will come?",
        choices=VisitKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who will come"},
    )
    why = forms.CharField(
        label="What would you like to look at together?",
        help_text="A sentence is enough. For example, “How children who do not speak yet can choose what to do”",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what the visit is for"},
    )
    visit_on = DateField(
        label="Day of the visit", help_text="Leave it empty until you have agreed one.", required=False
    )
    until = DateField(
        label="Until when may they see it?",
        help_text="The report is written after the visit, so leave a few weeks. After this day they see nothing of yours.",
        error_messages={"required": "Enter the last day"},
    )
    opened = forms.MultipleChoiceField(
        label="What of your review may they see?",
        help_text="The statements themselves are open to everyone. You can change this at any time.",
        choices=list(OPENED.items()),
        required=False,
        widget=Checkboxes,
    )

    def __init__(self, data: Any = None, *, visit: Visit | None = None, on: date | None = None) -> None:
        """A form for a new visit or to change `visit`."""
        initial: dict[str, Any] = {"until": (on or timezone.localdate()) + 2 * WRITE_UP, "opened": ["ratings"]}
        if visit:
            initial = {name: getattr(visit, name) for name in ("kind", "why", "visit_on", "until")}
            initial["opened"] = [name for name in OPENED if getattr(visit, f"with_{name}")]
        super().__init__(data, initial=initial)
        self.unchanged = (visit.until, visit.visit_on) if visit else None

    def clean(self) -> dict[str, Any]:
        """The last day fits the day of the visit and today, unless neither was touched."""
        cleaned = super().clean() or {}
        until, visit_on = cleaned.get("until"), cleaned.get("visit_on")
        if until and (until, visit_on) != self.unchanged:
            reason = why_not_open_to(until=until, visit_on=visit_on, today=timezone.localdate())
            if reason:
                self.add_error("until", reason)
        return cleaned

    @property
    def arrangement(self) -> Arrangement:
        """What was typed, once the form is valid."""
        cleaned = self.cleaned_data
        given: dict[str, Any] = {name: cleaned[name] for name in ("kind", "why", "until", "visit_on")}
        given |= {f"with_{name}": name in cleaned["opened"] for name in OPENED}
        return Arrangement(**given)


class InviteVisitorForm(forms.Form):
    """Name and address of the visitor."""

    name = FullName(help_text="They can correct it.")
    email = EmailAddress(
        missing="Enter their e-mail address", help_text="The invitation goes there. Use one that only they read."
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["name"].error_messages["required"] = "Enter their full name"
