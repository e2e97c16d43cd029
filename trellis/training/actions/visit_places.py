"""Going to a visit: a learner takes a place, gives it back, and writes about it afterwards.

The cohort is held meanwhile, so that two learners cannot get the last place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.refusal import Refused, refuse
from trellis.core.rules.names import looks_like_data
from trellis.training.actions.holding import hold_cohort
from trellis.training.actions.reminding import drop_reminders
from trellis.training.models import Cohort, Part, Place, Reflection, VisitOffer, VisitPlace
from trellis.training.rules.visits import (
    why_not_by_link,
    why_not_give_back,
    why_not_reflect,
    why_not_take,
    why_not_these_criteria,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from trellis.accounts.models import User
    from trellis.core.audit import Actor
    from trellis.training.models import Session


@transaction.atomic
def take_visit(*, offer: VisitOffer, place: Place, user: User | None, by: Actor) -> VisitPlace:
    """A learner goes to a visit; the place that they had in another of the same session is free. Raises `Refused`."""
    cohort = hold_cohort(offer.session.cohort_id)
    found = VisitOffer.objects.select_related("session").get(pk=offer.pk)
    learner = Place.objects.filter(pk=place.pk, cohort=cohort).first()
    if learner is None:
        raise Refused("Only somebody who has a place in the course can go to its visits")
    today = timezone.localdate()
    live = VisitPlace.objects.live().filter(session=found.session, place=learner)
    before = live.select_related("offer", "reflection").first()
    if before and before.offer_id == found.pk:
        return before
    refuse(
        why_not_take(
            status=found.status,
            session=found.session.status,
            cohort=cohort.status,
            place=learner.status,
            on=found.on,
            today=today,
            taken=found.taken_places.live().count(),
            places=found.places,
        )
    )
    if before:
        refuse(_why_not_give_back(before))
        give_back(before, user)
    visit = VisitPlace.objects.create(offer=found, session=found.session, place=learner, taken_by=user)
    if found.on != found.session.on:
        drop_reminders(found.session, found.session.on, to=learner)
    record(by=by, verb="visit_place.taken", subject=visit, organisation_id=_chain(by, cohort))
    return visit


@transaction.atomic
def give_back_visit(*, visit: VisitPlace, user: User | None, by: Actor) -> VisitPlace:
    """A learner does not go to a visit after all; somebody else can. Raises `Refused`."""
    cohort = hold_cohort(visit.offer.session.cohort_id)
    found = VisitPlace.objects.select_related("offer", "reflection").get(pk=visit.pk)
    refuse(_why_not_give_back(found))
    give_back(found, user)
    record(by=by, verb="visit_place.given_back", subject=found, organisation_id=_chain(by, cohort))
    return found


def _why_not_give_back(visit: VisitPlace) -> str | None:
    back, written = visit.given_back_at is not None, hasattr(visit, "reflection")
    return why_not_give_back(back=back, written=written, on=visit.offer.on, today=timezone.localdate())


def give_back(visit: VisitPlace, user: User | None) -> None:
    """Write that a place is given back, for whoever holds the cohort."""
    visit.given_back_at, visit.given_back_by = timezone.now(), user
    visit.save(update_fields=["given_back_at", "given_back_by"])
    if visit.offer.on != visit.session.on:
        drop_reminders(visit.session, visit.offer.on, to=visit.place)


def give_back_visits_of(*, place: Place, user: User) -> None:
    """Whoever leaves a course goes to none of its visits to come.

    What they have written about today stays.
    """
    for each in place.visits.live().filter(offer__on__gte=timezone.localdate(), reflection__isnull=True):
        give_back(each, user)


@transaction.atomic
def write_reflection(*, visit: VisitPlace, text: str, criteria: Sequence[str], by: Actor) -> Reflection:
    """Write about a visit, or write it anew; when nothing differs, nothing is written. Raises `Refused`.

    What was written stands nowhere else, also not in the audit.
    """
    today = timezone.localdate()
    cohort = hold_cohort(visit.offer.session.cohort_id)
    found = VisitPlace.objects.select_related("offer__session__cohort", "place").get(pk=visit.pk)
    back = found.given_back_at is not None
    refuse(why_not_reflect(back=back, off=found.offer.is_off, on=found.offer.on, today=today))
    refuse(why_not_these_criteria(chosen=criteria, known=criteria_of_visit(found.offer.session)))
    refuse(looks_like_data(text, today=today))
    if not text:
        raise Refused("Write what you saw and what you take from it")
    there = Reflection.objects.filter(visit=found).first()
    refuse(
        why_not_by_link(by_link=by.actor_id is None, account=found.place.user_id is not None, written=there is not None)
    )
    if there and (there.text, there.criteria) == (text, list(criteria)):
        return there
    written = there or Reflection(visit=found)
    written.text, written.criteria, written.changed_at = text, list(criteria), timezone.now()
    written.save()
    verb = "reflection.changed" if there else "reflection.written"
    record(by=by, verb=verb, subject=written, change={"criteria": list(criteria)}, organisation_id=_chain(by, cohort))
    return written


def criteria_of_visit(session: Session) -> list[str]:
    """The criteria that a reflection can speak to: those of its session’s parts, or of the whole course if it has none."""
    own = _codes(Part.objects.filter(session=session))
    return own or _codes(Part.objects.filter(session__cohort=session.cohort_id))


def _codes(parts: QuerySet[Part]) -> list[str]:
    found = {code for criteria in parts.values_list("criteria", flat=True) for code in criteria}
    return sorted(found)


def _chain(by: Actor, cohort: Cohort) -> UUID:
    """In whose audit it stands: of whoever acts for an organisation there, of a learner with the centre."""
    return by.organisation_id or cohort.centre_id
