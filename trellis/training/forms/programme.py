"""What is asked of a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone

from trellis.core.forms import CharacterCount, Checkboxes, DateField
from trellis.organisations.models import LocalAuthority, Region
from trellis.qualifications.models import Qualification
from trellis.training.actions import ProgrammePlan

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.training.models import Programme

PROFESSIONALS, PARENTS = "for_professionals", "for_parents"
NARROW = {"class": "govuk-input--width-5"}


class ProgrammeForm(forms.Form):
    """Title and award, for whom, whose money, under which rules."""

    title = forms.CharField(
        label="Title of the programme", max_length=150, error_messages={"required": "Enter the title of the programme"}
    )
    qualification_title = forms.CharField(
        label="Qualification it leads to",
        help_text="As your awarding organisation calls it. Leave it empty if there is none.",
        max_length=200,
        required=False,
    )
    qualification_key = forms.ChoiceField(
        label="Its entry in the catalogue of qualifications",
        help_text="The catalogue then says when your next cohort that is open for applications begins.",
        required=False,
    )
    funder = forms.CharField(label="Who funds it", max_length=150, required=False)
    partners = forms.CharField(
        label="Partners",
        help_text="One on each line.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    for_whom = forms.MultipleChoiceField(
        label="For whom is it?",
        choices=[(PROFESSIONALS, "Professionals"), (PARENTS, "Parents and carers")],
        widget=Checkboxes,
        error_messages={"required": "Choose for whom the programme is"},
    )
    regions = forms.ModelMultipleChoiceField(
        label="Regions", queryset=Region.objects.order_by("name"), required=False, widget=Checkboxes
    )
    authorities = forms.CharField(
        label="Local authorities",
        help_text="One on each line, by name. The people of these authorities see the programme and its dates.",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    grant_from = DateField(label="First day of the grant", required=False)
    grant_to = DateField(label="Last day of the grant", required=False)
    target_started = forms.IntegerField(
        label="How many are to start",
        min_value=0,
        max_value=1_000_000,
        required=False,
        widget=forms.NumberInput(NARROW),
    )
    target_completed = forms.IntegerField(
        label="How many are to complete",
        min_value=0,
        max_value=1_000_000,
        required=False,
        widget=forms.NumberInput(NARROW),
    )
    minimum_attendance = forms.IntegerField(
        label="Least attendance",
        help_text="Use what your awarding organisation asks for.",
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(NARROW | {"suffix": "%"}),
        error_messages={"required": "Enter the least attendance"},
    )
    guided_hours = forms.DecimalField(
        label="Least guided hours",
        help_text="The Level 3 award for SENCOs in early years settings has 34 guided hours.",
        min_value=0,
        max_value=2000,
        decimal_places=2,
        widget=forms.NumberInput(NARROW | {"suffix": "hours"}),
        error_messages={"required": "Enter the least guided hours"},
    )
    who_is_eligible = forms.CharField(
        label="Who can apply",
        max_length=1000,
        required=False,
        widget=CharacterCount(1000, rows=3),
    )
    second_cohort_months = forms.IntegerField(
        label="Within how many months of its contract does an authority owe a second cohort?",
        min_value=1,
        max_value=120,
        widget=forms.NumberInput(NARROW | {"suffix": "months"}),
        error_messages={"required": "Enter within how many months"},
    )

    def __init__(self, data: Any = None, *, centre_id: UUID, programme: Programme | None = None) -> None:
        """A form for a new programme of a centre or to change `programme`."""
        plain = ProgrammePlan(title="").columns
        initial = {name: getattr(programme, name) if programme else value for name, value in plain.items()}
        initial["for_whom"] = [name for name in (PROFESSIONALS, PARENTS) if initial[name]]
        initial["guided_hours"] = f"{initial['minimum_guided_minutes'] / 60:.4g}"
        if programme:
            initial["regions"] = list(programme.regions.all())
            initial["authorities"] = "\n".join(programme.authorities.order_by("name").values_list("name", flat=True))
        super().__init__(data, initial=initial)
        entries = Qualification.objects.visible_to(None).named_by(centre_id).offered(timezone.localdate())
        known = dict(entries.in_order().values_list("key", "title"))
        kept = initial["qualification_key"]
        if kept and kept not in known:
            known[kept] = "An entry that cannot be chosen any more"
        choices: Any = self.fields["qualification_key"]
        choices.choices = [("", "None"), *known.items()]

    def clean_authorities(self) -> list[LocalAuthority]:
        """The authorities, each found by its name."""
        said = [" ".join(line.split()) for line in self.cleaned_data["authorities"].splitlines() if line.strip()]
        known = {each.name.lower(): each for each in LocalAuthority.objects.of_today()}
        unknown = [name for name in said if name.lower() not in known]
        if unknown:
            raise forms.ValidationError(f"There is no local authority “{unknown[0]}”. Write its full name")
        return [known[name.lower()] for name in said]

    def clean(self) -> dict[str, Any]:
        """The grant ends after it begins."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("grant_from"), cleaned.get("grant_to")
        if first and last and last < first:
            self.add_error("grant_to", "The last day of the grant must be after the first")
        return cleaned

    @property
    def plan(self) -> ProgrammePlan:
        """What was typed, once the form is valid."""
        said = dict(self.cleaned_data)
        whom = said.pop("for_whom")
        said["minimum_guided_minutes"] = round(cast("Any", said.pop("guided_hours")) * 60)
        return ProgrammePlan(**said | {name: name in whom for name in (PROFESSIONALS, PARENTS)})
