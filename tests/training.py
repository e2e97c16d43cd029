"""Award programmes for tests: what Mei’s centre offers, with a cohort, a learner and a duty."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.cast import Person, person
from trellis.accounts.roles import Role
from trellis.organisations.models import LocalAuthority, Membership
from trellis.training import actions
from trellis.training.cohort_templates import cohort_templates
from trellis.training.models import (
    ClosedDay,
    Cohort,
    Duty,
    Milestone,
    Place,
    Programme,
    Session,
    Survey,
    TrainerAssignment,
)

TEMPLATE = "senco-award-12-days"
TITLE = "Level 3 award for SENCOs"


def a_friday(weeks: int = 3) -> date:
    """A Friday some weeks from now."""
    today = timezone.localdate()
    return today + timedelta(days=(4 - today.weekday()) % 7 + 7 * weeks)


def fenwickshire() -> LocalAuthority:
    return LocalAuthority.objects.get(name="Fenwickshire")


def programme_of(lead: Person, **said: Any) -> Programme:
    """A programme of a person’s centre for Fenwickshire: the one there is, or a new one."""
    there = Programme.objects.filter(centre=lead.organisation, title=said.get("title", TITLE)).first()
    if there:
        return there
    plan = actions.ProgrammePlan(**{"title": TITLE, "authorities": [fenwickshire()], **said})
    return actions.make_programme(plan=plan, by=leading(lead).acting)


def leading(owner: Person) -> Person:
    """Whoever leads programmes at a person’s centre."""
    found = Membership.objects.get(organisation=owner.organisation, role=Role.PROGRAMME_LEAD)
    return Person(found.user, found, found.acting())


def cohort_for(lead: Person, **said: Any) -> Cohort:
    """A new cohort of a person’s centre, of twelve sessions from a Friday on."""
    programme = programme_of(lead)
    planned = {
        "title": "Autumn cohort",
        "authority": fenwickshire(),
        "delivered_by": programme.centre,
        "template": cohort_templates()[TEMPLATE],
        "starts_on": a_friday(),
        "cadence": "weekly",
        "most_places": 30,
        "venue": "Fenwick Library, Meeting Room 2",
    }
    return actions.make_cohort(programme=programme, plan=actions.CohortPlan(**planned | said), by=leading(lead).acting)


def cohort_of(owner: Person) -> Cohort:
    """The cohort that goes with a person: of their centre, or what an authority delivers, or what is held for it.

    Made when there is none. Zofia teaches those of her own centre.
    """
    if owner.organisation.kind == "authority":
        return delivered_by(owner)
    there = (
        Cohort.objects.filter(centre=owner.organisation, delivered_by=owner.organisation).order_by("made_at").first()
    )
    if there:
        return there
    cohort = cohort_for(owner)
    for trainer in Membership.objects.filter(organisation=owner.organisation, role=Role.TRAINER):
        actions.assign_trainer(cohort=cohort, user=trainer.user, by=leading(owner).acting)
    return cohort


def delivered_by(owner: Person) -> Cohort:
    """A cohort that the authority of a person delivers, in a programme of Mei’s centre."""
    there = Cohort.objects.filter(delivered_by=owner.organisation).order_by("made_at").first()
    if there:
        return there
    found = Membership.objects.get(user__name="Mei Castellano")
    lead = Person(found.user, found, found.acting())
    authority = owner.organisation.authority
    programme_of(lead).authorities.add(authority)
    return cohort_for(lead, title="Our own cohort", authority=authority, delivered_by=owner.organisation)


def session_of(owner: Person) -> Session:
    """The first session of a person’s cohort."""
    return cohort_of(owner).sessions.order_by("number")[0]


def place_of(owner: Person, name: str = "Niamh Byrne", **said: Any) -> Place:
    """A learner in a person’s cohort: the one of this name, or a new one."""
    cohort = cohort_of(owner)
    there = cohort.places.filter(name=name).first()
    return there or place_in(cohort, name, by=runs(cohort, owner), **said)


def runs(cohort: Cohort, owner: Person) -> Person:
    """Somebody who looks after a cohort: whoever leads at its centre, or the authority’s own person."""
    return owner if owner.organisation.kind == "authority" else leading(owner)


def place_in(cohort: Cohort, name: str, *, by: Person, **said: Any) -> Place:
    """A new learner in a cohort; the address follows from the name."""
    email = said.pop("email", name.lower().replace(" ", ".") + "@example.org")
    return actions.give_place(cohort=cohort, learner=actions.Learner(name=name, email=email, **said), by=by.acting)


def milestone_of(owner: Person) -> Milestone:
    """What a learner of a person’s cohort has reached."""
    place = place_of(owner)
    there = place.milestones.filter(kind="applied").first()
    day = timezone.localdate()
    by = runs(place.cohort, owner).acting
    return there or actions.mark_milestone(place=place, kind="applied", on=day, by=by)


def duty_of(owner: Person) -> Duty:
    """What Fenwickshire, or a person’s authority, owes."""
    if owner.organisation.kind == "authority":
        cohort = delivered_by(owner)
        programme, authority = cohort.programme, cohort.authority
    else:
        programme, authority = programme_of(owner), fenwickshire()
    there = Duty.objects.filter(programme=programme, authority=authority).first()
    lead = Membership.objects.get(organisation=programme.centre, role=Role.PROGRAMME_LEAD)
    day = timezone.localdate() - timedelta(days=100)
    return there or actions.add_duty(programme=programme, authority=authority, contract_on=day, by=lead.acting())


def teaching_of(owner: Person) -> TrainerAssignment:
    """Somebody who teaches a person’s cohort."""
    cohort = cohort_of(owner)
    there = cohort.trainers.live().first()
    by = runs(cohort, owner)
    return there or actions.assign_trainer(cohort=cohort, user=by.user, by=by.acting)


def token_of(owner: Person) -> str:
    """The secret of the address of the dates of a learner without an account."""
    return actions.token_of(actions.feed_of_place(place_of(owner)))


def calendar_token_of(owner: Person) -> str:
    """The secret of the address of their calendar."""
    place = place_of(owner)
    actions.feed_of_place(place)
    return actions.token_of(place.feeds.for_calendars().get())


def programme_for(owner: Person) -> Programme:
    """The programme that goes with a person: of their centre, or one held for their authority."""
    return delivered_by(owner).programme if owner.organisation.kind == "authority" else programme_of(owner)


def new_trainer(owner: Person, name: str = "Beatriz Nunes") -> Person:
    """One more trainer of a person’s centre."""
    return person(name, owner.organisation, Role.TRAINER)


def closed_by(owner: Person) -> ClosedDay:
    """A day on which a person’s centre is closed; a school holiday of the authority of somebody there."""
    day = a_friday(20)
    there = ClosedDay.objects.filter(on=day)
    if owner.organisation.kind == "authority":
        holiday = {"kind": "school_holiday", "authority": owner.organisation.authority, "name": "Half term"}
        return there.filter(authority=holiday["authority"]).first() or ClosedDay.objects.create(
            on=day, source="A test", **holiday
        )
    centre = {"kind": "centre_closed", "centre": owner.organisation}
    return there.filter(**centre).first() or ClosedDay.objects.create(
        on=day, name="A day for ourselves", source="A test", **centre
    )


def survey_of(owner: Person) -> Survey:
    """A survey of the programme that goes with a person."""
    programme = programme_for(owner)
    said = {"name": "Confidence scales", "moment": "before", "note": "On paper, on the first day"}
    return programme.surveys.first() or Survey.objects.create(programme=programme, **said)
