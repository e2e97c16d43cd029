"""What the catalogue page shows: every component in every state, with invented content."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message

from trellis.core.charts import Bar, Series, bar_svg, radar_svg
from trellis.core.forms import CharacterCount, Checkboxes, DateField, Radios

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

COLOURS = ["green", "blue", "yellow", "orange", "red", "purple", "pink", "teal", "grey"]
LONG = (
    "The Very Reverend Bartholomew Featherstonehaugh-Cholmondeley Memorial Nursery and Pre-school, Llanfairpwllgwyngyll"
)
MOST_ROWS = 1000
OWN_TEXT = """# Who we are

Bramble Lane Nursery Ltd. Write to privacy@bramble.example.org.

- We keep little
- We tell nobody
"""
LAYOUTS = {"confirm": "core/layouts/confirm.html", "form": "core/layouts/form.html"}
NOON = datetime(2027, 3, 5, 12, 30, tzinfo=UTC)


class CatalogueForm(forms.Form):
    """One field for each kind of control that a form of ours may have."""

    name = forms.CharField(label="Name of the setting", max_length=40, help_text="As it is on the register.")
    email = forms.EmailField(label="E-mail address")
    password = forms.CharField(
        label="Password",
        help_text="At least 10 characters.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    hours = forms.IntegerField(
        label="Hours a week for the role",
        min_value=0,
        max_value=60,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "suffix": "hours"}),
    )
    cost = forms.DecimalField(
        label="Cost",
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "prefix": "£"}),
    )
    start = DateField(label="When does the review start?", help_text="For example, 5 3 2027.")
    why = forms.CharField(label="Why now?", widget=forms.Textarea(attrs={"rows": 3}))
    notes = forms.CharField(label="Notes", max_length=200, widget=CharacterCount(limit=200))
    region = forms.ChoiceField(
        label="Region", choices=[("", "---------"), ("north", "The north"), ("south", "The south")]
    )
    kind = forms.ChoiceField(
        label="Which kind of setting is it?",
        choices=[("group", "Full day care"), ("sessional", "Sessional"), ("other", "Something else")],
        widget=Radios(
            hints={"group": "Open all day, most of the year.", "sessional": "Mornings or afternoons."},
            reveals={"other": "kind_other"},
        ),
    )
    kind_other = forms.CharField(label="What is it called?", required=False)
    sure = forms.ChoiceField(label="Are you sure?", choices=[("yes", "Yes"), ("no", "No")], widget=Radios(inline=True))
    ages = forms.MultipleChoiceField(
        label="Which ages do you take?",
        help_text="Tick all that apply.",
        choices=[("0", "Under 2"), ("2", "2 years"), ("3", "3 and 4 years")],
        widget=Checkboxes(hints={"2": "Including those with funded places."}),
    )
    agree = forms.BooleanField(
        label="Everyone named here has agreed to take part", help_text="They can change their mind at any time."
    )
    paper = forms.FileField(label="A policy or a photograph", help_text="PDF, Word, JPEG or PNG, up to 20 MB.")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


class Unforeseen(forms.Widget):
    """A widget that has no template of ours."""

    template_name = "django/forms/widgets/textarea.html"


class RareForm(forms.Form):
    """Fields as they seldom are: one that cannot be changed, and one that is drawn plainly."""

    register = forms.CharField(label="Number in the register", initial="EY900001", disabled=True)
    odd = forms.CharField(label="A control that has no component", required=False, widget=Unforeseen)


class PersonForm(forms.Form):
    """One of several people."""

    person = forms.CharField(label="Name of the person", required=False)


PeopleForm = forms.formset_factory(PersonForm, extra=2)

FILLED_IN: dict[str, Any] = {
    "name": LONG[:40],
    "email": "amara.okafor@example.org",
    "hours": 6,
    "kind": "other",
    "kind_other": "Forest school",
    "ages": ["2", "3"],
    "agree": True,
}
WRONG = {
    "name": LONG,
    "email": "amara at example",
    "hours": "six",
    "start-day": "31",
    "start-month": "February",
    "start-year": "2027",
    "notes": "word " * 50,
}


def sound_form(*, filled: bool) -> forms.Form:
    """The form empty, or filled in."""
    return CatalogueForm(initial=FILLED_IN if filled else None)


def form_with_mistakes() -> forms.Form:
    """The form sent with every kind of mistake."""
    return CatalogueForm(WRONG)


def sample_rows(count: int) -> list[tuple[str, str, str, int]]:
    """Rows for the table, the second with a very long name."""
    names = ["Bramble Lane Nursery", LONG, "Tall Oaks Pre-school", "Megan Price, childminder"]
    kinds = ["Full day care", "Nursery class", "Sessional", "Childminder"]
    return [
        (
            f"{names[number % 4]}{f' {number // 4 + 1}' if number > 3 else ''}",
            kinds[number % 4],
            "Fenwickshire",
            number * 3,
        )
        for number in range(min(count, MOST_ROWS))
    ]


def sample_messages(_request: HttpRequest) -> list[Message]:
    """What the last change did, in each way that pages tell it."""
    return [
        Message(constants.SUCCESS, "The action is in the plan"),
        Message(constants.INFO, "The report is being made"),
        Message(constants.WARNING, "This action has no owner"),
        Message(constants.ERROR, "Somebody else changed this meanwhile"),
    ]


def sample_jobs() -> list[dict[str, Any]]:
    """A background job in each state; nobody waits for any of them."""
    states = [("waiting", None), ("running", 40), ("done", 100), ("failed", 70), ("cancelled", 10)]
    return [
        {
            "state": state,
            "get_state_display": state.capitalize,
            "is_finished": True,
            "percent": percent,
            "note": "Reading the register" if state == "running" else "",
            "failure": "The file is not a register of childcare providers" if state == "failed" else "",
            "actor_name": "Sam Ellery",
            "created_at": NOON,
            "started_at": NOON if percent else None,
            "finished_at": NOON if percent == 100 else None,
            "attempts": 2 if state == "failed" else 1,
            "result": {"new_providers": 1234} if state == "done" else {},
        }
        for state, percent in states
    ]


@cache
def sample_charts() -> list[SafeString]:
    """A radar chart of two reviews, the bars that two areas become, and stacked bars: always the same."""
    areas, levels = ["Leadership", "Resources", "Working with parents"], ["Area for development", "Partly", "Secure"]
    series = [Series("This year", [0.9, 0.4, 0.6]), Series("Last year", [0.5, None, 0.6])]
    two = [Series("This year", [0.9, 0.4])]
    words = "Leadership is the strongest area."
    bars = [Bar("Leadership", [1, 2, 4]), Bar("Resources", [3, 0, 2])]
    return [
        radar_svg(areas, series, title="Two reviews", description=words, key="sample-radar", levels=levels),
        radar_svg(areas[:2], two, title="Two areas", description=words, key="sample-two", levels=levels),
        bar_svg(bars, levels, title="How many of each", description=words, key="sample-bars"),
    ]
