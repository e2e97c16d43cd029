"""Which criteria to load, and which two belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.core.files import FileKind, UploadField
from trellis.core.forms import Radios

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trellis.qualifications.models import CriteriaSet, Criterion, Qualification

MEGABYTES = 5
GOOD_ONES, NONE = "good-ones", "none"
LONGEST_CHOICE = 90  # letters of a criterion in a list to choose from


class ImportCriteriaForm(forms.Form):
    """A file and what it is."""

    title = forms.CharField(
        label="What are these criteria called?",
        max_length=200,
        help_text="As on the specification. The same title and edition bring the set that is here up to date",
        error_messages={"required": "Enter what the criteria are called"},
    )
    edition = forms.CharField(
        label="Which edition?",
        max_length=200,
        help_text="Such as “version 2.1, September 2026”",
        error_messages={"required": "Enter the edition"},
    )
    publisher = forms.CharField(
        label="Which awarding organisation?",
        max_length=200,
        error_messages={"required": "Enter the awarding organisation"},
    )
    qualification = forms.ChoiceField(label="Which entry of the catalogue do they belong to?", required=False)
    upload = UploadField(
        label="The file with the criteria",
        help_text="The empty file, filled in: Excel (.xlsx) or CSV. Nothing changes before you have seen every row",
        kinds=frozenset({FileKind.EXCEL, FileKind.CSV, FileKind.TEXT}),
        megabytes=MEGABYTES,
        error_messages={"required": "Choose the file with the criteria"},
    )
    if_rejected = forms.ChoiceField(
        label="What should happen if some rows cannot be read?",
        choices=[(GOOD_ONES, "Take all the others"), (NONE, "Take nothing")],
        initial=GOOD_ONES,
        widget=Radios(hints={GOOD_ONES: "You see each row that is left out, with the reason."}),
        error_messages={"required": "Choose what should happen", "invalid_choice": "Choose what should happen"},
    )

    def __init__(self, *args: Any, offered: Iterable[Qualification], **kwargs: Any) -> None:
        """A form with the entries of the catalogue."""
        super().__init__(*args, **kwargs)
        entries = [(each.key, each.title) for each in offered]
        self.fields["qualification"].choices = [("", "None of them"), *entries]  # type: ignore[attr-defined]


class TwoSetsForm(forms.Form):
    """Two sets to look at side by side."""

    one = forms.ChoiceField(label="This set")
    other = forms.ChoiceField(label="Beside this one")

    def __init__(self, data: Any, *, sets: Sequence[CriteriaSet]) -> None:
        """A form with the sets that somebody sees."""
        super().__init__(data)
        for name in ("one", "other"):
            choices = [(str(each.pk), str(each)) for each in sets]
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if len(sets) > 1:
            self.fields["other"].initial = str(sets[1].pk)

    def clean(self) -> dict[str, Any]:
        """Two different ones."""
        answers = super().clean() or {}
        if answers.get("one") and answers.get("one") == answers.get("other"):
            self.add_error("other", "Choose two different sets")
        return answers


class LinkForm(forms.Form):
    """A criterion of each set that ask for the same."""

    one = forms.ChoiceField(error_messages={"required": "Choose a criterion", "invalid_choice": "Choose a criterion"})
    other = forms.ChoiceField(error_messages={"required": "Choose a criterion", "invalid_choice": "Choose a criterion"})

    def __init__(self, data: Any, *, sides: Sequence[tuple[CriteriaSet, Sequence[Criterion]]]) -> None:
        """A form with the criteria of two sets."""
        super().__init__(data)
        for name, (whole, criteria) in zip(("one", "other"), sides, strict=True):
            self.fields[name].label = f"Of “{whole.title}”"
            choices = [(str(each.pk), f"{each.full_code} {each.text[:LONGEST_CHOICE]}") for each in criteria]
            self.fields[name].choices = [("", "Choose one"), *choices]  # type: ignore[attr-defined]
