"""What we ask of a room, and of a setting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.core.forms import Radios
from trellis.staffing.rules.days import Provision
from trellis.staffing.rules.weeks import MOST_TO_ONE
from trellis.staffing.rules.words import PROVISIONS

if TYPE_CHECKING:
    from trellis.staffing.models import OwnRules, Room

NARROW = {"class": "govuk-input--width-3"}
AS_THE_RULES, YES, NO = "rules", "yes", "no"
COUNTED = {AS_THE_RULES: None, YES: True, NO: False}


class RoomForm(forms.Form):
    """A room."""

    name = forms.CharField(
        label="Name of the room or group", max_length=60, error_messages={"required": "Enter the name of the room"}
    )
    most_reach_five = forms.BooleanField(label="Most children in it reach five in this school year", required=False)

    def __init__(self, data: Any = None, *, room: Room | None = None, provision: str) -> None:
        initial = {"name": room.name, "most_reach_five": room.most_reach_five} if room else {}
        super().__init__(data, initial=initial)
        if provision != Provision.INDEPENDENT:  # nothing hangs on it elsewhere
            del self.fields["most_reach_five"]


class OwnRatio(forms.IntegerField):
    """How many children to one member of staff a setting keeps to."""

    def __init__(self, *, label: str) -> None:
        super().__init__(
            label=label,
            help_text="Leave this empty to keep to the rules.",
            min_value=1,
            max_value=MOST_TO_ONE,
            required=False,
            widget=forms.NumberInput(NARROW),
        )


class OwnRulesForm(forms.Form):
    """What a setting says of itself."""

    provision = forms.ChoiceField(
        label="What kind of provision is it?", choices=PROVISIONS, widget=Radios(), required=True
    )
    good_or_outstanding = forms.BooleanField(
        label="It was judged good or outstanding, or has not been inspected yet",
        help_text="Only then can somebody count at Level 3 by experience.",
        required=False,
    )
    counted = forms.ChoiceField(
        label="Do you count staff without a qualification?",
        help_text="The sources differ. Counted, they count at no level.",
        choices=[(AS_THE_RULES, "As the rules are read here"), (YES, "Yes"), (NO, "No")],
        widget=Radios(),
    )
    under_2 = OwnRatio(label="Most children under two to one member of staff")
    two = OwnRatio(label="Most children of two to one member of staff")
    three_plus = OwnRatio(label="Most children of three and over to one member of staff")
    sole_charge_permitted = forms.BooleanField(
        label="Parents have permitted that the assistant is left in sole charge",
        help_text="Of a childminder only.",
        required=False,
    )
    young_by_exception = forms.IntegerField(
        label="For how many young children does an exception hold, as for siblings?",
        help_text="Of a childminder only.",
        min_value=0,
        max_value=6,
        required=False,
        widget=forms.NumberInput(NARROW),
    )

    def __init__(self, data: Any = None, *, own: OwnRules) -> None:
        names = [name for name in self.base_fields if name != "counted"]
        initial = {name: getattr(own, name) for name in names}
        counted = next(words for words, value in COUNTED.items() if value is own.unqualified_counted)
        super().__init__(data, initial={**initial, "counted": counted})

    @property
    def said(self) -> dict[str, Any]:
        """The answers by the names of the record."""
        answers = dict(self.cleaned_data)
        answers["unqualified_counted"] = COUNTED[answers.pop("counted")]
        answers["young_by_exception"] = answers["young_by_exception"] or 0
        return answers
