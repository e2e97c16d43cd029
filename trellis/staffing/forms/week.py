"""A weekday of the typical week on one page: opening, meals, the children of each room, everybody’s hours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms

from trellis.core.forms import Checkboxes
from trellis.staffing.forms.clock import ClockField, PartOfTheDay
from trellis.staffing.rules.days import Attending, Band
from trellis.staffing.rules.people import Span
from trellis.staffing.rules.weeks import (
    LAST_MINUTE,
    MOST_CHILDREN,
    MOST_LINES,
    MOST_MEALS,
    WEEKDAYS,
    Expected,
    Plan,
    Working,
    why_not_plan,
)
from trellis.staffing.rules.words import BANDS

if TYPE_CHECKING:
    from trellis.staffing.models import Colleague, Room

MEALS = ("First meal", "Second meal", "Third meal", "Fourth meal")
NARROW = {"class": "govuk-input--width-3"}
WHEREVER = "Wherever needed"
FREE = "free"
OFF = ("", "Does not work")


class OpeningForm(PartOfTheDay):
    """When the setting is open on this day."""

    starts = ClockField(label="You open", required=False)
    until = ClockField(label="You close", required=False)


class ChildrenForm(PartOfTheDay):
    """Children of one age in a room."""

    band = forms.ChoiceField(label="Age", choices=[("", "Choose one"), *BANDS], required=False)
    count = forms.IntegerField(
        label="Children", min_value=1, max_value=MOST_CHILDREN, required=False, widget=forms.NumberInput(NARROW)
    )
    field_order = ("band", "count", "starts", "until")

    def clean(self) -> dict[str, Any]:
        """An age with a number, or nothing."""
        answers = super().clean()
        if self.errors or not any(value not in (None, "") for value in answers.values()):
            return answers
        if not answers.get("band"):
            self.add_error("band", "Choose the age of these children")
        if not answers.get("count"):
            self.add_error("count", "Enter how many children come")
        return answers


class HoursForm(PartOfTheDay):
    """Where somebody works, when if not from opening to closing, and when their break is."""

    room = forms.ChoiceField(label="Where", required=False)
    break_starts = ClockField(label="Break from", required=False)
    break_until = ClockField(label="Break to", required=False)
    field_order = ("room", "starts", "until", "break_starts", "break_until")

    def __init__(self, *args: Any, colleague: Colleague, rooms: list[Room], **options: Any) -> None:
        super().__init__(*args, **options)
        self.colleague = colleague
        named = [(str(each.pk), each.name) for each in rooms]
        self.fields["room"].choices = [OFF, (FREE, WHEREVER), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody who works does so somewhere, and a break lies within the hours."""
        answers = super().clean()
        if self.errors:
            return answers
        start, until = answers.get("break_starts"), answers.get("break_until")
        begins, ends = answers.get("starts"), answers.get("until")
        if not answers.get("room") and any(each is not None for each in (start, until, begins, ends)):
            self.add_error("room", "Choose where they work, or take the times out")
        elif (start is None) != (until is None):
            self.add_error("break_starts" if start is None else "break_until", "Enter both times, or neither")
        elif start is not None and until is not None and not (begins or 0) <= start < until <= (ends or LAST_MINUTE):
            self.add_error("break_starts", "The break must lie within the hours")
        return answers

    @property
    def place(self) -> str:
        """The room in which they work; nothing for wherever needed."""
        said = str(self.cleaned_data["room"])
        return "" if said == FREE else said


@dataclass
class WeekdayForm:
    """All that is asked of a weekday. What is typed comes with `sent`; else what stands there is shown."""

    rooms: list[Room]
    colleagues: list[Colleague]
    plan: Plan
    sent: Any = None
    opening: OpeningForm = field(init=False)
    meals: list[PartOfTheDay] = field(init=False)
    children: list[tuple[Room, list[ChildrenForm]]] = field(init=False)
    hours: list[HoursForm] = field(init=False)

    def __post_init__(self) -> None:
        """Make the parts."""
        plan, sent = self.plan, self.sent
        self.opening = OpeningForm(sent, prefix="open", initial=_part(plan.opening))
        spans = dict(enumerate(plan.meals))
        self.meals = [
            PartOfTheDay(sent, prefix=f"meal-{number}", initial=_part(spans.get(number)))
            for number in range(MOST_MEALS)
        ]
        self.children = [(room, self._lines(room)) for room in self.rooms]
        at_work = {each.colleague: each for each in plan.working}
        self.hours = [
            HoursForm(
                sent,
                prefix=f"hours-{each.pk}",
                colleague=each,
                rooms=self.rooms,
                initial=_working(at_work.get(str(each.pk)), plan.opening),
            )
            for each in self.colleagues
        ]

    def _lines(self, room: Room) -> list[ChildrenForm]:
        there = [each.attending for each in self.plan.children if each.room == str(room.pk)]
        known: dict[int, dict[str, Any]] = {
            number: {"band": each.band.value, "count": each.count, **_part(each.span, self.plan.opening)}
            for number, each in enumerate(there)
        }
        prefixes = [f"children-{room.pk}-{number}" for number in range(MOST_LINES)]
        if self.sent is None:
            prefixes = prefixes[: max(2, len(there) + 1)]
        else:
            prefixes = [prefix for prefix in prefixes if f"{prefix}-count" in self.sent]
        return [
            ChildrenForm(self.sent, prefix=prefix, initial=known.get(number, {}))
            for number, prefix in enumerate(prefixes)
        ]

    @property
    def forms(self) -> list[forms.Form]:
        """All its parts, in the order of the page."""
        return [self.opening, *self.meals, *(form for _, lines in self.children for form in lines), *self.hours]

    def is_valid(self) -> bool:
        """Whether everything can be read, and the whole can be."""
        if self.sent is None or any([not form.is_valid() for form in self.forms]):  # noqa: C419 - each says what is wrong
            return False
        if sentence := why_not_plan(self.said):
            self.opening.add_error(None, sentence)
        return all([self._has_hours(form) for form in self.hours]) and not sentence  # noqa: C419 - as above

    def _has_hours(self, form: HoursForm) -> bool:
        """Whether it is said when somebody works, if they do: nobody’s row is left out without a word."""
        known = not form.cleaned_data["room"] or _span(form) or _span(self.opening)
        if not known:
            form.add_error("room", "Enter when they work, or choose that they do not: you are closed on this day")
        return bool(known)

    @property
    def said(self) -> Plan:
        """The day as it was typed. Where times were left empty, it is from opening to closing."""
        opening = _span(self.opening)
        return Plan(
            opening=opening,
            meals=tuple(sorted((span for form in self.meals if (span := _span(form))), key=lambda each: each.start)),
            children=tuple(
                Expected(
                    str(room.pk),
                    Attending(
                        Band(form.cleaned_data["band"]),
                        form.cleaned_data["count"],
                        _span(form) or opening or Span(0, LAST_MINUTE),
                    ),
                )
                for room, lines in self.children
                for form in lines
                if form.cleaned_data.get("count")
            ),
            working=tuple(
                Working(str(form.colleague.pk), form.place, span, _span(form, "break_"))
                for form in self.hours
                if form.cleaned_data["room"] and (span := _span(form) or opening)
            ),
        )


def _part(span: Span | None, opening: Span | None = None) -> dict[str, Any]:
    """The times of a part of the day; none for all the hours in which the setting is open."""
    return {"starts": span.start, "until": span.until} if span and span != opening else {}


def _working(working: Working | None, opening: Span | None) -> dict[str, Any]:
    if working is None:
        return {}
    pause = working.pause
    breaks = {"break_starts": pause.start, "break_until": pause.until} if pause else {}
    return {"room": working.room or FREE, **_part(working.span, opening), **breaks}


def _span(form: forms.Form, prefix: str = "") -> Span | None:
    start, until = form.cleaned_data.get(f"{prefix}starts"), form.cleaned_data.get(f"{prefix}until")
    return None if start is None or until is None else Span(start, until)


class CopyForm(forms.Form):
    """To which days a day is copied."""

    to = forms.TypedMultipleChoiceField(
        label="To which days?",
        coerce=int,
        widget=Checkboxes(),
        error_messages={"required": "Choose at least one day", "invalid_choice": "Choose days from what is listed"},
    )

    def __init__(self, data: Any = None, *, weekday: int) -> None:
        super().__init__(data)
        others = [(number, words) for number, words in enumerate(WEEKDAYS) if number != weekday]
        self.fields["to"].choices = others  # type: ignore[attr-defined]
