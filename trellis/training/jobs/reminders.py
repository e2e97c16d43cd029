"""What the clock asks of training: reminders of sessions and of second cohorts."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Min, OuterRef, Subquery
from django.utils import timezone

from trellis.core.jobs import job, schedule
from trellis.training.actions.reminding import remind_of_duty, remind_of_session
from trellis.training.models import CohortStatus, Duty, Place, PlaceStatus, Session, VisitOffer, VisitPlace
from trellis.training.rules.reminders import DUTY_STEPS, SESSION_STEPS, duty_step, session_step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from trellis.core.jobs import Progress
    from trellis.training.models.visit import VisitPlaceQuerySet

AHEAD = timedelta(days=max(days for days, _ in SESSION_STEPS))
LONG_AHEAD = timedelta(days=max(days for days, _ in DUTY_STEPS))


@schedule("training.reminders", at=time(7, 10))
@job("training.reminders", "Reminders of sessions")
def remind_of_sessions(progress: Progress) -> None:
    """Joining instructions before the first session of a cohort, and reminders three days and one day before each.

    A session that has moved is told of again, for its new day; of one that is cancelled nobody is told.
    """
    today, told = timezone.localdate(), 0
    for session, step in _sessions_to_tell_of(today):
        another_day = VisitPlace.objects.live().filter(session=session).exclude(offer__on=session.on)
        here = Place.objects.filter(cohort=session.cohort_id, status=PlaceStatus.TAKEN).select_related("user")
        with progress.batch():
            for place in here.exclude(pk__in=another_day.values("place")):
                told += remind_of_session(place=place, session=session, step=step, today=today)
    with progress.batch():
        told += sum(_remind_of_visit(visit, today) for visit in _visits_on_another_day(today))
    progress.say({"told": told})


def _visits_on_another_day(today: date) -> VisitPlaceQuerySet:
    """Who visits somebody in the next days, on another day than their session’s."""
    soon = VisitOffer.objects.standing().filter(on__gte=today, on__lte=today + AHEAD)
    found = VisitPlace.objects.live().filter(offer__in=soon, place__status=PlaceStatus.TAKEN)
    return found.exclude(offer__on=F("session__on")).select_related("offer", "session__cohort", "place__user")


def _remind_of_visit(visit: VisitPlace, today: date) -> bool:
    step = session_step((visit.offer.on - today).days, first=False)
    if not step:
        return False
    return remind_of_session(place=visit.place, session=visit.session, step=step, today=today, visit=visit.offer)


def _sessions_to_tell_of(today: date) -> Iterator[tuple[Session, str]]:
    """The sessions of the next two weeks of which something is told now, and what."""
    first = Session.objects.held().filter(cohort=OuterRef("cohort")).order_by().values("cohort")
    found = Session.objects.to_come(today).filter(
        on__lte=today + AHEAD, cohort__status__in=[CohortStatus.OPEN, CohortStatus.RUNNING]
    )
    found = found.annotate(first_on=Subquery(first.annotate(n=Min("on")).values("n"))).select_related("cohort")
    for session in found:
        step = session_step((session.on - today).days, first=session.on == session.first_on)  # type: ignore[attr-defined]
        if step:
            yield session, step


@schedule("training.duties", at=time(7, 20))
@job("training.duties", "Reminders of second cohorts that are owed")
def remind_of_duties(progress: Progress) -> None:
    """Half a year, three months and one month before a second cohort is due, and once when it is overdue."""
    today, told = timezone.localdate(), 0
    found = Duty.objects.owed().filter(due_on__lte=today + LONG_AHEAD).select_related("programme", "authority")
    with progress.batch():
        for duty in found.order_by("due_on", "pk"):
            step = duty_step((duty.due_on - today).days, duty.status)
            told += remind_of_duty(duty=duty, step=step) if step else 0
    progress.say({"told": told})
