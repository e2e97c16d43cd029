"""What is due by the clock is asked for once, however many workers look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from trellis.core.audit import System
from trellis.core.jobs.asking import start
from trellis.core.jobs.registry import Scheduled, schedules
from trellis.core.models import Job, Schedule
from trellis.core.rules.jobs import next_due

if TYPE_CHECKING:
    from datetime import datetime


def ask_for_what_is_due(*, at: datetime) -> int:
    """Ask for each regular job whose time has come. Returns how many this worker asked for."""
    local = timezone.localtime(at)
    known = dict(Schedule.objects.values_list("name", "due_at"))
    return sum(_ask(each, known.get(each.name), local) for each in schedules())


def _ask(scheduled: Scheduled, due_at: datetime | None, at: datetime) -> bool:
    """Ask for one regular job if it is due and this worker is the one that moves its time on."""
    following = next_due(scheduled.rhythm, at)
    if due_at is None:
        Schedule.objects.get_or_create(name=scheduled.name, defaults={"due_at": following})
        return False
    if due_at > at:
        return False
    with transaction.atomic():
        ours = Schedule.objects.filter(name=scheduled.name, due_at=due_at).update(due_at=following)
        if (
            not ours
            or Job.objects.unfinished().filter(name=scheduled.name, asked_by=None).exists()
            or not scheduled.when()
        ):
            return False
        start(job=scheduled.name, by=System("The clock"))
    return True
