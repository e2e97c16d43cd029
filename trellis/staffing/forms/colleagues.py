"""What we ask of somebody who works in a setting: what the ratio rules need to know, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from trellis.core.forms import Checkboxes, DateField
from trellis.staffing.rules.days import Provision
from trellis.staffing.rules.people import HowKnown, Level, Standing
from trellis.staffing.rules.weeks import age_on, born_while_asked
from trellis.staffing.rules.words import HOW_KNOWN, LEVELS, STANDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trellis.organisations.models import Membership
    from trellis.staffing.models import Colleague

FLAGS = {
    "manager": "Manager",
    "deputy": "Named deputy of the manager",
    "under_2_experience": "Has suitable experience with children under two",
    "trained_in_babies": "Is trained in the care of babies",
    "one_to_one": "Is funded to be with one child, and is not cover for others",
    "school_teacher": "Is a school teacher",
    "childminder": "Is the childminder, not an assistant",
}
SEVENTEEN = 17


def _level(label: str, **options: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=LEVELS, coerce=int, **options)


class ColleagueForm(forms.Form):
    """Somebody who works here."""

    name = forms.CharField(
        label="Name",
        help_text="As you write it on your rota. A first name is enough.",
        max_length=100,
        error_messages={"required": "Enter a name"},
    )
    standing = forms.ChoiceField(label="There as", choices=STANDINGS)
    level = _level("Approved qualification, full and relevant", help_text="The SENCO award raises nobody’s level.")
    known = forms.ChoiceField(
        label="How do you know?",
        choices=HOW_KNOWN,
        help_text="By experience, from September 2025: your setting is good or outstanding, they hold paediatric first "
        "aid, and at most half of those who count at Level 3 are there by experience.",
    )
    first_aid_until = DateField(
        label="Until when does paediatric first aid hold?",
        help_text="Three years after the course, unless the certificate says otherwise. Leave this empty if there is none.",
        required=False,
    )
    holds = forms.MultipleChoiceField(
        label="What else is so?",
        choices=[*FLAGS.items()],
        required=False,
        widget=Checkboxes(),
        error_messages={"invalid_choice": "Choose from what is listed"},
    )
    user = forms.ChoiceField(
        label="Their account here", help_text="So that they can see what is written down of them.", required=False
    )
    born_on = DateField(
        label="Date of birth, of somebody under 17 only",
        help_text="Nobody else is asked for it. From 17 on everybody counts alike.",
        required=False,
    )
    level_otherwise = _level(
        "By experience: the level of their certificate",
        help_text="At this they count in other settings, and here where too many are there by experience.",
        required=False,
    )
    studies = _level("Apprentice, student or volunteer: the level they study for", required=False)
    competent = forms.BooleanField(
        label="Apprentice, student or volunteer: you are satisfied that they are competent and responsible",
        required=False,
    )

    def __init__(
        self, data: Any = None, *, colleague: Colleague | None = None, members: Iterable[Membership], provision: str
    ) -> None:
        initial = {name: getattr(colleague, name) for name in self.base_fields if hasattr(colleague, name)}
        if colleague:
            initial |= {"holds": [flag for flag in FLAGS if getattr(colleague, flag)]}
            initial |= {"user": str(colleague.user_id or "")}
            initial |= {"born_on": born_while_asked(colleague.born_on, timezone.localdate())}
        super().__init__(data, initial=initial)
        self.people = {str(each.user_id): each.user for each in members}
        named = [(key, person.name) for key, person in self.people.items()]
        if colleague and (user := colleague.user) and str(user.pk) not in self.people:
            self.people[str(user.pk)] = user
            named.append((str(user.pk), f"{user.name}, who is no longer a member"))
        self.fields["user"].choices = [("", "None, or not known"), *named]  # type: ignore[attr-defined]
        if provision != Provision.CHILDMINDER:
            flags = [(flag, words) for flag, words in FLAGS.items() if flag != "childminder"]
            self.fields["holds"].choices = flags  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What only some are asked is said of them only."""
        answers = super().clean() or {}
        if answers.get("born_on") and age_on(answers["born_on"], timezone.localdate()) >= SEVENTEEN:
            self.add_error("born_on", "Leave this empty: it is asked of somebody under 17 only")
        if answers.get("known") == HowKnown.EXPERIENCE and answers.get("level") != Level.THREE:
            self.add_error("level", "By experience somebody counts at Level 3")
        trainee = Standing(answers.get("standing") or Standing.STAFF).trainee
        if not trainee and (answers.get("studies") or answers.get("competent")):
            sentence = "Only an apprentice, a student or a volunteer counts by what they study for"
            self.add_error("studies" if answers.get("studies") else "competent", sentence)
        return answers

    @property
    def said(self) -> dict[str, Any]:
        """The answers by the names of the record."""
        answers = dict(self.cleaned_data)
        holds = answers.pop("holds")
        answers["user_id"] = self.people[key].pk if (key := answers.pop("user")) else None
        answers |= {name: answers[name] or 0 for name in ("level_otherwise", "studies")}
        return answers | {flag: flag in holds for flag in FLAGS}

    @property
    def first(self) -> list[Any]:
        """What is asked of everybody."""
        return [self[name] for name in ("name", "standing", "level", "known", "first_aid_until", "holds")]

    @property
    def more(self) -> list[Any]:
        """What is asked of some."""
        return [self[name] for name in ("user", "born_on", "level_otherwise", "studies", "competent")]

    @property
    def more_is_open(self) -> bool:
        """Whether something is said or wrong there."""
        return any(each.errors or each.value() not in (None, "", 0, "0", False) for each in self.more)
