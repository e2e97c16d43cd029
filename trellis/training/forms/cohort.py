"""What is asked of a cohort, its sessions and whoever has a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from trellis.accounts.forms.fields import EmailAddress, FullName
from trellis.core.forms import DateField, Radios
from trellis.organisations.models import LocalAuthority, Membership, Organisation, Provider
from trellis.training.actions import CohortPlan, Learner, SessionPlan
from trellis.training.cohort_templates import cohort_templates
from trellis.training.models import Cadence, CohortFunding, LearnerRole, SessionKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from trellis.training.models import Cohort, Session

NARROW = {"class": "govuk-input--width-3"}
TIME = {"class": "govuk-input--width-5", "inputmode": "text"}
WEEKEND = "Sessions may be held at a weekend"


def _text(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ClockField(forms.TimeField):
    """A time of day, as 9:30."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "For example, 9:30.")
        super().__init__(
            input_formats=["%H:%M", "%H.%M", "%H"],
            widget=forms.TextInput(TIME),
            error_messages={
                "required": f"Enter {options['label'][:1].lower()}{options['label'][1:]}",
                "invalid": "Enter a time such as 9:30",
            },
            **options,
        )


class WhereForm(forms.Form):
    """Where something is held."""

    venue = forms.CharField(label="Venue", max_length=200, required=False)
    access_notes = forms.CharField(
        label="How to get in",
        help_text="Parking, steps, a hearing loop, whom to ask for.",
        max_length=1000,
        required=False,
        widget=_text(),
    )
    online_link = forms.URLField(
        label="Link for taking part online", max_length=500, required=False, assume_scheme="https"
    )


class SizeForm(forms.Form):
    """What a cohort is called, and how many learn in it."""

    title = forms.CharField(label="Title of the cohort", max_length=120, error_messages={"required": "Enter a title"})
    least_places = forms.IntegerField(
        label="Fewest learners",
        help_text="With fewer it is not held.",
        min_value=1,
        max_value=500,
        initial=1,
        widget=forms.NumberInput(NARROW),
        error_messages={"required": "Enter the fewest learners"},
    )
    most_places = forms.IntegerField(
        label="Most learners",
        min_value=1,
        max_value=500,
        initial=30,
        widget=forms.NumberInput(NARROW),
        error_messages={"required": "Enter the most learners"},
    )

    def clean(self) -> dict[str, Any]:
        """There is room for the fewest."""
        cleaned = super().clean() or {}
        least, most = cleaned.get("least_places"), cleaned.get("most_places")
        if least and most and most < least:
            self.add_error("most_places", "The most learners cannot be fewer than the fewest")
        return cleaned


class CohortForm(WhereForm, SizeForm):
    """What can be changed of a cohort at any time."""

    field_order: tuple[str, ...] = ("title", "venue", "access_notes", "online_link", "least_places", "most_places")

    def __init__(self, data: Any = None, *, cohort: Cohort | None = None, **options: Any) -> None:
        names = ("title", "venue", "access_notes", "online_link", "least_places", "most_places")
        initial = {name: getattr(cohort, name) for name in names} if cohort else {}
        super().__init__(data, initial=initial | options.pop("initial", {}), **options)


class NewCohortForm(CohortForm):
    """A new cohort: for whom and by whom, from which template, from which day on."""

    authority = forms.ModelChoiceField(
        label="For which local authority?",
        help_text="Those of the programme are listed. Add another to the programme first.",
        queryset=LocalAuthority.objects.none(),
        empty_label="Choose one",
        error_messages={"required": "Choose the local authority"},
    )
    delivered_by = forms.ModelChoiceField(
        label="Who delivers it?",
        queryset=Organisation.objects.none(),
        empty_label="Choose one",
        error_messages={"required": "Choose who delivers it"},
    )
    template = forms.ChoiceField(label="Sessions", widget=Radios, error_messages={"required": "Choose the sessions"})
    starts_on = DateField(label="Day of the first session", error_messages={"required": "Enter the first day"})
    cadence = forms.ChoiceField(
        label="How often?",
        choices=Cadence.choices,
        widget=Radios(inline=True),
        error_messages={"required": "Choose how often"},
    )
    weekend = forms.BooleanField(label=WEEKEND, required=False)
    paid_by = forms.ChoiceField(
        label="Who pays for it?",
        choices=CohortFunding.choices,
        initial=CohortFunding.GRANT,
        widget=Radios,
        error_messages={"required": "Choose who pays"},
    )
    field_order = (
        *("title", "authority", "delivered_by", "template", "starts_on", "cadence", "weekend"),
        *("venue", "access_notes", "online_link", "least_places", "most_places", "paid_by"),
    )

    def __init__(
        self, data: Any = None, *, authorities: QuerySet[LocalAuthority], deliverers: QuerySet[Organisation]
    ) -> None:
        templates = cohort_templates()
        super().__init__(data, initial={"template": next(iter(templates)), "cadence": Cadence.WEEKLY})
        cast("forms.ModelChoiceField[Any]", self.fields["authority"]).queryset = authorities
        cast("forms.ModelChoiceField[Any]", self.fields["delivered_by"]).queryset = deliverers
        choices = [(each.key, each.title) for each in templates.values()]
        cast("forms.ChoiceField", self.fields["template"]).choices = choices

    @property
    def plan(self) -> CohortPlan:
        """What was typed, once the form is valid."""
        said = dict(self.cleaned_data)
        return CohortPlan(**said | {"template": cohort_templates()[said["template"]]})


class BecauseForm(forms.Form):
    """Why something is cancelled, made void or excused."""

    because = forms.CharField(label="Why?", max_length=500, widget=_text(), error_messages={"required": "Say why"})


class SessionForm(WhereForm):
    """What is said of a session, apart from when it is."""

    kind = forms.ChoiceField(
        label="Kind", choices=SessionKind.choices, error_messages={"required": "Choose what it is"}
    )
    title = forms.CharField(label="What it is about", max_length=150, required=False)
    speaker = forms.CharField(
        label="Guest speaker",
        help_text="A name. A guest speaker sees nothing here.",
        max_length=150,
        required=False,
    )
    materials = forms.CharField(
        label="Materials",
        help_text="What to bring or to read before.",
        max_length=2000,
        required=False,
        widget=_text(3),
    )
    field_order: tuple[str, ...] = ("kind", "title", "speaker", "venue", "access_notes", "online_link", "materials")

    def __init__(self, data: Any = None, *, session: Session | None = None) -> None:
        """A form for a new session or to change `session`."""
        names = SessionPlan.__dataclass_fields__
        super().__init__(data, initial={name: getattr(session, name) for name in names} if session else {})

    @property
    def plan(self) -> SessionPlan:
        """What was typed, once the form is valid."""
        return SessionPlan(**{name: self.cleaned_data[name] for name in SessionPlan.__dataclass_fields__})


class WhenForm(forms.Form):
    """When a session is held; its end moves with its start."""

    on = DateField(label="Day", error_messages={"required": "Enter the day"})
    starts = ClockField(label="Start")
    weekend = forms.BooleanField(label="It may be a weekend", required=False)

    def __init__(self, data: Any = None, *, session: Session) -> None:
        super().__init__(data, initial={"on": session.on, "starts": f"{session.starts:%-H:%M}"})


class NewSessionForm(SessionForm):
    """A session more: also when it is, and how much of it is guided."""

    on = DateField(label="Day", error_messages={"required": "Enter the day"})
    starts = ClockField(label="Start")
    ends = ClockField(label="End", help_text="For example, 15:30.")
    guided_minutes = forms.IntegerField(
        label="Guided minutes",
        help_text="Time in which somebody teaches or supervises. Breaks and study time are not guided.",
        min_value=0,
        max_value=720,
        widget=forms.NumberInput(NARROW),
        error_messages={"required": "Enter the guided minutes"},
    )
    weekend = forms.BooleanField(label="It may be a weekend", required=False)
    field_order = (
        *("kind", "title", "on", "starts", "ends", "weekend", "guided_minutes"),
        *("speaker", "venue", "access_notes", "online_link", "materials"),
    )

    def clean(self) -> dict[str, Any]:
        """It ends after it starts."""
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "A session ends after it starts")
        return cleaned


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of several members of an organisation, by name and role."""

    def label_from_instance(self, obj: Any) -> str:
        """As somebody looks for them."""
        return f"{obj.user.name}, {obj.get_role_display()}"


class TrainerForm(forms.Form):
    """Who teaches a cohort."""

    trainer = PersonField(
        label="Who teaches it?",
        help_text="People of the centre, or of whoever delivers the cohort.",
        queryset=Membership.objects.none(),
        empty_label="Choose one",
        error_messages={"required": "Choose who teaches it"},
    )

    def __init__(self, data: Any = None, *, people: QuerySet[Membership]) -> None:
        super().__init__(data)
        cast("PersonField", self.fields["trainer"]).queryset = people


class LearnerForm(forms.Form):
    """Who is given a place."""

    name = FullName()
    email = EmailAddress(missing="Enter their e-mail address")
    setting_number = forms.CharField(
        label="Ofsted number of their setting",
        help_text="If you know it. Then the name comes from the register.",
        max_length=24,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-10", "spellcheck": "false"}),
    )
    setting_name = forms.CharField(label="Name of their setting", max_length=255, required=False)
    role = forms.ChoiceField(
        label="What are they there?",
        choices=LearnerRole.choices,
        widget=Radios,
        error_messages={"required": "Choose what they are there"},
    )

    def __init__(self, data: Any = None, *, providers: QuerySet[Provider]) -> None:
        super().__init__(data)
        self.fields["name"].error_messages["required"] = "Enter their full name"
        self.providers = providers

    def clean_setting_number(self) -> Provider | None:
        """The row of the register with this number."""
        number = self.cleaned_data["setting_number"].strip().upper()
        if not number:
            return None
        found = self.providers.filter(number=number).first()
        if found is None:
            raise forms.ValidationError("No setting in the register has this number. Write its name instead")
        return found

    @property
    def learner(self) -> Learner:
        """Who it is, once the form is valid."""
        said = dict(self.cleaned_data)
        return Learner(provider=said.pop("setting_number"), **said)
