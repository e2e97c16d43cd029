"""What the clock asks of visits: whom to ask for at a visit is forgotten."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from django.utils import timezone

from trellis.core.jobs import job, schedule
from trellis.training.actions.visits import forget_contact
from trellis.training.models import VisitOffer

if TYPE_CHECKING:
    from trellis.core.jobs import Progress


def any_old_contact() -> bool:
    """Whether it is still said of a visit of some time ago whom to ask for there."""
    return VisitOffer.objects.with_old_contacts(timezone.localdate()).exists()


@schedule("training.forget_contacts", at=time(3, 55), when=any_old_contact)
@job("training.forget_contacts", "Forget whom to ask for at visits that are over")
def forget_contacts(progress: Progress) -> None:
    """Empty names and telephone numbers of visits that were some weeks ago."""
    old = VisitOffer.objects.with_old_contacts(timezone.localdate()).select_related("session__cohort")
    for offer in old.order_by("pk"):
        with progress.batch():
            forget_contact(offer=offer, by=progress.by)
            progress.say({"forgotten": progress.result.get("forgotten", 0) + 1})
