"""What can be done when a cohort has too few learners: go ahead, ask who waits for others, move people on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.audit import record
from trellis.core.dates import day
from trellis.core.refusal import Refused, refuse
from trellis.training.actions.application_links import tell_applicant
from trellis.training.actions.catch_ups import end_catch_ups_of
from trellis.training.actions.holding import held_by
from trellis.training.actions.moving import BY_APPLICANT, held_in
from trellis.training.actions.reminding import drop_reminders
from trellis.training.actions.telling import tell_learner
from trellis.training.actions.visit_places import give_back_visits_of
from trellis.training.admission import admission_of
from trellis.training.models import Application, ApplicationStatus, Cohort, MarkStatus, Place
from trellis.training.rules.applications import OTHER_DATES
from trellis.training.rules.cohorts import why_not_go_ahead, why_not_move_learners
from trellis.training.rules.waiting import can_offer

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from trellis.accounts.acting import Acting
    from trellis.training.models.application import ApplicationQuerySet


@transaction.atomic
def go_ahead(*, cohort: Cohort, because: str, by: Acting) -> Cohort:
    """Decide that a cohort is held with fewer learners than it needs, and why. Raises `Refused`."""
    found = held_by(cohort.pk, by)
    taken = found.places.live().count()
    refuse(why_not_go_ahead(status=found.status, taken=taken, least=found.least_places, because=because))
    found.goes_ahead_with, found.goes_ahead_because = taken, because
    found.goes_ahead_at, found.goes_ahead_by = timezone.now(), by.user
    found.save(update_fields=["goes_ahead_with", "goes_ahead_because", "goes_ahead_at", "goes_ahead_by"])
    record(by=by, verb="cohort.goes_ahead", subject=found, change={"learners": taken, "because": because})
    return found


def why_not_ask(cohort: Cohort) -> str | None:
    """Why nobody can be asked to join a cohort, or None: the waiting list has to be able to offer it."""
    today = timezone.localdate()
    stop = admission_of(cohort.programme_id, today).days("stop_days")
    if can_offer(status=cohort.status, starts_on=cohort.starts_on, today=today, stop_days=stop):
        return None
    if cohort.status != "open":
        return "This cohort is not open for applications"
    return f"The waiting list offers no places in the last {stop} days before a cohort begins"


def who_can_be_asked(cohort: Cohort) -> ApplicationQuerySet:
    """Who waits for other cohorts of the programme and was neither asked about this one nor offered it."""
    waiting = Application.objects.waiting().filter(programme_id=cohort.programme_id)
    others = waiting.filter(wanted__isnull=False).exclude(wanted=cohort.pk)
    return others.exclude(asked_about=cohort.pk).exclude(offers__cohort=cohort.pk).distinct()


@transaction.atomic
def ask_waiting(*, cohort: Cohort, by: Acting) -> int:
    """Ask those who wait for other cohorts whether they would come to this one, each once. Raises `Refused`."""
    found = held_by(cohort.pk, by)
    if not by.may(Permission.DECIDE_APPLICATIONS) or found.centre_id != by.organisation_id:
        raise Refused("Only whoever decides about applications at the centre can ask them")
    refuse(why_not_ask(found))
    asked = list(who_can_be_asked(found).select_related("user"))
    if not asked:
        raise Refused("Nobody waits for another cohort whom this one has not been offered to")
    for application in asked:
        application.asked_about.add(found)
        tell_applicant(application, news=OTHER_DATES, once_key=f"application {application.pk} asked about {found.pk}")
    record(by=by, verb="cohort.waiting_asked", subject=found, change={"asked": len(asked)})
    return len(asked)


@transaction.atomic
def want_as_well(*, application: Application, cohort: Cohort) -> Application:
    """Whoever waits would also come to a cohort that they were asked about. Raises `Refused`."""
    application.refresh_from_db(fields=["status"])
    if application.status != ApplicationStatus.WAITING or not application.asked_about.filter(pk=cohort.pk).exists():
        raise Refused("These dates are not asked about any more")
    refuse(why_not_ask(cohort))
    application.wanted.add(cohort)
    change = {"also": cohort.title}
    organisation_id = application.centre_id
    record(
        by=BY_APPLICANT, verb="application.wants_more", subject=application, change=change,
        organisation_id=organisation_id,
    )  # fmt: skip
    return application


@transaction.atomic
def move_learners(*, cohort: Cohort, to: Cohort, places: Collection[UUID], by: Acting) -> int:
    """Move learners of a cohort that has not begun to another of the programme, and tell each. Raises `Refused`.

    Both cohorts are held, always in one order.
    """
    held = {pk: held_by(pk, by) for pk in sorted((cohort.pk, to.pk))}
    here, there = held[cohort.pk], held[to.pk]
    if here == there or here.programme_id != there.programme_id:
        raise Refused("Choose another cohort of this programme")
    moving = list(here.places.live().filter(pk__in=places).select_related("user").order_by("pk"))
    refuse(
        why_not_move_learners(
            status=here.status,
            to=there.status,
            approved=there.is_approved,
            chosen=len(moving),
            free=max(there.most_places - held_in(there), 0),
        )
    )
    for place in moving:
        _move(place, here, there, by)
    return len(moving)


def _move(place: Place, here: Cohort, there: Cohort, by: Acting) -> None:
    if there.places.live().of_somebody(place.email, place.user_id).exists():
        raise Refused(f"{place.name} has a place in the other cohort already")
    if place.marks.standing().exclude(status__in=[MarkStatus.APOLOGISED, MarkStatus.UNMARKED]).exists():
        raise Refused(f"{place.name} has attended here already")
    for session in here.sessions.to_come(timezone.localdate()):
        drop_reminders(session, session.on, to=place)
    give_back_visits_of(place=place, user=by.user)
    end_catch_ups_of(place=place, because="They moved to another cohort", user=by.user)
    place.cohort = there
    place.save(update_fields=["cohort"])
    record(by=by, verb="place.moved", subject=place, change={"cohort": [here.title, there.title]})
    tell_learner(
        place=place,
        cohort=there,
        subject="Your place is on other dates now",
        reason=f"Your place on “{there.programme.title}” is now on the course starting {day(there.starts_on)}.",
        once_key=f"place {place.pk} in {there.pk} {timezone.now():%Y%m%d%H%M%S%f}",
    )
