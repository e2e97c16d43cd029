"""What we ask of what is otherwise on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.staffing.forms.clock import ClockField, PartOfTheDay
from trellis.staffing.forms.week import NARROW, WHEREVER
from trellis.staffing.models import ChangeKind
from trellis.staffing.rules.weeks import MOST_CHILDREN
from trellis.staffing.rules.words import BANDS, LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trellis.staffing.reading import Week


FILLED = ("level", "room", "first_aid", "starts", "until")


class OtherwiseForm(PartOfTheDay):
    """From when to when something is otherwise."""

    starts = ClockField(label="From", required=False, help_text="Leave both times empty for all day")
    kind: ChangeKind

    def __init__(self, data: Any = None, *, week: Week, address: Mapping[str, Any] | None = None) -> None:
        """A form that was sent, or one in which a link has filled in a part."""
        super().__init__(data, initial={name: (address or {})[name] for name in FILLED if name in (address or {})})
        self.rooms = {str(each.pk): each for each in week.rooms}
        self.colleagues = {str(each.pk): each for each in week.colleagues}
        if "room" in self.fields:
            named = [(key, each.name) for key, each in self.rooms.items()]
            self.fields["room"].choices = [("", self.no_room), *named]  # type: ignore[attr-defined]

    no_room = "Choose one"

    @property
    def said(self) -> dict[str, Any]:
        """The answers by the names of the record."""
        answers = dict(self.cleaned_data)
        if "room" in answers:
            answers["room"] = self.rooms.get(answers["room"])
        if "colleague" in answers:
            answers["colleague"] = self.colleagues[answers["colleague"]]
        return answers


def _room(**options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label="Room", error_messages={"required": "Choose the room"}, **options)


class OffForm(OtherwiseForm):
    """Somebody is off. Why is not asked."""

    kind = ChangeKind.OFF
    colleague = forms.ChoiceField(label="Who is off?", error_messages={"required": "Choose who is off"})
    field_order = ("colleague", "starts", "until")

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        named = [(key, each.name) for key, each in self.colleagues.items()]
        self.fields["colleague"].choices = [("", "Choose one"), *named]  # type: ignore[attr-defined]


class AgencyForm(OtherwiseForm):
    """Somebody comes from an agency. Their name is not asked."""

    kind = ChangeKind.AGENCY
    no_room = WHEREVER
    level = forms.TypedChoiceField(label="Their level", choices=LEVELS, coerce=int)
    room = _room(required=False)
    first_aid = forms.BooleanField(label="They hold current paediatric first aid", required=False)
    field_order = ("level", "room", "first_aid", "starts", "until")


class TripForm(OtherwiseForm):
    """A room is out, with those who work there."""

    kind = ChangeKind.TRIP
    room = _room()
    field_order = ("room", "starts", "until")


class FewerForm(OtherwiseForm):
    """Fewer children come."""

    kind = ChangeKind.FEWER
    room = _room()
    band = forms.ChoiceField(
        label="Age", choices=[("", "Choose one"), *BANDS], error_messages={"required": "Choose the age"}
    )
    count = forms.IntegerField(
        label="How many fewer?",
        min_value=1,
        max_value=MOST_CHILDREN,
        widget=forms.NumberInput(NARROW),
        error_messages={"required": "Enter how many fewer children come"},
    )
    field_order = ("room", "band", "count", "starts", "until")


FORMS: dict[str, type[OtherwiseForm]] = {form.kind.value: form for form in (OffForm, AgencyForm, TripForm, FewerForm)}
