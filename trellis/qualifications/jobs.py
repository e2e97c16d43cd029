"""What the clock asks of qualifications: reminders of what runs out."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from django.utils import timezone

from trellis.core.jobs import job, schedule
from trellis.qualifications.actions.reminding import remind_of_end
from trellis.qualifications.models import Holding

if TYPE_CHECKING:
    from trellis.core.jobs import Progress

AT_ONCE = 500


@schedule("qualifications.endings", at=time(7, 30))
@job("qualifications.endings", "Reminders of qualifications that run out")
def remind_of_endings(progress: Progress) -> None:
    """Remind once, eight weeks before something runs out."""
    told, after = 0, None
    while True:
        ending = Holding.objects.live().ending_soon(timezone.localdate()).who_can_be_told()
        rows = ending.select_related("user").order_by("pk")
        some = list((rows.filter(pk__gt=after) if after else rows)[:AT_ONCE])
        if not some:
            break
        with progress.batch():
            told += sum(remind_of_end(holding=each) for each in some)
            progress.say({"told": told})
        after = some[-1].pk
