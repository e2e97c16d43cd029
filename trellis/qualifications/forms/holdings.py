"""Who holds it, since when, and what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.core.forms import DateField, Radios
from trellis.qualifications.models import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trellis.organisations.models import Membership

NOT_SEEN = "not-seen"


class ChooseForm(forms.Form):
    """Looks for the qualification that somebody holds."""

    q = forms.CharField(
        label="Which qualification or course?",
        max_length=200,
        help_text="Words from the certificate, such as “SENCO award” or “diploma CACHE”",
        error_messages={"required": "Enter a word from the certificate"},
    )


class HeldForm(forms.Form):
    """What is said of something that is held."""

    achieved_on = DateField(
        label="When was it gained?",
        earliest=1950,
        help_text="As it stands on the certificate",
        error_messages={"required": "Enter the day on which it was gained"},
    )
    expires_on = DateField(
        label="When does it run out?", required=False, help_text="Leave this empty if it does not, as most do"
    )
    evidence = forms.ChoiceField(
        label="Have you seen evidence?",
        choices=[(NOT_SEEN, "Not yet"), *Evidence.choices],
        initial=NOT_SEEN,
        widget=Radios(),
        error_messages={"required": "Say whether you have seen evidence"},
    )
    seen_on = DateField(
        label="When did you see it?", required=False, help_text="Leave this empty if you have not seen any yet"
    )

    def clean(self) -> dict[str, Any]:
        """Whoever has seen something says when."""
        answers = super().clean() or {}
        if answers.get("evidence") == NOT_SEEN:
            answers["evidence"], answers["seen_on"] = "", None
        elif answers.get("evidence") and not answers.get("seen_on") and "seen_on" not in self.errors:
            self.add_error("seen_on", "Enter the day on which you saw it")
        return answers

    @property
    def said(self) -> dict[str, Any]:
        """The answers by the names of `Held`."""
        names = ("achieved_on", "expires_on", "evidence", "seen_on")
        return {name: self.cleaned_data[name] for name in names}


class OwnHeldForm(HeldForm):
    """The same for oneself: somebody else looks at the evidence."""

    evidence = None  # type: ignore[assignment]
    seen_on = None  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        """Nothing was seen."""
        answers = forms.Form.clean(self) or {}
        return answers | {"evidence": "", "seen_on": None}


class PersonHeldForm(HeldForm):
    """The same with who holds it."""

    field_order = ("person", "name", "achieved_on", "expires_on", "evidence", "seen_on")
    person = forms.ChoiceField(label="Who holds it?", required=False)
    name = forms.CharField(
        label="Or the name of somebody without an account",
        required=False,
        max_length=150,
        help_text="The name and nothing else; it goes when you take the entry out",
    )

    def __init__(self, *args: Any, members: Iterable[Membership], **kwargs: Any) -> None:
        """A form with the people who belong here."""
        super().__init__(*args, **kwargs)
        self.people = {str(each.user_id): each.user for each in members}
        named = [(key, person.name) for key, person in self.people.items()]
        self.fields["person"].choices = [("", "Choose somebody"), *named]  # type: ignore[attr-defined]


class NarrowHoldingsForm(forms.Form):
    """Narrows who holds what."""

    ALL, RUNNING_OUT, NOT_SEEN = "", "running-out", "not-seen"

    name = forms.CharField(label="Name", required=False, max_length=100)
    show = forms.ChoiceField(
        label="Which",
        required=False,
        choices=[(ALL, "All"), (RUNNING_OUT, "Run out, or soon to"), (NOT_SEEN, "Evidence not seen yet")],
    )
