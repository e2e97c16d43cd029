"""What is asked of a visit: what a host offers, who goes there, what a learner writes afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone

from trellis.core.forms import CharacterCount, Checkboxes, DateField
from trellis.core.rules.names import looks_like_data, looks_personal
from trellis.training.actions import VisitPlan
from trellis.training.forms.cohort import ClockField
from trellis.training.models import Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet

    from trellis.organisations.models import Provider
    from trellis.training.models import Reflection, Session, VisitOffer

NARROW = {"class": "govuk-input--width-3"}
LONGEST = 6000


def _long(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _how_many(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=200,
        widget=forms.NumberInput(NARROW),
        error_messages={"required": "Enter how many can come"},
    )


class VisitOfferForm(forms.Form):
    """Who hosts a visit, where and when, for how many, and what learners have to know."""

    host_number = forms.CharField(
        label="Ofsted number of the host",
        help_text="If it is in the register. A number that you enter or change puts the name and address from there in "
        "place of those below, and a setting on Trellis sees the visit and who comes.",
        max_length=24,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-10", "spellcheck": "false"}),
    )
    host_name = forms.CharField(label="Name of the host", max_length=255, required=False)
    address = forms.CharField(label="Address", max_length=300, required=False)
    contact = forms.CharField(
        label="Whom to ask for",
        help_text="A name, and a telephone number for the day. Those who go there see it, the host, and whoever looks "
        "after the cohort or teaches it. Six weeks after the visit it is removed.",
        max_length=200,
        required=False,
    )
    on = DateField(label="Day", error_messages={"required": "Enter the day"})
    starts = ClockField(label="Start")
    ends = ClockField(label="End", help_text="For example, 15:30.")
    places = _how_many("How many learners can come?")
    bring = _long("What to bring", "For example, photo identification, and whether a DBS certificate is asked for.")
    travel = _long("How to get there", "Parking, buses, steps.")
    prompts = _long("What to look for", "One on each line. No child’s name.")

    def __init__(
        self,
        data: Any = None,
        *,
        providers: QuerySet[Provider],
        session: Session,
        offer: VisitOffer | None = None,
    ) -> None:
        """A form for a new offer, on the day of the session, or to change `offer`."""
        self.providers, self.offer = providers, offer
        of = offer or session
        initial: dict[str, Any] = {"on": of.on, "starts": f"{of.starts:%-H:%M}", "ends": f"{of.ends:%-H:%M}"}
        if offer:
            names = ("host_name", "address", "contact", "places", "bring", "travel", "prompts")
            initial |= {name: getattr(offer, name) for name in names}
            provider = offer.host.provider if offer.host else None
            initial["host_number"] = provider.number if provider else ""
        super().__init__(data, initial=initial)

    def clean_on(self) -> date:
        """Nothing moves into the past; a visit that was stays on its day."""
        on: date = self.cleaned_data["on"]
        if on < timezone.localdate() and not (self.offer and on == self.offer.on):
            raise forms.ValidationError("This day is in the past")
        return on

    def clean_host_number(self) -> Provider | None:
        """The row of the register with this number."""
        number = self.cleaned_data["host_number"].strip().upper()
        if not number:
            return None
        found = self.providers.select_related("organisation").filter(number=number).first()
        if found is None:
            raise forms.ValidationError("No setting in the register has this number. Write its name instead")
        return found

    def clean(self) -> dict[str, Any]:
        """The host has a name and an address, of its own or from the register; the visit ends after it starts."""
        cleaned = super().clean() or {}
        provider = cleaned.get("host_number")
        if provider and provider.number != self.initial.get("host_number"):
            where = ", ".join(part for part in (provider.address, provider.town, provider.postcode) if part)
            typed = cleaned.get("address") if cleaned.get("address") != self.initial.get("address") else ""
            cleaned["host_name"], cleaned["address"] = provider.name, where[:300] or typed
        if "host_number" not in self.errors:
            for name, missing in (("host_name", "Enter who hosts the visit"), ("address", "Enter the address")):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, missing)
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "A visit ends after it starts")
        return cleaned

    @property
    def plan(self) -> VisitPlan:
        """What was typed, once the form is valid."""
        said = dict(self.cleaned_data)
        provider = said.pop("host_number")
        as_before = self.offer.host if self.offer and not self.initial.get("host_number") else None
        return VisitPlan(host=getattr(provider, "organisation", None) if provider else as_before, **said)


class HowManyForm(forms.Form):
    """How many learners a host lets come."""

    places = _how_many("How many learners can come?")

    def __init__(self, data: Any = None, *, offer: VisitOffer) -> None:
        super().__init__(data, initial={"places": offer.places})


class LearnerChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of several learners, by name and setting."""

    def label_from_instance(self, obj: Any) -> str:
        """As somebody looks for them."""
        return f"{obj.name}, {obj.setting_name}" if obj.setting_name else str(obj.name)


class WhoGoesForm(forms.Form):
    """Which learner goes to a visit."""

    place = LearnerChoice(
        label="Who goes there?",
        help_text="Learners who have not chosen yet.",
        queryset=Place.objects.none(),
        empty_label="Choose one",
        error_messages={"required": "Choose who goes there"},
    )

    def __init__(self, data: Any = None, *, places: QuerySet[Place]) -> None:
        super().__init__(data)
        cast("LearnerChoice", self.fields["place"]).queryset = places


class ReflectionForm(forms.Form):
    """What a learner saw and takes from it, and to which criteria it speaks.

    One child’s data is never kept; what looks like a child’s name is asked about once.
    """

    text = forms.CharField(
        label="What did you see, and what do you take from it?",
        help_text="Write about how they work, not about one child. No child’s name or birthday.",
        max_length=LONGEST,
        widget=CharacterCount(LONGEST, rows=12),
        error_messages={"required": "Write what you saw and what you take from it"},
    )
    criteria = forms.MultipleChoiceField(
        label="Which criteria does it speak to?",
        widget=Checkboxes,
        error_messages={"required": "Choose at least one criterion that it speaks to"},
    )
    names_nobody = forms.BooleanField(label="I have looked again: it names no child", required=False)

    def __init__(self, data: Any = None, *, criteria: Mapping[str, str], written: Reflection | None = None) -> None:
        """A form with the criteria of a visit, code → words; `written` is what is there already."""
        super().__init__(data, initial={"text": written.text, "criteria": written.criteria} if written else {})
        choices = [(code, f"{code} {words}".strip()) for code, words in criteria.items()]
        cast("forms.MultipleChoiceField", self.fields["criteria"]).choices = choices
        if not choices:
            del self.fields["criteria"]
        said = self.data.get("text", "") if data else ""
        today = timezone.localdate()
        if not looks_personal(said, today=today) or looks_like_data(said, today=today):
            del self.fields["names_nobody"]

    def clean_text(self) -> str:
        """One child’s data is never kept."""
        text = str(self.cleaned_data["text"]).strip()
        if data := looks_like_data(text, today=timezone.localdate()):
            raise forms.ValidationError(data)
        return text

    def clean(self) -> dict[str, Any]:
        """What looks like a name is asked about once."""
        cleaned = super().clean() or {}
        named = looks_personal(cleaned.get("text", ""), today=timezone.localdate())
        if named and not cleaned.get("names_nobody"):
            self.add_error("text", named)
        return cleaned
