"""What the clock asks of attendance: telling of absences, when the day is over and marks stand."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from trellis.core.jobs import job, schedule
from trellis.training.actions.alerts import tell_of_absences
from trellis.training.models import Cohort, CohortStatus, Mark, PlaceStatus, SessionStatus
from trellis.training.rules.attendance import MISSED

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.core.jobs import Progress
    from trellis.training.models.mark import MarkQuerySet

LATELY = timedelta(days=14)
"""So long ago a day was, or a mark was made, of which something may still be told."""


def missed_lately() -> MarkQuerySet:
    """The marks that stand of what learners missed lately, on days that are over."""
    now, today = timezone.now(), timezone.localdate()
    recent = Q(at__gte=now - LATELY) | Q(part__session__on__gte=today - LATELY)
    found = Mark.objects.standing().filter(recent, status__in=MISSED, part__session__on__lt=today)
    found = found.exclude(part__session__status=SessionStatus.CANCELLED)
    return found.exclude(place__cohort__status=CohortStatus.CANCELLED).filter(place__status=PlaceStatus.TAKEN)


@schedule("training.absences", at=time(7, 30), when=lambda: missed_lately().exists())
@job("training.absences", "Messages about sessions that were missed")
def tell_of_what_was_missed(progress: Progress) -> None:
    """Tell once of two sessions missed in a row, and of a minimum that is at risk, cohort by cohort."""
    of_cohorts: dict[UUID, set[UUID]] = {}
    for cohort_id, place_id in missed_lately().values_list("place__cohort_id", "place_id").distinct():
        of_cohorts.setdefault(cohort_id, set()).add(place_id)
    today, told = timezone.localdate(), 0
    for cohort in Cohort.objects.filter(pk__in=list(of_cohorts)).select_related("programme").order_by("pk"):
        with progress.batch():
            told += tell_of_absences(cohort=cohort, missed=of_cohorts[cohort.pk], today=today)
    progress.say({"told": told})
