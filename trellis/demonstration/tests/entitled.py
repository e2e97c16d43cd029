"""Whose planted sentences of training somebody may be shown, said once more here without the rules of the pages.

Decisions 0213, 0224 and 0233: a centre sees its own; a trainer what they teach; an authority days and not names, unless it
delivers a cohort itself; a learner their own. What a course is for and where it is held is told to whoever may apply.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trellis.accounts.roles import Role
from trellis.qualifications.models import Qualification
from trellis.training.models import Application, Cohort, Duty, Place, Planning, Programme, TrainerAssignment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from trellis.accounts.models import User
    from trellis.organisations.models import Membership

OF_COHORT = ("Cohort", "Session")
OF_COHORT_WITH_LEARNERS = (*OF_COHORT, "VisitOffer")
OF_PLACE = ("CatchUp", "Mark", "Milestone", "Reflection")
OF_PROGRAMME = ("Programme", "Survey")
OF_APPLICATION = ("AccessNeeds", "AdmissionDecision", "Application", "ManagerAnswer")
TOLD_ANYBODY = (
    ("Programme", "title"),
    ("Programme", "qualification_title"),
    ("Programme", "who_is_eligible"),
    ("Cohort", "venue"),
)
"""What stands on the page on which one applies: of the programme once a cohort was open, of a cohort as long as it is."""

OF_A_COURSE = ("title", "edition", "awarding_organisation")
"""What a centre says of its own courses stands in the public catalogue."""

Entitled = tuple["UUID", str]
"""Whose, and of which model."""


def entitled(person: User, membership: Membership) -> Iterator[Entitled]:
    """What of training somebody may be shown because of their role, or as a learner."""
    yield from _as_a_learner(Place.objects.filter(user=person))
    organisation = membership.organisation
    if organisation.kind == "centre":
        yield from (_of_a_centre(organisation) if membership.role != Role.TRAINER else _of_a_trainer(person))
    if membership.role in (Role.AUTHORITY_LEAD, Role.AREA_SENCO):
        yield from _each(Programme.objects.filter(authorities=organisation.authority), *OF_PROGRAMME)
        yield from _each(Cohort.objects.filter(authority=organisation.authority), *OF_COHORT)
        yield from _each(Duty.objects.filter(authority=organisation.authority), "Duty")
    if membership.role == Role.AUTHORITY_LEAD:
        yield from _each(Cohort.objects.filter(delivered_by=organisation), *OF_COHORT_WITH_LEARNERS)
        yield from _each(Place.objects.filter(cohort__delivered_by=organisation), *OF_PLACE)
    if membership.role in (Role.MANAGER, Role.CHILDMINDER):
        theirs = Place.objects.filter(setting=organisation)
        programmes = Programme.objects.filter(cohorts__places__in=theirs)
        yield from _each(programmes, "Programme")
        # decision 0276: when and where the sessions of their people are, and those of other cohorts in which to catch up
        yield from _each(Cohort.objects.filter(places__in=theirs), *OF_COHORT)
        # decision 0281: settings of an authority are asked to be counted for what is planned there
        asking = Planning.objects.filter(status="asking", authority=organisation.authority)
        yield from ((key, "Planning") for key in asking.values_list("programme", flat=True))
        here = Cohort.objects.filter(programme__in=programmes, authority=organisation.authority)
        yield from _each(here.filter(status__in=["open", "running"]), *OF_COHORT)


def by_link(place: Place, application: Application) -> Iterator[Entitled]:
    """What a learner and an applicant may be shown who have no account."""
    yield from _as_a_learner([place])
    yield from ((application.pk, model) for model in ("Application", "AdmissionDecision", "AccessNeeds"))


def told_anybody() -> Iterator[tuple[UUID, str, str]]:
    """Whose words are told to anybody, of which model and field."""
    for cohort in Cohort.objects.exclude(status__in=["planned", "cancelled"]):
        for model, field in TOLD_ANYBODY:
            if model == "Programme" or cohort.status == "open":
                yield cohort.programme_id if model == "Programme" else cohort.pk, model, field
    for course in Qualification.objects.exclude(owner=None):
        yield from ((course.owner_id, "Qualification", field) for field in OF_A_COURSE)


def _each(rows: QuerySet[Any], *models: str) -> Iterator[Entitled]:
    for key in rows.values_list("pk", flat=True):
        yield from ((key, model) for model in models)


def _as_a_learner(places: Iterable[Place]) -> Iterator[Entitled]:
    for place in places:
        yield place.cohort.programme_id, "Programme"
        yield from ((place.cohort_id, model) for model in OF_COHORT_WITH_LEARNERS)
        yield from ((place.pk, model) for model in OF_PLACE)


def _of_a_centre(centre: Model) -> Iterator[Entitled]:
    yield from _each(Programme.objects.filter(centre=centre), *OF_PROGRAMME, "AdmissionRule", "Planning")
    yield from _each(Cohort.objects.filter(centre=centre), *OF_COHORT_WITH_LEARNERS)
    yield from _each(Place.objects.filter(cohort__centre=centre), *OF_PLACE)
    yield from _each(Application.objects.filter(centre=centre), *OF_APPLICATION)
    yield from _each(Duty.objects.filter(programme__centre=centre), "Duty")


def _of_a_trainer(person: User) -> Iterator[Entitled]:
    taught = TrainerAssignment.objects.filter(user=person, ended_at=None).values("cohort")
    yield from _each(Programme.objects.filter(cohorts__in=taught), *OF_PROGRAMME)
    yield from _each(Cohort.objects.filter(pk__in=taught), *OF_COHORT_WITH_LEARNERS)
    yield from _each(Place.objects.filter(cohort__in=taught), *OF_PLACE)
    yield from _each(Application.objects.filter(place__cohort__in=taught), "AccessNeeds")
