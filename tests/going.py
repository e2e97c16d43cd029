"""Visits of learners for tests: what a host offers, a learner who goes there, and what they wrote about it."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.training import cohort_of, place_of, runs
from trellis.organisations.models import Organisation
from trellis.training import actions
from trellis.training.models import Reflection, Session, VisitOffer, VisitPlace

if TYPE_CHECKING:
    from tests.cast import Person

HOST = "Bramble Lane Nursery"


def visit_session_of(owner: Person, kind: str = "setting_visit") -> Session:
    """The session of a person’s cohort that is a visit."""
    return cohort_of(owner).sessions.select_related("cohort").get(kind=kind)


def priyas_visit(owner: Person) -> Session:
    """The visit of a person’s cohort, in which Priya has a place, and to which she goes."""
    going_of(owner, "Priya Nair")
    return visit_session_of(owner)


def plan(session: Session, **said: Any) -> actions.VisitPlan:
    """What a nursery of the cast offers, which is on Trellis."""
    host = said.pop("host", Organisation.objects.filter(name=HOST).first())
    planned = {
        "host_name": HOST,
        "address": "14 Bramble Lane, Fenwick",
        "on": session.on,
        "starts": time(10, 0),
        "ends": time(12, 0),
        "places": 2,
        "bring": "Photo identification. No DBS certificate is asked for.",
        "travel": "Bus 14 to Bramble Lane",
        "prompts": "How children say what they want\nWhat is within reach",
        "contact": "Amara Okafor at the front door",
    }
    return actions.VisitPlan(host=host, **planned | said)


def offer_of(owner: Person, **said: Any) -> VisitOffer:
    """What is offered in a person’s cohort: the one there is at this host, or a new one."""
    session = visit_session_of(owner)
    there = session.visit_offers.filter(host_name=said.get("host_name", HOST)).first()
    by = runs(session.cohort, owner).acting
    return there or actions.add_visit_offer(session=session, plan=plan(session, **said), by=by)


def going_of(owner: Person, name: str = "Niamh Byrne") -> VisitPlace:
    """A learner of a person’s cohort who goes there."""
    offer, place, by = offer_of(owner), place_of(owner, name), runs(cohort_of(owner), owner)
    there = VisitPlace.objects.live().filter(offer=offer, place=place).first()
    return there or actions.take_visit(offer=offer, place=place, user=by.user, by=by.acting)


def it_was(offer: VisitOffer, days: int = 1) -> VisitOffer:
    """The offer as it stands some days after the visit."""
    VisitOffer.objects.filter(pk=offer.pk).update(on=timezone.localdate() - timedelta(days=days))
    offer.refresh_from_db()
    return offer


def reflection_of(owner: Person) -> Reflection:
    """What a learner of a person’s cohort wrote about their visit."""
    visit = going_of(owner)
    there = Reflection.objects.filter(visit=visit).first()
    if there:
        return there
    it_was(visit.offer)
    by = runs(cohort_of(owner), owner).acting
    return actions.write_reflection(visit=visit, text="They use picture cards at snack time.", criteria=["1m"], by=by)
