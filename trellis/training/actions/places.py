"""Giving somebody a place, noting what they reach, and making void what was noted by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.refusal import refuse
from trellis.training.actions.holding import held_by
from trellis.training.actions.moving import held_in
from trellis.training.actions.reminding import drop_reminders
from trellis.training.actions.seating import Seat, seat
from trellis.training.actions.telling import tell_learner
from trellis.training.actions.visit_places import give_back_visits_of
from trellis.training.models import LearnerRole, Milestone, MilestoneKind, Place, PlaceStatus, VisitOfferStatus
from trellis.training.rules.milestones import STATUS_AFTER, why_not_mark, why_not_void
from trellis.training.rules.places import why_not_place

if TYPE_CHECKING:
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.organisations.models import LocalAuthority, Provider
    from trellis.training.models import Cohort


@dataclass(frozen=True)
class Learner:
    """Somebody who is given a place: who they are and where they work. `email` is in small letters."""

    name: str
    email: str
    authority: LocalAuthority | None = None
    provider: Provider | None = None
    setting_name: str = ""
    role: str = LearnerRole.SENCO


@transaction.atomic
def give_place(*, cohort: Cohort, learner: Learner, by: Acting) -> Place:
    """Give somebody a place in a cohort, and tell them. Raises `Refused` when there is none left.

    The cohort is held meanwhile, so that two people cannot get the last place.
    """
    found = held_by(cohort.pk, by)
    provider = learner.provider
    organisation = getattr(provider, "organisation", None) if provider else None
    who = Seat(
        name=learner.name,
        email=learner.email,
        role=learner.role,
        authority_id=learner.authority.pk if learner.authority else found.authority_id,
        provider_id=provider.pk if provider else None,
        setting_id=organisation.pk if organisation else None,
        setting_name=learner.setting_name or (provider.name if provider else ""),
    )
    return seat(cohort=found, who=who, placed_by=by.user.pk, by=by)


@transaction.atomic
def mark_milestone(*, place: Place, kind: str, on: date, by: Acting, evidence: str = "", reason: str = "") -> Milestone:
    """Note that a learner reached something on a day. Completing and withdrawing end the place. Raises `Refused`."""
    held_by(place.cohort_id, by)
    refuse(why_not_mark(kind=kind, on=on, reached=reached_by(place), today=timezone.localdate(), reason=reason))
    milestone = Milestone.objects.create(
        place=place,
        kind=kind,
        on=on,
        evidence=evidence,
        reason=reason if kind == MilestoneKind.WITHDRAWN else "",
        noted_by=by.user,
    )
    _follow(place)
    if place.status != PlaceStatus.TAKEN:
        for session in place.cohort.sessions.to_come(timezone.localdate()):
            drop_reminders(session, session.on, to=place)
    if place.status == PlaceStatus.WITHDRAWN:
        give_back_visits_of(place=place, user=by.user)
    record(by=by, verb="milestone.noted", subject=place, change={"kind": kind, "on": on})
    return milestone


@transaction.atomic
def withdraw_place(*, place: Place, reason: str, on: date, by: Acting, evidence: str = "") -> Milestone:
    """Note that a learner withdrew and why; somebody else can then have the place. Raises `Refused`."""
    return mark_milestone(place=place, kind=MilestoneKind.WITHDRAWN, on=on, reason=reason, evidence=evidence, by=by)


@transaction.atomic
def void_milestone(*, milestone: Milestone, because: str, by: Acting) -> Milestone:
    """Make void what was noted by mistake; the place is again as before, but for visits. Raises `Refused`.

    Visits that were given back when somebody withdrew stay so: they are told that they choose again.
    """
    place = milestone.place
    cohort = held_by(place.cohort_id, by)
    found = Milestone.objects.get(pk=milestone.pk)
    reached = reached_by(place)
    refuse(why_not_void(kind=found.kind, voided=found.voided_at is not None, reached=reached, because=because))
    if found.kind == MilestoneKind.WITHDRAWN:
        live = cohort.places.live().exclude(pk=place.pk)
        has_one = live.of_somebody(place.email, place.user_id).exists()
        refuse(why_not_place(cohort="running", taken=held_in(cohort), most=cohort.most_places, has_one=has_one))
    found.voided_at, found.voided_by, found.voided_because = timezone.now(), by.user, because
    found.save(update_fields=["voided_at", "voided_by", "voided_because"])
    _follow(place)
    record(by=by, verb="milestone.voided", subject=place, change={"kind": found.kind, "because": because})
    if found.kind == MilestoneKind.WITHDRAWN:
        _tell_of_visits(place, cohort, found)
    return found


def _tell_of_visits(place: Place, cohort: Cohort, withdrawn: Milestone) -> None:
    """Tell somebody who has their place again that the visits to come that they had chosen are given back."""
    back = place.visits.filter(given_back_at__gte=withdrawn.noted_at, offer__on__gte=timezone.localdate())
    if not back.filter(offer__status=VisitOfferStatus.OFFERED).exists():
        return
    tell_learner(
        place=place,
        cohort=cohort,
        subject="Choose your visit again",
        reason=f"You have your place in “{cohort.title}” again, but not the visit that you had chosen. Please choose again.",
        once_key=f"milestone {withdrawn.pk} void",
    )


def reached_by(place: Place) -> dict[str, date]:
    """What stands of a learner’s milestones: kind → day."""
    return dict(place.milestones.standing().values_list("kind", "on"))


def _follow(place: Place) -> None:
    """The place stands where the milestones say."""
    reached = reached_by(place)
    ended = [status for kind, status in STATUS_AFTER.items() if kind in reached]
    place.status = ended[-1] if ended else PlaceStatus.TAKEN
    place.save(update_fields=["status"])
