"""A session that comes for people of a setting whose week is written down, for tests."""

from __future__ import annotations

from django.utils import timezone

from tests.cast import Person
from tests.staffing import colleague_of, nursery_of
from tests.training import cohort_for, cohort_of, leading, place_in
from trellis.organisations.models import Membership
from trellis.staffing.actions.colleagues import change_colleague
from trellis.staffing.actions.days import change_day
from trellis.staffing.actions.week import copy_day
from trellis.staffing.models import ChangeKind, Colleague, UsualDay
from trellis.training.models import Cohort, Place, Session

FRIDAY = 4


def week_of_nursery(person: Person) -> dict[str, Colleague]:
    """The nursery of a person’s setting, on Mondays and Fridays."""
    people = nursery_of(person) if not UsualDay.objects.visible_to(person.acting).exists() else {}
    monday = UsualDay.objects.visible_to(person.acting).whole().get(weekday=0)
    copy_day(usual=monday, to=[FRIDAY], by=person.acting)
    return people


def goes_of(owner: Person, lead: Person, name: str, colleague: str = "") -> Place:
    """Somebody of a person’s setting has a place in a cohort of a centre, and is this colleague of its week."""
    cohort = cohort_of(lead)
    place = cohort.places.filter(name=name).first() or place_in(cohort, name, by=leading(lead))
    Place.objects.filter(pk=place.pk).update(setting=owner.organisation)
    if colleague:
        found = colleague_of(owner, colleague)
        change_colleague(colleague=found, version=found.version, by=owner.acting, name=name)
    return Place.objects.get(pk=place.pk)


def first_session(lead: Person) -> Session:
    """The first session of a cohort of a centre, within the weeks that are looked at."""
    return cohort_of(lead).sessions.order_by("on")[0]


def run_now(cohort: Cohort) -> Cohort:
    """A cohort that has begun."""
    Cohort.objects.filter(pk=cohort.pk).update(status="running")
    return Cohort.objects.get(pk=cohort.pk)


def coming_for(owner: Person) -> Session:
    """A session to which somebody of a person’s setting goes and nobody of another one, in a cohort of Mei’s centre."""
    found = Membership.objects.get(user__name="Mei Castellano")
    lead = Person(found.user, found, found.acting())
    title = f"For {owner.organisation.name}"[:100]
    cohort = Cohort.objects.filter(title=title).first() or cohort_for(lead, title=title)
    if not cohort.places.exists():
        place = place_in(cohort, "Niamh Byrne", by=leading(lead))
        Place.objects.filter(pk=place.pk).update(setting=owner.organisation)
    return cohort.sessions.order_by("on")[0]


def falls_sick(owner: Person, colleague: Colleague, session: Session) -> None:
    """A colleague is off on the day of a session."""
    change_day(on=session.on, today=timezone.localdate(), kind=ChangeKind.OFF, colleague=colleague, by=owner.acting)
