"""What the week of a setting does in the background."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from trellis.core.jobs import Progress, job, schedule
from trellis.organisations.models import Organisation
from trellis.staffing.actions.colleagues import forget_births
from trellis.staffing.actions.days import forget_day_changes
from trellis.staffing.models import Colleague, DayChange

if TYPE_CHECKING:
    from trellis.staffing.models.colleague import ColleagueQuerySet
    from trellis.staffing.models.day_change import DayChangeQuerySet


def _before() -> date:
    """The first day whose changes `TRELLIS_KEEP_DAY_CHANGES_DAYS` says are kept."""
    return timezone.localdate() - timedelta(days=settings.ENVIRONMENT.keep_day_changes_days)


def _to_forget() -> DayChangeQuerySet:
    return DayChange.objects.to_forget(_before())


@schedule("day_changes.tidy", at=time(3, 45), when=lambda: _to_forget().exists())
@job("day_changes.tidy", "Forget what was otherwise on days of long ago")
def tidy_day_changes(progress: Progress) -> None:
    """Remove, setting by setting, who was off and what else was otherwise."""
    before = _before()
    for organisation in Organisation.objects.filter(pk__in=_to_forget().values("organisation")).order_by("pk"):
        with progress.batch():
            forgotten = forget_day_changes(organisation=organisation, before=before, by=progress.by)
            progress.say({"changes": progress.result.get("changes", 0) + forgotten})


def _grown_up() -> ColleagueQuerySet:
    return Colleague.objects.grown_up(timezone.localdate())


@schedule("births.tidy", at=time(3, 50), when=lambda: _grown_up().exists())
@job("births.tidy", "Forget the date of birth of whoever is 17 by now")
def tidy_births(progress: Progress) -> None:
    """Remove, setting by setting, the dates of birth that nobody is asked for any more."""
    today = timezone.localdate()
    for organisation in Organisation.objects.filter(pk__in=_grown_up().values("organisation")).order_by("pk"):
        with progress.batch():
            forgotten = forget_births(organisation=organisation, today=today, by=progress.by)
            progress.say({"people": progress.result.get("people", 0) + forgotten})
