"""What is asked of a centre’s own course."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.core.forms import CharacterCount, Checkboxes, DateField
from trellis.organisations.models import Region
from trellis.qualifications.catalogue import Certainty, EntryFacts, Source
from trellis.qualifications.catalogue.kinds import AUDIENCE_LABELS, FORMAT_LABELS, FUNDING_LABELS, KIND_LABELS
from trellis.qualifications.catalogue.shape import MOST_TEXT
from trellis.qualifications.forms.catalogue import LEVELS
from trellis.qualifications.models import Qualification
from trellis.qualifications.rules.courses import NOT_IN_RATIOS, NOT_MANDATORY, OURS
from trellis.qualifications.rules.sizes import why_not_size

if TYPE_CHECKING:
    from datetime import date

NARROW = {"class": "govuk-input--width-5"}
CHOOSE = ("", "Choose one")
NUMBER = {"invalid": "Enter a whole number"}


def _number(label: str, least: int, most: int, **about: Any) -> forms.IntegerField:
    widget = forms.NumberInput(NARROW | about.pop("attrs", {}))
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, required=False, widget=widget, error_messages=NUMBER, **about
    )


class CourseForm(forms.Form):
    """Everything that the catalogue says of a course. What is left empty stands there as not known.

    What every course needs is asked first; the rest is folded away, and open when something is wrong in it.
    """

    AT_ONCE = ("title", "summary", "kind", "for_whom", "entry", "format", "funding", "next_start")

    title = forms.CharField(label="Title", max_length=200, error_messages={"required": "Enter the title"})
    summary = forms.CharField(
        label="What it is",
        help_text="In a sentence or two.",
        max_length=1000,
        widget=CharacterCount(1000, rows=3),
        error_messages={"required": "Say what it is"},
    )
    kind = forms.ChoiceField(
        label="Kind", choices=[CHOOSE, *KIND_LABELS.items()], error_messages={"required": "Choose the kind"}
    )
    for_whom = forms.MultipleChoiceField(
        label="For whom is it?",
        choices=list(AUDIENCE_LABELS.items()),
        widget=Checkboxes,
        error_messages={"required": "Choose for whom it is"},
    )
    entry = forms.CharField(
        label="Who can take it",
        help_text="For example, anybody who works with young children.",
        max_length=1000,
        widget=CharacterCount(1000, rows=2),
        error_messages={"required": "Say who can take it"},
    )
    what_it_covers = forms.CharField(
        label="What it covers", help_text="One on each line.", max_length=4000, required=False,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    level = forms.TypedChoiceField(
        label="Level", choices=[("", "Without a level"), *LEVELS], coerce=int, empty_value=None, required=False
    )
    awarding_organisation = forms.CharField(label="Awarding organisation", max_length=200, required=False)
    guided_hours = _number("Guided hours", 1, 5000)
    total_hours = _number("Hours in all", 1, 5000, help_text="With study at home.")
    format = forms.ChoiceField(
        label="How people learn",
        choices=[CHOOSE, *FORMAT_LABELS.items()],
        error_messages={"required": "Choose how people learn"},
    )
    region = forms.ModelChoiceField(
        label="Where", queryset=Region.objects.order_by("name"), required=False, empty_label="Anywhere in England",
        to_field_name="name",
    )  # fmt: skip
    cost = _number("Cost for each person", 0, 20_000, help_text="0 if it is free.", attrs={"prefix": "£"})
    funding = forms.ChoiceField(
        label="Who pays",
        choices=[CHOOSE, *FUNDING_LABELS.items()],
        error_messages={"required": "Choose who pays"},
    )
    leads_to = forms.MultipleChoiceField(label="What it leads to", required=False, widget=Checkboxes)
    next_start = DateField(
        label="When does it begin next?",
        help_text="Leave this empty if it is not known. When a programme of this course has a cohort that is open for "
        "applications, the catalogue says the first day of that.",
        required=False,
    )

    def __init__(self, data: Any = None, *, course: Qualification | None = None, today: date) -> None:
        """A form for a new course, or with what is known of one."""
        super().__init__(data, initial=_known(course) if course else None)
        others = Qualification.objects.visible_to(None).offered(today).in_order()
        leads_to: Any = self.fields["leads_to"]
        others = others.exclude(pk=course.pk) if course else others
        leads_to.choices = list(others.values_list("key", "title"))

    @property
    def needed(self) -> list[forms.BoundField]:
        """The fields that every course needs, and when it begins next."""
        return [self[name] for name in self.AT_ONCE]

    @property
    def more(self) -> list[forms.BoundField]:
        """The others, of which each can stay empty."""
        return [self[name] for name in self.fields if name not in self.AT_ONCE]

    @property
    def more_is_open(self) -> bool:
        """Whether somebody has to look there: the summary of mistakes leads to it."""
        return any(field.errors for field in self.more)

    def clean_what_it_covers(self) -> list[str]:
        """The lines, of which none is longer than the catalogue takes."""
        said: str = self.cleaned_data["what_it_covers"]
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        if any(len(line) > MOST_TEXT for line in lines):
            raise forms.ValidationError(f"Each line can have {MOST_TEXT:,} characters at most. Put some on a new line")
        return lines

    def clean(self) -> dict[str, Any]:
        """The hours fit the kind and each other."""
        said = super().clean() or {}
        guided, whole = said.get("guided_hours"), said.get("total_hours")
        if reason := why_not_size(said.get("kind", ""), whole):
            self.add_error("total_hours", reason[:1].upper() + reason[1:])
        elif guided and whole and guided > whole:
            self.add_error("guided_hours", "There are more guided hours than hours in all")
        return said

    def facts(self, centre: str) -> EntryFacts:
        """What the catalogue says of it, as the centre says."""
        said = {
            name: value for name, value in self.cleaned_data.items() if name != "next_start" and value not in ("", None)
        }
        if "region" in said:
            said["region"] = said["region"].name
        about = tuple(name for name, value in said.items() if value != [])
        sources = (
            Source(about=about, source=centre, certainty=Certainty.STATED),
            Source(about=OURS, source="What holds for every course", certainty=Certainty.INFERRED),
        )
        ours = {"mandatory": False, "mandatory_why": NOT_MANDATORY, "in_ratios": False, "in_ratios_why": NOT_IN_RATIOS}
        return EntryFacts.model_validate(said | ours | {"sources": sources})


def _known(course: Qualification) -> dict[str, Any]:
    facts = course.facts.model_dump(mode="json")
    return facts | {"what_it_covers": "\n".join(facts["what_it_covers"]), "next_start": course.next_start}
