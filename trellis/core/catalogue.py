"""What the catalogue page shows: every component in every state, with invented content."""

from __future__ import annotations

from typing import Any

from django import forms

from trellis.core.forms import CharacterCount, Checkboxes, DateField, Radios

COLOURS = ["green", "blue", "yellow", "orange", "red", "purple", "pink", "teal", "grey"]
LONG = (
    "The Very Reverend Bartholomew Featherstonehaugh-Cholmondeley Memorial Nursery and Pre-school, Llanfairpwllgwyngyll"
)
MOST_ROWS = 1000


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


def sound_forms() -> list[forms.Form]:
    """The form empty, and filled in."""
    return [CatalogueForm(), CatalogueForm(prefix="filled", initial=FILLED_IN)]


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
