"""Releasing a review: one list of steps, and what each asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms

from trellis.core.dates import day
from trellis.core.forms import Checkboxes, DateField, Radios
from trellis.review.released import Parts
from trellis.review.rules.periods import count_day, suggested_until_for_counting
from trellis.review.rules.release import suggested_until, why_not_until

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from trellis.organisations.models import Membership, Organisation

Answers = dict[str, dict[str, Any]]
OUTSIDE = "outside"


@dataclass(frozen=True)
class Offer:
    """To whom a setting can release on Trellis, today’s date, and the period in which its authority would count it."""

    teams: Mapping[str, Organisation]
    people: Sequence[Membership]
    today: date
    period: str
    nobody_at: Sequence[str] = ()  # the teams in which nobody could read it


class StepForm(forms.Form):
    """One step: made from what was answered before (`given`), and turned into plain values (`answer`)."""

    def __init__(self, data: Any = None, *, given: dict[str, Any], offer: Offer, answers: Answers) -> None:
        """The step with what was said the last time."""
        self.offer, self.answers = offer, answers
        super().__init__(data, initial=self.beginning() | given)

    def beginning(self) -> dict[str, Any]:
        """What stands there the first time."""
        return {}

    @property
    def answer(self) -> dict[str, Any]:
        """What was said, in plain values that a session can hold, once the form is valid."""
        return dict(self.cleaned_data)


class RecipientForm(StepForm):
    """To whom."""

    to = forms.ChoiceField(
        label="To whom do you release it?",
        widget=Radios(reveals={"person": "person"}),
        error_messages={"required": "Choose to whom you release it"},
    )
    person = forms.ChoiceField(label="Who is it?", required=False)

    def __init__(self, data: Any = None, **about: Any) -> None:
        """The teams and people there are, and always somebody outside."""
        super().__init__(data, **about)
        to, person = (cast("forms.ChoiceField", self.fields[name]) for name in ("to", "person"))
        choices = [(name, f"{team.name}: everyone who looks after settings there") for name, team in self.teams]
        people = [(str(each.pk), f"{each.user.name}, {each.organisation.name}") for each in self.offer.people]
        if people:
            choices.append(("person", "One person there"))
            person.choices = [("", "Choose one"), *people]
        else:
            del self.fields["person"]
        to.choices = [*choices, (OUTSIDE, "Somebody who does not use Trellis, by e-mail and a code")]

    @property
    def teams(self) -> list[tuple[str, Organisation]]:
        """The teams by their name in the form."""
        return list(self.offer.teams.items())

    def clean(self) -> dict[str, Any]:
        """One person is named."""
        cleaned = super().clean() or {}
        if cleaned.get("to") == "person" and not cleaned.get("person") and "person" not in self.errors:
            self.add_error("person", "Choose who it is")
        return cleaned


class OutsideForm(StepForm):
    """Who it is, when they do not use Trellis."""

    name = forms.CharField(label="Their name", max_length=150, error_messages={"required": "Enter their name"})
    organisation = forms.CharField(label="Where they work", max_length=200, required=False)
    email = forms.EmailField(
        label="Their e-mail address",
        help_text="They get a link. You give them the code that goes with it another way, for example by telephone",
        error_messages={"required": "Enter their e-mail address"},
    )


PARTS = {
    "actions": ("The plan: actions, and where you decided that none is needed", "Without the names of colleagues"),
    "notes": ("Your notes", "And why a statement does not apply"),
    "evidence": ("Evidence: what there is and where it is kept", ""),
    "files": ("The files of the evidence", "The newest of each. They go only together with the evidence"),
}


class PartsForm(StepForm):
    """What of it."""

    parts = forms.MultipleChoiceField(
        label="What goes with the ratings?",
        help_text="The ratings always go. Nothing else does unless you tick it",
        choices=[(value, words) for value, (words, _) in PARTS.items()],
        required=False,
        widget=Checkboxes(hints={value: hint for value, (_, hint) in PARTS.items() if hint}),
    )

    def clean_parts(self) -> list[str]:
        """Files go with the evidence that they are of."""
        chosen = list(self.cleaned_data["parts"])
        return [*chosen, "evidence"] if "files" in chosen and "evidence" not in chosen else chosen


class PurposeForm(StepForm):
    """What for, until when, and whether it may be counted."""

    purpose = forms.CharField(
        label="What is it for?",
        help_text="For example, “So that you can plan training with us this spring”. They read this first",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what it is for"},
    )
    until = DateField(
        label="Until when can they read it?",
        help_text="Two years at most. You can withdraw it before",
        error_messages={"required": "Enter the last day on which they can read it"},
    )
    may_be_counted = forms.BooleanField(
        label="Our ratings may be counted with those of other settings",
        help_text="No count shows fewer than five settings, and none shows yours",
        required=False,
    )
    name_may_be_shown = forms.BooleanField(
        label="Our name may be shown in lists",
        help_text="For example, of settings that want help with the same thing. Leave it empty and no list names you",
        required=False,
    )

    def __init__(self, data: Any = None, **about: Any) -> None:
        """Only an authority counts, so only then is it asked."""
        super().__init__(data, **about)
        if not self.counts:
            del self.fields["may_be_counted"], self.fields["name_may_be_shown"]
            return
        counted = day(count_day(self.offer.period))
        self.fields["may_be_counted"].help_text += (
            f". The next count is on {counted}: to be in it, the release has to last until then. What has been counted "
            "stays in the figures, also when you withdraw the release later"
        )

    @property
    def counts(self) -> bool:
        """Whether it goes to an authority as a whole."""
        return self.answers.get("to", {}).get("to") == "authority"

    def beginning(self) -> dict[str, Any]:
        """Three months, for an authority long enough to be counted; counted and named only where somebody says so."""
        today, period = self.offer.today, self.offer.period
        until = suggested_until_for_counting(today, period) if self.counts else suggested_until(today)
        return {"until": until, "may_be_counted": False, "name_may_be_shown": False}

    def clean_until(self) -> date:
        """After today, at most two years."""
        until: date = self.cleaned_data["until"]
        reason = why_not_until(until, today=self.offer.today)
        if reason:
            raise forms.ValidationError(reason)
        return until

    def clean(self) -> dict[str, Any]:
        """Lists are lists of what is counted."""
        cleaned = super().clean() or {}
        if cleaned.get("name_may_be_shown") and not cleaned.get("may_be_counted"):
            self.add_error("name_may_be_shown", "Lists show only what may be counted. Tick both, or neither")
        return cleaned

    @property
    def answer(self) -> dict[str, Any]:
        """The day as text: a session holds no dates."""
        return self.cleaned_data | {"until": self.cleaned_data["until"].isoformat()}


class LookForm(forms.Form):
    """The last look: what was seen, and that it is about no child where it looks as if it were."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    checked = forms.BooleanField(
        label="We have looked at these, and nothing that we release is about one child",
        error_messages={"required": "Look at what is listed above first, and tick this when it is about no child"},
    )

    def __init__(self, data: Any = None, *, warned: bool, seen: str) -> None:
        """With the tick only when there was a warning."""
        super().__init__(data, initial={"seen": seen})
        if not warned:
            del self.fields["checked"]


class WithdrawForm(forms.Form):
    """A word for whoever could read it until now."""

    because = forms.CharField(
        label="Is there anything you want to tell them?",
        help_text="They see this instead of the review",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CodeForm(forms.Form):
    """The code that goes with a link."""

    code = forms.CharField(
        label="The code",
        help_text="Eight letters and figures, which the setting has given you",
        max_length=20,
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-10", "autocomplete": "off", "autocapitalize": "characters"}
        ),
        error_messages={"required": "Enter the code"},
    )


def _always(answers: Answers) -> bool:
    return True


def _to_somebody_outside(answers: Answers) -> bool:
    return answers.get("to", {}).get("to") == OUTSIDE


@dataclass(frozen=True)
class Step:
    """One page of the journey: its name in the address, its heading, its form, and when it is wanted."""

    name: str
    title: str
    form: type[StepForm]
    wanted: Callable[[Answers], bool] = _always


STEPS = (
    Step("to", "Release this review", RecipientForm),
    Step("outside", "Who is it?", OutsideForm, _to_somebody_outside),
    Step("parts", "What do they see?", PartsForm),
    Step("purpose", "What for, and until when?", PurposeForm),
)
LOOK = "look"
"""The step after them all: see exactly what will be seen, then release it."""


def steps_for(answers: Answers) -> list[Step]:
    """The steps that these answers ask for, in order."""
    return [step for step in STEPS if step.wanted(answers)]


def step_called(name: str, answers: Answers) -> Step | None:
    """A step by its name, if it is wanted."""
    return next((step for step in steps_for(answers) if step.name == name), None)


def step_before(name: str, answers: Answers) -> str:
    """The name of the step before one, or nothing."""
    names = [*(step.name for step in steps_for(answers)), LOOK]
    at = names.index(name)
    return names[at - 1] if at else ""


def first_unanswered(answers: Answers) -> str:
    """The name of the first step without an answer; the last look when all have one."""
    return next((step.name for step in steps_for(answers) if step.name not in answers), LOOK)


def parts_of(answers: Answers) -> Parts:
    """The parts that were chosen."""
    return Parts(**dict.fromkeys(answers["parts"]["parts"], True))
