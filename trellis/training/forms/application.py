"""What an application asks: one form for each page, and what each answer becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.accounts.forms.fields import EmailAddress, FullName
from trellis.core.forms import CharacterCount, Checkboxes, DateField, Radios
from trellis.organisations.models import LocalAuthority
from trellis.training.actions import Work
from trellis.training.applying import WHO_PAYS
from trellis.training.models import Beside, EarlierTraining, LearnerRole, Level3

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trellis.organisations.models import Provider
    from trellis.training.models import Application, Cohort

ANY, ELSEWHERE, AS_IT_IS, NO_MATTER = "any", "elsewhere", "as_it_is", "no_matter"
OUTSIDE_ENGLAND = "outside"
YES_NO = (("yes", "Yes"), ("no", "No"))


class BeginForm(forms.Form):
    """Who wants to apply: where the link goes."""

    name = FullName()
    email = EmailAddress()


class SearchForm(forms.Form):
    """Which setting is looked for."""

    q = forms.CharField(
        label="Name or postcode of your setting",
        help_text="Or its Ofsted number.",
        max_length=100,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class StepForm(forms.Form):
    """One question, with what was answered before."""

    def __init__(self, data: Any = None, *, application: Application, cohorts: Sequence[Cohort] = ()) -> None:
        self.application, self.cohorts = application, cohorts
        super().__init__(data, initial=self.beginning())

    def beginning(self) -> dict[str, Any]:
        """What was answered the last time; nothing the first."""
        return {name: getattr(self.application, name, None) for name in self.base_fields}

    def choice(self, name: str) -> Any:
        """A field whose choices are said when the page opens."""
        return self.fields[name]

    @property
    def answer(self) -> dict[str, Any]:
        """What is kept, once the form is valid."""
        return dict(self.cleaned_data)


class CohortForm(StepForm):
    """For which cohort."""

    which = forms.MultipleChoiceField(
        label="Which cohort would you like?",
        help_text="Choose all that are possible for you.",
        widget=Checkboxes,
        error_messages={"required": "Choose a cohort, or any of them"},
    )

    def __init__(self, data: Any = None, **about: Any) -> None:
        super().__init__(data, **about)
        hints = {str(each.pk): self._hint(each) for each in self.cohorts}
        field = self.choice("which")
        field.choices = [*((str(each.pk), each.title) for each in self.cohorts), (ANY, "Any of them")]
        field.widget.hints = hints

    @staticmethod
    def _hint(cohort: Cohort) -> str:
        where = f", {cohort.venue}" if cohort.venue else ""
        starts = f"{cohort.starts_on.day} {cohort.starts_on:%B %Y}"
        return f"{cohort.authority}. From {starts}, {cohort.get_cadence_display().lower()}{where}"

    def beginning(self) -> dict[str, Any]:
        """The cohorts that were chosen."""
        chosen = [str(each.pk) for each in self.application.wanted.all()]
        return {"which": chosen or ([ANY] if "cohort" in self.application.answered else [])}

    @property
    def answer(self) -> dict[str, Any]:
        """The cohorts; none when any will do."""
        chosen = self.cleaned_data["which"]
        return {"wanted": [] if ANY in chosen else [each for each in self.cohorts if str(each.pk) in chosen]}


class SettingForm(StepForm):
    """Where somebody works: chosen from what a search found, or written."""

    where = forms.ChoiceField(
        label="Which setting do you work in?",
        widget=Radios(reveals={ELSEWHERE: "setting_name"}),
        error_messages={"required": "Choose your setting"},
    )
    setting_name = forms.CharField(label="Name and town of your setting", max_length=255, required=False)

    def __init__(self, data: Any = None, *, found: Sequence[Provider] = (), **about: Any) -> None:
        self.found = found
        super().__init__(data, **about)
        known = self.application.provider_id or self.application.setting_id
        as_it_is = [(AS_IT_IS, self.application.setting_name)] if known else []
        there = [(str(each.pk), _named(each)) for each in found if each.pk != self.application.provider_id]
        none = "None of these. I write its name" if there or as_it_is else "It is not in the register. I write its name"
        self.choice("where").choices = [*as_it_is, *there, (ELSEWHERE, none)]

    def beginning(self) -> dict[str, Any]:
        """Where they said the last time."""
        known = self.application.provider_id or self.application.setting_id
        where = AS_IT_IS if known else ELSEWHERE if self.application.setting_name else ""
        return {"where": where, "setting_name": "" if known else self.application.setting_name}

    def clean(self) -> dict[str, Any]:
        """A name is written, when none is chosen."""
        cleaned = super().clean() or {}
        if cleaned.get("where") == ELSEWHERE and not cleaned.get("setting_name"):
            self.add_error("setting_name", "Enter the name and the town of your setting")
        return cleaned

    @property
    def answer(self) -> dict[str, Any]:
        """The row of the register, what stood there, or the name."""
        where = self.cleaned_data["where"]
        if where == AS_IT_IS:
            return {"work": Work(provider=self.application.provider, setting=self.application.setting)}
        if where == ELSEWHERE:
            return {"work": Work(name=self.cleaned_data["setting_name"])}
        return {"work": Work(provider=next(each for each in self.found if str(each.pk) == where))}


def _named(provider: Provider) -> str:
    where = ", ".join(part for part in (provider.town, provider.postcode) if part)
    return f"{provider}{', ' + where if where else ''}"


class AuthorityForm(StepForm):
    """In which authority the setting is, when nobody knows."""

    authority = forms.ChoiceField(
        label="In which local authority is your setting?",
        error_messages={"required": "Choose the local authority"},
    )

    def __init__(self, data: Any = None, **about: Any) -> None:
        super().__init__(data, **about)
        known = [(each.pk, each.name) for each in LocalAuthority.objects.of_today()]
        self.choice("authority").choices = [
            ("", "Choose one"),
            *known,
            (OUTSIDE_ENGLAND, "My setting is not in England"),
        ]

    def beginning(self) -> dict[str, Any]:
        """The authority that was chosen."""
        outside = self.application.in_england is False
        return {"authority": OUTSIDE_ENGLAND if outside else self.application.authority_id}

    @property
    def answer(self) -> dict[str, Any]:
        """The authority, or that it is in none of England."""
        chosen = self.cleaned_data["authority"]
        outside = chosen == OUTSIDE_ENGLAND
        return {"authority_id": None if outside else chosen, "in_england": not outside}


class RoleForm(StepForm):
    """What somebody is in their setting."""

    role = forms.ChoiceField(
        label="What are you in your setting?",
        choices=LearnerRole.choices,
        widget=Radios,
        error_messages={"required": "Choose what you are in your setting"},
    )


class RoleFromForm(StepForm):
    """When somebody becomes SENCO."""

    role_from = DateField(
        label="From which day are you SENCO?", help_text="If it is not certain, the day that is planned.",
        error_messages={"required": "Enter the day"},
    )  # fmt: skip


class Level3Form(StepForm):
    """Whether somebody holds a Level 3 qualification."""

    level_3 = forms.ChoiceField(
        label="Do you hold a full and relevant Level 3 early years qualification?",
        help_text="If you count as Level 3 in your setting’s ratios, you do.",
        choices=Level3.choices,
        widget=Radios(reveals={Level3.HELD: "level_3_title"}),
        error_messages={"required": "Choose an answer"},
    )
    level_3_title = forms.CharField(label="What is it called? You can leave this empty", max_length=200, required=False)


class YearsForm(StepForm):
    """How long somebody has worked."""

    years = forms.IntegerField(
        label="For how many years have you worked in early years settings?",
        help_text="Whole years. 0 if it is less than one.",
        min_value=0,
        max_value=60,
        widget=forms.NumberInput({"class": "govuk-input--width-3"}),
        error_messages={"required": "Enter the number of years"},
    )


class TrainingForm(StepForm):
    """What somebody has learned before."""

    earlier = forms.ChoiceField(
        label="What training as a SENCO have you had so far?",
        choices=EarlierTraining.choices,
        widget=Radios,
        error_messages={"required": "Choose an answer"},
    )


class FundedForm(StepForm):
    """Whether a place was funded before."""

    funded_before = forms.ChoiceField(
        label="Have you had a funded place on this award before, with us or anybody else?",
        choices=YES_NO,
        widget=Radios(inline=True),
        error_messages={"required": "Choose yes or no"},
    )

    def beginning(self) -> dict[str, Any]:
        """Yes or no, once it was said."""
        return {"funded_before": {True: "yes", False: "no"}.get(self.application.funded_before, "")}  # type: ignore[arg-type]

    @property
    def answer(self) -> dict[str, Any]:
        """Yes or no."""
        return {"funded_before": self.cleaned_data["funded_before"] == "yes"}


class FundingForm(StepForm):
    """Who would pay."""

    paid_by = forms.ChoiceField(
        label="Who pays for your place?",
        help_text="If you do not know, choose the first. The centre checks it with you.",
        choices=[*WHO_PAYS.items()],
        widget=Radios,
        error_messages={"required": "Choose who pays"},
    )


class BesideForm(StepForm):
    """Whether somebody wants to be with others of their setting. A radio needs a value, so “no matter” has one here."""

    beside = forms.ChoiceField(
        label="If others from your setting apply, how would you like to be placed?",
        help_text="For example, apart so that one of you is always in the setting.",
        choices=[(value or NO_MATTER, label) for value, label in Beside.choices],
        widget=Radios,
        error_messages={"required": "Choose an answer"},
    )

    def beginning(self) -> dict[str, Any]:
        """What was chosen the last time."""
        answered = "beside" in self.application.answered
        return {"beside": self.application.beside or (NO_MATTER if answered else "")}

    @property
    def answer(self) -> dict[str, Any]:
        """Together, apart, or nothing."""
        chosen = self.cleaned_data["beside"]
        return {"beside": "" if chosen == NO_MATTER else chosen}


class NeedsForm(StepForm):
    """What somebody needs. Seen by those who arrange it."""

    access = forms.CharField(
        label="What do you need in order to take part?",
        help_text="For example, step-free rooms, captions, a break for expressing milk. Leave it empty if there is nothing.",
        max_length=1000,
        required=False,
        widget=CharacterCount(1000, rows=4),
    )
    adjustments = forms.CharField(
        label="What helps you with reading, writing or deadlines?",
        help_text="For example, papers a week before, more time, a coloured background.",
        max_length=1000,
        required=False,
        widget=CharacterCount(1000, rows=4),
    )

    def beginning(self) -> dict[str, Any]:
        """What was said the last time."""
        needs = getattr(self.application, "needs", None)
        return {"access": needs.access, "adjustments": needs.adjustments} if needs else {}

    @property
    def answer(self) -> dict[str, Any]:
        """Both texts."""
        return {"needs": dict(self.cleaned_data)}


class ManagerForm(StepForm):
    """Who answers for the setting."""

    manager_name = forms.CharField(
        label="Who decides whether your setting can release you?",
        help_text="Usually the owner or manager.",
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the name of your manager"},
    )
    manager_email = EmailAddress(missing="Enter the e-mail address of your manager", label="Their e-mail address")

    def clean_manager_email(self) -> str:
        """Somebody else than the applicant."""
        email: str = self.cleaned_data["manager_email"]
        if email.lower() == self.application.email:
            raise forms.ValidationError("Enter the address of whoever leads your setting, not your own")
        return email


STEPS: dict[str, type[StepForm]] = {
    "cohort": CohortForm,
    "setting": SettingForm,
    "authority": AuthorityForm,
    "role": RoleForm,
    "role-from": RoleFromForm,
    "level-3": Level3Form,
    "years": YearsForm,
    "training": TrainingForm,
    "funded": FundedForm,
    "funding": FundingForm,
    "beside": BesideForm,
    "needs": NeedsForm,
    "manager": ManagerForm,
}
"""The form of each question of `rules.questions`."""
