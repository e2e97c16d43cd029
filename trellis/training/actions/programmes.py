"""Setting up a programme, and changing it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from trellis.accounts.roles import Permission
from trellis.core.audit import record
from trellis.core.refusal import Refused
from trellis.qualifications.models import Qualification
from trellis.training.actions.next_starts import follow_next_start
from trellis.training.models import Programme
from trellis.training.rules.duties import DUE_MONTHS
from trellis.training.rules.minutes import AWARD_MINUTES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.organisations.models import LocalAuthority, Region


@dataclass(frozen=True)
class ProgrammePlan:
    """What is said of a programme."""

    title: str
    qualification_title: str = ""
    qualification_key: str = ""
    funder: str = ""
    partners: str = ""
    for_professionals: bool = True
    for_parents: bool = False
    grant_from: date | None = None
    grant_to: date | None = None
    target_started: int | None = None
    target_completed: int | None = None
    minimum_attendance: int = 80
    minimum_guided_minutes: int = AWARD_MINUTES
    who_is_eligible: str = ""
    second_cohort_months: int = DUE_MONTHS
    regions: Sequence[Region] = field(default=())
    authorities: Sequence[LocalAuthority] = field(default=())

    @property
    def columns(self) -> dict[str, Any]:
        """What stands in the programme itself."""
        return {name: value for name, value in vars(self).items() if name not in ("regions", "authorities")}


@transaction.atomic
def make_programme(*, plan: ProgrammePlan, by: Acting) -> Programme:
    """Set up a programme of the person’s own centre. Raises `Refused`."""
    _must_lead(by)
    _must_be_new(plan.title, by)
    _must_be_nameable(plan.qualification_key, by)
    programme = Programme.objects.create(centre_id=by.organisation_id, made_by=by.user, **plan.columns)
    programme.regions.set(plan.regions)
    programme.authorities.set(plan.authorities)
    record(by=by, verb="programme.made", subject=programme, change={"title": plan.title})
    return programme


@transaction.atomic
def change_programme(*, programme: Programme, plan: ProgrammePlan, by: Acting) -> Programme:
    """Change what is said of a programme; when nothing differs, nothing is written. Raises `Refused`."""
    _must_lead(by)
    if programme.centre_id != by.organisation_id:
        raise Refused("Only the centre itself can change its programme")
    if plan.title != programme.title:
        _must_be_new(plan.title, by)
    if plan.qualification_key != programme.qualification_key:
        _must_be_nameable(plan.qualification_key, by)
    change: dict[str, Any] = {
        name: [getattr(programme, name), value]
        for name, value in plan.columns.items()
        if getattr(programme, name) != value
    }
    for name, (_before, after) in change.items():
        setattr(programme, name, after)
    if change:
        programme.save(update_fields=list(change))
    for name in ("regions", "authorities"):
        before, after = set(getattr(programme, name).all()), set(getattr(plan, name))
        if before != after:
            getattr(programme, name).set(after)
            change[name] = [len(before), len(after)]
    if change:
        record(by=by, verb="programme.changed", subject=programme, change=change)
    for key in change.get("qualification_key", []):
        follow_next_start(key)
    return programme


def _must_lead(by: Acting) -> None:
    if not by.may(Permission.RUN_PROGRAMMES):
        raise Refused("Only whoever leads programmes at the centre can do this")


def _must_be_new(title: str, by: Acting) -> None:
    if Programme.objects.filter(centre_id=by.organisation_id, title=title).exists():
        raise Refused("There is a programme with this title already")


def _must_be_nameable(key: str, by: Acting) -> None:
    others = Qualification.objects.filter(key=key).exclude(owner=None).exclude(owner_id=by.organisation_id)
    if key and others.exists():
        raise Refused("This course is another centre’s own. Choose an entry of the catalogue or a course of yours")
