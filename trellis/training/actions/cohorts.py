"""Setting up a cohort from a template, moving it on, and who teaches it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.audit import record
from trellis.core.refusal import Refused, refuse
from trellis.organisations.models import Membership, Organisation, OrganisationKind
from trellis.training.actions.holding import held_by
from trellis.training.actions.moving import held_in
from trellis.training.actions.next_starts import follow_next_start
from trellis.training.actions.reminding import drop_reminders
from trellis.training.actions.telling import tell_cohort
from trellis.training.actions.visits import tell_hosts_that_it_is_off
from trellis.training.models import (
    ClosedDay,
    Cohort,
    CohortFunding,
    CohortStatus,
    Part,
    Programme,
    Session,
    SessionStatus,
    TrainerAssignment,
)
from trellis.training.rules.cohorts import why_not_change_cohort, why_not_move_cohort
from trellis.training.rules.dates import cohort_dates, why_not_these_dates

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User
    from trellis.organisations.models import LocalAuthority
    from trellis.training.cohort_templates import CohortTemplate


def who_can_deliver(programme: Programme) -> QuerySet[Organisation]:
    """The centre, and the authorities of the programme that are on Trellis."""
    there = Q(kind=OrganisationKind.AUTHORITY, authority__in=programme.authorities.values("pk"))
    return Organisation.objects.filter(Q(pk=programme.centre_id) | there).order_by("name", "pk")


def who_can_teach(cohort: Cohort) -> QuerySet[Membership]:
    """The people of the centre, and of whoever delivers a cohort, who may mark attendance."""
    found = Membership.objects.who_may(Permission.MARK_ATTENDANCE).select_related("user")
    return found.filter(organisation__in=[cohort.centre_id, cohort.delivered_by_id])


@dataclass(frozen=True)
class CohortPlan:
    """What is said of a new cohort. Its sessions come from the template, on the days that follow from the first."""

    title: str
    authority: LocalAuthority
    delivered_by: Organisation
    template: CohortTemplate
    starts_on: date
    cadence: str
    most_places: int
    least_places: int = 1
    venue: str = ""
    access_notes: str = ""
    online_link: str = ""
    paid_by: str = CohortFunding.GRANT
    weekend: bool = False
    days: tuple[date, ...] = ()
    """The days of its sessions, where they are known already."""
    venues: tuple[str, ...] = ()
    """Of each session, where it is not at the venue of the cohort."""

    @property
    def columns(self) -> dict[str, Any]:
        """What stands in the cohort itself."""
        apart = ("template", "weekend", "days", "venues")
        return {name: value for name, value in vars(self).items() if name not in apart}


def days_for(plan: CohortPlan, centre_id: UUID) -> list[date]:
    """The days of the sessions of a cohort: in its rhythm, without bank holidays, the school holidays there and days of the centre."""
    if plan.days:
        return list(plan.days)
    closed = ClosedDay.objects.of(plan.authority.pk, centre_id).days(plan.starts_on)
    return cohort_dates(plan.starts_on, len(plan.template.sessions), cadence=plan.cadence, closed=closed)


def why_not_make(plan: CohortPlan, days: list[date], today: date) -> str | None:
    """Why a cohort cannot be held as planned, or None if it can."""
    return why_not_these_dates(plan.starts_on, days, len(plan.template.sessions), today=today, weekend=plan.weekend)


@transaction.atomic
def make_cohort(*, programme: Programme, plan: CohortPlan, by: Acting) -> Cohort:
    """Set up a cohort with its sessions and their parts. Raises `Refused`.

    A cohort that an authority delivers is approved when whoever leads the programme sets it up; else it waits.
    """
    may_run = by.may(Permission.RUN_COHORTS) and by.organisation_id in (programme.centre_id, plan.delivered_by.pk)
    if not may_run:
        raise Refused("You can set up cohorts of your own organisation only")
    if plan.delivered_by.pk != programme.centre_id and plan.delivered_by.kind != OrganisationKind.AUTHORITY:
        raise Refused("A cohort is delivered by the centre or by an authority")
    if not programme.authorities.filter(pk=plan.authority.pk).exists():
        raise Refused("This programme is not held for that authority. Add it to the programme first")
    days = days_for(plan, programme.centre_id)
    refuse(why_not_make(plan, days, timezone.localdate()))
    approves = by.may(Permission.RUN_PROGRAMMES) and plan.delivered_by.pk != programme.centre_id
    cohort = Cohort.objects.create(
        programme=programme,
        centre_id=programme.centre_id,
        template=plan.template.key,
        made_by=by.user,
        approved_at=timezone.now() if approves else None,
        approved_by=by.user if approves else None,
        **plan.columns | {"starts_on": days[0]},  # the day that was asked for may be closed
    )
    _add_sessions(cohort, plan, days)
    change = {"title": cohort.title, "sessions": len(days)}
    record(by=by, verb="cohort.made", subject=cohort, change=change)
    return cohort


def _add_sessions(cohort: Cohort, plan: CohortPlan, days: list[date]) -> None:
    template = plan.template
    where = plan.venues or ("",) * len(days)
    sessions = [
        Session(
            cohort=cohort,
            number=number,
            kind=each.kind,
            title=each.title,
            on=day,
            starts=each.starts,
            ends=each.ends,
            venue=venue,
        )
        for number, (each, day, venue) in enumerate(zip(template.sessions, days, where, strict=True), start=1)
    ]
    Session.objects.bulk_create(sessions)
    Part.objects.bulk_create(
        Part(
            session=session,
            position=position,
            label=part.label,
            starts=part.starts,
            ends=part.ends,
            planned_minutes=part.planned,
            guided_minutes=part.guided,
            criteria=list(part.criteria),
        )
        for session, each in zip(sessions, template.sessions, strict=True)
        for position, part in enumerate(each.parts, start=1)
    )


@transaction.atomic
def approve_cohort(*, cohort: Cohort, by: Acting) -> Cohort:
    """Approve that an authority delivers a cohort. Raises `Refused`."""
    if not by.may(Permission.RUN_PROGRAMMES) or cohort.centre_id != by.organisation_id:
        raise Refused("Only whoever leads programmes at the centre can approve this")
    if cohort.is_approved:
        raise Refused("This cohort is approved already")
    cohort.approved_at, cohort.approved_by = timezone.now(), by.user
    cohort.save(update_fields=["approved_at", "approved_by"])
    record(by=by, verb="cohort.approved", subject=cohort)
    return cohort


@transaction.atomic
def change_cohort(*, cohort: Cohort, by: Acting, **said: Any) -> Cohort:
    """Change what is said of a cohort: its title, venue, access, link, places. Raises `Refused`.

    What somebody’s calendar shows of it raises the sequence of its sessions to come, whether or not a session has a
    venue of its own.
    """
    found = held_by(cohort.pk, by)
    refuse(why_not_change_cohort(found.status))
    change = {name: [getattr(found, name), value] for name, value in said.items() if getattr(found, name) != value}
    if "most_places" in change and held_in(found) > said["most_places"]:
        raise Refused("More places are taken or offered than that")
    for name, (_before, after) in change.items():
        setattr(found, name, after)
    if not change:
        return found
    found.save(update_fields=list(change))
    if change.keys() & {"title", "venue", "access_notes", "online_link"}:
        found.sessions.to_come(timezone.localdate()).update(sequence=F("sequence") + 1, changed_at=timezone.now())
    record(by=by, verb="cohort.changed", subject=found, change=change)
    if change.keys() & {"venue", "online_link"}:
        tell_cohort(
            cohort=found,
            subject="A course is somewhere else",
            reason=f"“{found.title}” is held somewhere else now.",
            once_key=f"cohort {found.pk} where {timezone.now():%Y%m%d%H%M%S}",
        )
    return found


@transaction.atomic
def move_cohort(*, cohort: Cohort, to: str, by: Acting) -> Cohort:
    """Move a cohort on: open or close it, let it run, finish it. To cancel one is `cancel_cohort`. Raises `Refused`."""
    found = held_by(cohort.pk, by)
    if to == CohortStatus.CANCELLED:
        raise Refused("Say why the cohort is cancelled")
    days = list(found.sessions.held().order_by("on").values_list("on", flat=True))
    refuse(
        why_not_move_cohort(
            status=found.status,
            to=to,
            approved=found.is_approved,
            first=days[0] if days else None,
            last=days[-1] if days else None,
            today=timezone.localdate(),
        )
    )
    change = {"status": [found.status, to]}
    found.status = to
    found.save(update_fields=["status"])
    record(by=by, verb="cohort.moved", subject=found, change=change)
    follow_next_start(found.programme.qualification_key)
    return found


@transaction.atomic
def cancel_cohort(*, cohort: Cohort, because: str, by: Acting) -> Cohort:
    """Cancel a cohort and its sessions to come, and tell learners and trainers once. Raises `Refused`."""
    found = held_by(cohort.pk, by)
    refuse(why_not_change_cohort(found.status))
    if not because:
        raise Refused("Say why the cohort is cancelled")
    change = {"status": [found.status, CohortStatus.CANCELLED], "because": because}
    to_come = list(found.sessions.to_come(timezone.localdate()))
    for session in to_come:
        drop_reminders(session, session.on)
    Session.objects.filter(pk__in=[session.pk for session in to_come]).update(
        status=SessionStatus.CANCELLED,
        cancelled_because=because,
        sequence=F("sequence") + 1,
        changed_at=timezone.now(),
    )
    found.status, found.cancelled_because = CohortStatus.CANCELLED, because
    found.save(update_fields=["status", "cancelled_because"])
    record(by=by, verb="cohort.cancelled", subject=found, change=change)
    follow_next_start(found.programme.qualification_key)
    tell_hosts_that_it_is_off(found.sessions.all())
    tell_cohort(
        cohort=found,
        subject="A course is cancelled",
        reason=f"The sessions of “{found.title}” that were still to come are cancelled.",
        once_key=f"cohort {found.pk} cancelled",
    )
    return found


@transaction.atomic
def assign_trainer(*, cohort: Cohort, user: User, by: Acting) -> TrainerAssignment:
    """Let somebody of the centre, or of whoever delivers it, teach a cohort. Raises `Refused`."""
    found = held_by(cohort.pk, by)
    refuse(why_not_change_cohort(found.status))
    if not who_can_teach(found).filter(user=user).exists():
        raise Refused("They do not teach at the centre or at whoever delivers this cohort")
    if found.trainers.filter(user=user, ended_at__isnull=True).exists():
        raise Refused("They teach this cohort already")
    teaching = TrainerAssignment.objects.create(cohort=found, user=user)
    record(by=by, verb="cohort.trainer_assigned", subject=found, change={"trainer": user.name})
    return teaching


@transaction.atomic
def end_assignment(*, teaching: TrainerAssignment, by: Acting) -> TrainerAssignment:
    """Let somebody teach a cohort no more. Raises `Refused`."""
    found = held_by(teaching.cohort_id, by)
    if teaching.ended_at:
        raise Refused("They teach this cohort no more already")
    teaching.ended_at, teaching.ended_by = timezone.now(), by.user
    teaching.save(update_fields=["ended_at", "ended_by"])
    record(by=by, verb="cohort.trainer_ended", subject=found, change={"trainer": teaching.user.name})
    return teaching
