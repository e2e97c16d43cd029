"""Planning a cohort: asking settings, which agree to be counted and can withdraw; counting them, giving up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.audit import record
from trellis.core.refusal import Refused, refuse
from trellis.staffing.models import Colleague, UsualDay
from trellis.training.models import Counted, Planning, PlanningStatus
from trellis.training.planning import who_is_counted
from trellis.training.rules.planning import (
    why_not_be_counted,
    why_not_from,
    why_not_move_planning,
    why_not_until,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.organisations.models import LocalAuthority
    from trellis.training.models import Programme

NOT_YOURS = "You can plan cohorts of your own centre only"


@dataclass(frozen=True)
class PlanningSaid:
    """What is asked of a cohort that is being planned."""

    title: str
    authority: LocalAuthority
    template: str
    cadences: list[str]
    shapes: list[str]
    first_from: date
    first_until: date
    over_by: date
    weekdays: list[int]
    not_on: list[str]
    venue: str
    venue_weekdays: list[int]
    venue_not_on: list[str]
    other_venue: str = ""
    other_venue_weekdays: list[int] | None = None
    other_venue_not_on: list[str] | None = None


@transaction.atomic
def make_planning(*, programme: Programme, said: PlanningSaid, by: Acting) -> Planning:
    """Begin to plan a cohort: settings of the authority can agree from now on. Raises `Refused`."""
    if not by.may(Permission.RUN_COHORTS) or by.organisation_id != programme.centre_id:
        raise Refused(NOT_YOURS)
    if not programme.authorities.filter(pk=said.authority.pk).exists():
        raise Refused("This programme is not held for that authority. Add it to the programme first")
    today = timezone.localdate()
    refuse(why_not_from(said.first_from, today=today) or why_not_until(said.over_by, today=today))
    told = {name: value for name, value in vars(said).items() if value is not None}
    planning = Planning.objects.create(programme=programme, centre_id=programme.centre_id, made_by=by.user, **told)
    record(by=by, verb="planning.made", subject=planning, change={"title": planning.title})
    return planning


@transaction.atomic
def move_planning(*, planning: Planning, to: str, by: Acting) -> Planning:
    """Count those that have agreed, or give up. Whoever would go is forgotten when it is given up. Raises `Refused`."""
    found = hold_planning(planning, by)
    refuse(why_not_move_planning(status=found.status, to=to, agreed=len(who_is_counted(found))))
    if to == PlanningStatus.USED:
        raise Refused("Set up the cohort from an alternative")
    set_status(found, to)
    record(by=by, verb=f"planning.{to}", subject=found)
    return found


@transaction.atomic
def be_counted(
    *,
    planning: Planning,
    people: Sequence[Colleague],
    travel: int,
    name_told: bool,
    by: Acting,
    other_travel: int = 0,
) -> Counted:
    """A setting agrees to be counted, or says something else of it. Raises `Refused`."""
    found = lock_planning(planning)
    refuse(
        why_not_be_counted(
            status=found.status,
            here=by.may(Permission.BOOK_TRAINING) and by.authority_id == found.authority_id,
            people=len(people),
            written=UsualDay.objects.filter(organisation_id=by.organisation_id).exists(),
        )
    )
    if any(each.organisation_id != by.organisation_id for each in people):
        raise Refused("Choose from the people of your own week")
    told: dict[str, Any] = {
        "travel": travel,
        "other_travel": other_travel,
        "name_told": name_told,
        "would_go": len(people),
    }
    agreed, new = Counted.objects.get_or_create(
        planning=found, setting_id=by.organisation_id, withdrawn_at=None, defaults=told | {"agreed_by": by.user}
    )
    if not new:
        for name, value in told.items():
            setattr(agreed, name, value)
        agreed.agreed_at, agreed.agreed_by = timezone.now(), by.user
        agreed.save(update_fields=[*told, "agreed_at", "agreed_by"])
    agreed.people.set(people)
    record(by=by, verb="planning.agreed", subject=agreed, change={"name_told": name_told, "people": len(people)})
    return agreed


@transaction.atomic
def stop_being_counted(*, counted: Counted, by: Acting) -> Counted:
    """A setting is not counted any more, and its name is not told any more: at any time. Raises `Refused`."""
    lock_planning(counted.planning)
    found = Counted.objects.get(pk=counted.pk)
    if found.setting_id != by.organisation_id or not by.may(Permission.BOOK_TRAINING):
        raise Refused("You can withdraw your own setting only")
    if found.withdrawn_at is None:
        found.withdrawn_at, found.withdrawn_by, found.name_told = timezone.now(), by.user, False
        found.save(update_fields=["withdrawn_at", "withdrawn_by", "name_told"])
        found.people.clear()
        record(by=by, verb="planning.withdrawn", subject=found)
    return found


def set_status(planning: Planning, to: str) -> None:
    """Bring a planning to a status; when it is over, who would go is forgotten."""
    planning.status = to
    planning.save(update_fields=["status", "cohort"])
    if to in (PlanningStatus.USED, PlanningStatus.DROPPED):
        Counted.people.through.objects.filter(counted__planning=planning).delete()


def lock_planning(planning: Planning) -> Planning:
    """The planning as it stands, kept as it is until this is done."""
    Planning.objects.filter(pk=planning.pk).update(status=F("status"))
    return Planning.objects.select_related("programme__centre", "authority").get(pk=planning.pk)


def hold_planning(planning: Planning, by: Acting) -> Planning:
    """The planning as it stands, for somebody of its centre. Raises `Refused`."""
    if not by.may(Permission.RUN_COHORTS) or planning.centre_id != by.organisation_id:
        raise Refused(NOT_YOURS)
    return lock_planning(planning)
