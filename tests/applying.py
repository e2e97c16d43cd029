"""Applications for tests: to programmes of Mei’s centre, in whatever state a test needs."""

from __future__ import annotations

from typing import Any

from tests.cast import Person
from tests.training import a_friday, cohort_of, fenwickshire, leading, programme_for
from trellis.organisations.models import Membership
from trellis.training import actions
from trellis.training.actions import Answer
from trellis.training.actions.applicants_work import setting_columns
from trellis.training.actions.application_links import make_key
from trellis.training.models import Application, Cohort, KeyFor, Programme

YES = Answer(agreed=True, release=True, cover=True, ratio=True, observation=True, name="Ines Carvalho")
ANSWERED = [
    *("cohort", "setting", "authority", "role", "level-3", "level-3-which", "years", "training"),
    *("funded", "funding", "beside", "needs", "manager"),
]
SAID: dict[str, Any] = {
    "setting_name": "Willow Pre-school",
    "in_england": True,
    "role": "senco",
    "level_3": "held",
    "level_3_title": "Diploma for the early years workforce",
    "years": 4,
    "earlier": "none",
    "funded_before": False,
    "paid_by": "grant",
    "manager_name": "Ines Carvalho",
    "manager_email": "ines.carvalho@example.org",
    "answered": ANSWERED,
}


def open_cohort(owner: Person, **said: Any) -> Cohort:
    """A person’s cohort, open for applications."""
    cohort = cohort_of(owner)
    Cohort.objects.filter(pk=cohort.pk).update(**{"status": "open"} | said)
    cohort.refresh_from_db()
    return cohort


def another_cohort(owner: Person, **said: Any) -> Cohort:
    """One more open cohort of the same programme."""
    first = cohort_of(owner)
    values = {"title": "Spring cohort", "starts_on": a_friday(12), "most_places": 30, "status": "open"} | said
    copied = {name: getattr(first, name) for name in ("programme", "centre", "authority", "delivered_by", "cadence")}
    return Cohort.objects.create(**copied | {"made_by": first.made_by} | values)


def draft_in(programme: Programme, name: str = "Niamh Byrne", **said: Any) -> Application:
    """An application that is written and not sent: everything is answered."""
    email = said.pop("email", name.lower().replace(" ", ".") + "@example.org")
    wanted, work = said.pop("wanted", []), said.pop("work", None)
    where = setting_columns(work) if work else {"authority": fenwickshire()}
    values = SAID | where | said
    centre = programme.centre_id
    application = Application.objects.create(programme=programme, centre_id=centre, name=name, email=email, **values)
    application.wanted.set(wanted)
    return application


def application_of(owner: Person, name: str = "", **said: Any) -> Application:
    """An application to a person’s programme: the one of this name, or one that the rules find eligible.

    To an authority’s person, for the cohort that it delivers.
    """
    cohort = open_cohort(owner)
    if owner.organisation.kind == "authority":
        name, said = name or "Oona Reilly", {"wanted": [cohort]} | said
    name, programme = name or "Niamh Byrne", programme_for(owner)
    there = Application.objects.filter(programme=programme, name=name).first()
    if there:
        return there
    return agreed(sent(draft_in(programme, name, **said)))


def sent(application: Application) -> Application:
    return actions.send_application(application=application)


def agreed(application: Application) -> Application:
    """The manager has said yes, and the rules have looked at it; of what they had refused already nobody was asked."""
    if application.status == "not_eligible":
        return application
    return actions.answer_for_setting(application=application, answer=YES)


def waiting(owner: Person, name: str, **said: Any) -> Application:
    """Somebody on the waiting list."""
    application = application_of(owner, name, **said)
    return actions.put_on_list(application=application, by=leading(owner).acting)


def offered(owner: Person, name: str = "Niamh Byrne", **said: Any) -> Application:
    """Somebody with an offer that waits for an answer."""
    application = application_of(owner, name, **said)
    if application.status == "eligible":
        until = a_friday(1)
        actions.offer_place(application=application, cohort=open_cohort(owner), until=until, by=leading(owner).acting)
    return application


def token_of(application: Application, opens_for: str = KeyFor.APPLICANT) -> str:
    """A new link to an application."""
    return make_key(application, opens_for)


def mei() -> Person:
    """Whoever leads programmes at the centre of the cast."""
    found = Membership.objects.get(user__name="Mei Castellano")
    return Person(found.user, found, found.acting())


def booked_by(owner: Person) -> Application:
    """Somebody whom a person applied for, for their setting."""
    programme = to_apply_for(owner)
    there = Application.objects.filter(programme=programme, booked_by=owner.user).first()
    if there:
        return there
    booking = actions.Booking(name="Liam Fox", email="liam.fox@example.org", role="practitioner")
    actions.book_person(programme=programme, booking=booking, by=owner.acting)
    return Application.objects.get(programme=programme, booked_by=owner.user)


def to_apply_for(_person: Person) -> Programme:
    """The programme of Mei’s centre, with a cohort that is open."""
    return open_cohort(mei()).programme


def draft_of_mei() -> Application:
    """Somebody’s application to Mei’s centre that is not sent."""
    programme = to_apply_for(mei())
    return Application.objects.filter(programme=programme, status="draft").first() or draft_in(programme, "Oskar Bell")


def refused_of_mei() -> Application:
    """An application to which the setting has said no."""
    programme = to_apply_for(mei())
    there = Application.objects.filter(programme=programme, status="manager_refused").first()
    no = Answer(agreed=False, because="Nobody can cover", name="Ines Carvalho")
    return there or actions.answer_for_setting(application=sent(draft_in(programme, "Noor Amin")), answer=no)


def token_for_manager() -> str:
    """A link for the manager of somebody whose application is sent."""
    programme = to_apply_for(mei())
    there = Application.objects.filter(programme=programme, status="submitted").first()
    return token_of(there or sent(draft_in(programme, "Femi Balogun")), KeyFor.MANAGER)


def own_of(person: Person) -> Application:
    """A person’s own application to Mei’s centre."""
    there = Application.objects.filter(user=person.user).first()
    return there or draft_in(to_apply_for(person), person.user.name, email=person.user.email, user=person.user)


def asked_about_another() -> dict[str, Any]:
    """A link of somebody who waits for one cohort, and another that they were asked about."""
    lead = mei()
    first, other = open_cohort(lead), another_cohort(lead)
    application = waiting(lead, "Esme Clarke", wanted=[first])
    application.asked_about.add(other)
    return {"token": token_of(application), "cohort_id": other.pk}
