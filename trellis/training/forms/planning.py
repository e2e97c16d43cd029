"""What is asked of a cohort that is being planned, of a setting that is counted, and of a cohort set up from an alternative."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from trellis.core.forms import Checkboxes, DateField, Radios, TypedDate
from trellis.core.forms.dates import date_typed
from trellis.organisations.models import LocalAuthority
from trellis.staffing.rules.days import LONGEST_WAY
from trellis.training.actions.planning import PlanningSaid
from trellis.training.cohort_templates import cohort_templates
from trellis.training.forms.cohort import SizeForm
from trellis.training.models import Cadence
from trellis.training.models.cohort import CohortFunding
from trellis.training.rules.patterns import WEEKDAYS, Shape
from trellis.training.rules.planning import MOST_TOGETHER, why_not_from, why_not_until

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from trellis.staffing.models import Colleague
    from trellis.training.models import Counted, Planning

NARROW = {"class": "govuk-input--width-3"}
DAYS = [(str(number), name) for number, name in enumerate(WEEKDAYS)]
MOST_DAYS = 60
ONE_A_LINE = "One day a line, for example 5 March 2027. Leave it empty if there are none."


class WeekdaysField(forms.MultipleChoiceField):
    """Weekdays, as numbers."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {"required": "Choose at least one weekday"})
        super().__init__(choices=DAYS, widget=Checkboxes(), **options)

    def clean(self, value: Any) -> list[int]:
        """The numbers of the weekdays, in order."""
        return sorted(int(each) for each in super().clean(value))


class DaysField(forms.CharField):
    """Several days, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False, max_length=2000, widget=forms.Textarea({"rows": 3}), help_text=ONE_A_LINE, **options
        )

    def clean(self, value: Any) -> list[str]:
        """The days as they are kept."""
        lines = [line.split() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_DAYS:
            raise forms.ValidationError(f"Enter at most {MOST_DAYS} days")
        try:
            return sorted({date_typed(TypedDate(*parts)).isoformat() for parts in lines})
        except (TypeError, forms.ValidationError) as wrong:
            raise forms.ValidationError("Write each day on a line of its own, for example 5 March 2027") from wrong


class PlanningForm(forms.Form):
    """For whom, between which days, in which patterns, where."""

    title = forms.CharField(label="Title of the cohort", max_length=120, error_messages={"required": "Enter a title"})
    authority = forms.ModelChoiceField(
        label="For which local authority?",
        help_text="Settings of this authority can agree to be counted.",
        queryset=LocalAuthority.objects.none(),
        empty_label="Choose one",
        error_messages={"required": "Choose the local authority"},
    )
    template = forms.ChoiceField(label="Sessions", widget=Radios, error_messages={"required": "Choose the sessions"})
    shapes = forms.MultipleChoiceField(
        label="Whole or half days?",
        help_text="In half days, each part of a session is a half day of its own.",
        choices=[(each.value, each.words.capitalize()) for each in Shape],
        widget=Checkboxes(),
        error_messages={"required": "Choose whole days, mornings or afternoons"},
    )
    cadences = forms.MultipleChoiceField(
        label="How often?",
        choices=Cadence.choices,
        widget=Checkboxes(),
        error_messages={"required": "Choose how often"},
    )
    weekdays = WeekdaysField(label="On which weekdays can somebody teach?")
    not_on = DaysField(label="Days on which nobody can teach")
    first_from = DateField(
        label="Earliest day of the first session", error_messages={"required": "Enter the earliest first day"}
    )
    first_until = DateField(
        label="Latest day of the first session", error_messages={"required": "Enter the latest first day"}
    )
    over_by = DateField(label="It is over by", error_messages={"required": "Enter the day by which it is over"})
    venue = forms.CharField(label="Venue", max_length=200, error_messages={"required": "Enter the venue"})
    venue_weekdays = WeekdaysField(label="On which weekdays is the venue free?")
    venue_not_on = DaysField(label="Days on which the venue is not free")
    other_venue = forms.CharField(label="Another venue, if there is one", max_length=200, required=False)
    other_venue_weekdays = WeekdaysField(label="On which weekdays is the other venue free?", required=False)
    other_venue_not_on = DaysField(label="Days on which the other venue is not free")

    def __init__(self, data: Any = None, *, authorities: QuerySet[LocalAuthority]) -> None:
        templates = cohort_templates()
        everyday = [number for number, _ in DAYS]
        super().__init__(
            data,
            initial={
                "template": next(iter(templates)),
                "shapes": [Shape.WHOLE.value],
                "cadences": list(Cadence.values),
                "weekdays": everyday,
                "venue_weekdays": everyday,
            },
        )
        cast("forms.ModelChoiceField[Any]", self.fields["authority"]).queryset = authorities
        choices = [(each.key, each.title) for each in templates.values()]
        cast("forms.ChoiceField", self.fields["template"]).choices = choices

    def clean(self) -> dict[str, Any]:
        """The days are to come, not far off and in order, and another venue says when it is free."""
        said = super().clean() or {}
        first, until, over = (said.get(name) for name in ("first_from", "first_until", "over_by"))
        today = timezone.localdate()
        if first and (why := why_not_from(first, today=today)):
            self.add_error("first_from", why)
        if over and (why := why_not_until(over, today=today)):
            self.add_error("over_by", why)
        if first and until and until < first:
            self.add_error("first_until", "The latest first day cannot be before the earliest")
        if until and over and over <= until:
            self.add_error("over_by", "It must be over after the latest first day")
        if said.get("other_venue") and not said.get("other_venue_weekdays"):
            self.add_error("other_venue_weekdays", "Choose at least one weekday")
        return said

    @property
    def said(self) -> PlanningSaid:
        """What was typed, once the form is valid."""
        return PlanningSaid(**self.cleaned_data)


class CountedForm(forms.Form):
    """Who of a setting would go, how far it is, and whether its name may be told."""

    people = forms.MultipleChoiceField(
        label="Who would go?",
        help_text="One person or two. The centre does not see who.",
        widget=Checkboxes(),
        error_messages={"required": "Choose who would go", "invalid_choice": "Choose from the people of your week"},
    )
    travel = forms.IntegerField(min_value=0, max_value=LONGEST_WAY, widget=forms.NumberInput(NARROW))
    other_travel = forms.IntegerField(min_value=0, max_value=LONGEST_WAY, widget=forms.NumberInput(NARROW))
    name_told = forms.BooleanField(
        label="The centre may see our name where it does not work for us",
        help_text="Then it can ask what would help. Without it, we are counted and not named.",
        required=False,
    )

    def __init__(
        self, data: Any = None, *, planning: Planning, colleagues: list[Colleague], agreed: Counted | None
    ) -> None:
        self.colleagues = {str(each.pk): each for each in colleagues}
        initial: dict[str, Any] = {}
        if agreed:
            initial = {name: getattr(agreed, name) for name in ("travel", "other_travel", "name_told")}
            initial["people"] = [str(each.pk) for each in agreed.people.all()]
        super().__init__(data, initial=initial)
        cast("forms.MultipleChoiceField", self.fields["people"]).choices = [
            (key, each.name) for key, each in self.colleagues.items()
        ]
        ways = {"travel": planning.venue, "other_travel": planning.other_venue}
        for name, venue in ways.items():
            self.fields[name].label = f"Minutes from you to {venue}"
            number = f"Enter the minutes to {venue}, from 0 to {LONGEST_WAY}"
            self.fields[name].error_messages |= dict.fromkeys(("required", "invalid"), number)
            self.fields[name].validators = [
                MinValueValidator(0, message=number),
                MaxValueValidator(LONGEST_WAY, message=number),
            ]
        if not planning.other_venue:
            del self.fields["other_travel"]

    def clean_people(self) -> list[Colleague]:
        """One person or two."""
        chosen = self.cleaned_data["people"]
        if len(chosen) > MOST_TOGETHER:
            raise forms.ValidationError("Choose one person or two")
        return [self.colleagues[key] for key in chosen]


class UseForm(SizeForm):
    """What is still to be said of a cohort whose days are known."""

    paid_by = forms.ChoiceField(
        label="Who pays for it?",
        choices=CohortFunding.choices,
        widget=Radios,
        error_messages={"required": "Choose who pays"},
    )

    def __init__(self, data: Any = None, *, title: str, can_come: int) -> None:
        usual = {"least_places": 1, "most_places": max(can_come, 1), "paid_by": CohortFunding.GRANT}
        super().__init__(data, initial={"title": title, **usual})
