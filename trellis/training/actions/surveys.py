"""Saying which surveys a programme uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from trellis.accounts.roles import Permission
from trellis.core.audit import record
from trellis.core.refusal import Refused
from trellis.training.models import Survey

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.training.models import Programme


@dataclass(frozen=True)
class SurveyPlan:
    """What is said of a survey."""

    name: str
    moment: str
    weeks: int | None = None
    link: str = ""
    note: str = ""


@transaction.atomic
def add_survey(*, programme: Programme, plan: SurveyPlan, by: Acting) -> Survey:
    """Add a survey to a programme of the person’s own centre. Raises `Refused`."""
    _must_lead(programme, by)
    survey = Survey.objects.create(programme=programme, **vars(plan))
    record(by=by, verb="survey.added", subject=programme, change={"survey": plan.name})
    return survey


@transaction.atomic
def change_survey(*, survey: Survey, plan: SurveyPlan, by: Acting) -> Survey:
    """Change a survey; when nothing differs, nothing is written. Raises `Refused`."""
    _must_lead(survey.programme, by)
    change = {
        name: [getattr(survey, name), value] for name, value in vars(plan).items() if getattr(survey, name) != value
    }
    if not change:
        return survey
    for name, (_before, after) in change.items():
        setattr(survey, name, after)
    survey.save(update_fields=list(change))
    record(by=by, verb="survey.changed", subject=survey.programme, change={"survey": survey.name, **change})
    return survey


@transaction.atomic
def remove_survey(*, survey: Survey, by: Acting) -> None:
    """Take a survey out of a programme. Raises `Refused`."""
    _must_lead(survey.programme, by)
    name = survey.name
    if not Survey.objects.filter(pk=survey.pk).delete()[0]:
        raise Refused("Somebody has taken this out meanwhile")
    record(by=by, verb="survey.removed", subject=survey.programme, change={"survey": name})


def _must_lead(programme: Programme, by: Acting) -> None:
    if not by.may(Permission.RUN_PROGRAMMES) or programme.centre_id != by.organisation_id:
        raise Refused("Only whoever leads programmes at the centre can do this")
