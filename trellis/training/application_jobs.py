"""What the clock asks of award programmes: offers that run out, the waiting list, applications to forget."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from trellis.core.jobs import Progress, job, schedule
from trellis.training.actions.offers import expire_offer
from trellis.training.actions.old_applications import forget_application
from trellis.training.actions.waiting_list import run_waiting_list
from trellis.training.admission import admission_of
from trellis.training.models import Application, ApplicationStatus, Offer
from trellis.training.rules.applications import CAME_TO_NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator


def anybody_waits() -> bool:
    """Whether an offer has run out or somebody waits."""
    return Offer.objects.overdue(timezone.localdate()).exists() or Application.objects.waiting().exists()


@schedule("training.waiting_list", every=timedelta(minutes=15), when=anybody_waits)
@job("training.waiting_list", "Offers that have run out, and the waiting lists")
def waiting_lists(progress: Progress) -> None:
    """Let offers run out, then offer what is free to those who wait, programme by programme."""
    for offer in Offer.objects.overdue(timezone.localdate()).select_related("application__programme").order_by("pk"):
        with progress.batch():
            expire_offer(offer=offer)
            progress.say({"ran_out": progress.result.get("ran_out", 0) + 1})
    waited_for = Application.objects.filter(status=ApplicationStatus.WAITING).order_by("programme")
    for programme_id in waited_for.values_list("programme", flat=True).distinct():
        with progress.batch():
            offered = run_waiting_list(programme_id=programme_id)
            progress.say({"offered": progress.result.get("offered", 0) + offered})


@schedule("training.forget_applications", at=time(3, 45), when=lambda: next(_to_forget(), None) is not None)
@job("training.forget_applications", "Forget applications that came to nothing")
def forget_applications(progress: Progress) -> None:
    """Empty applications that the rules of their programme say are not kept any more."""
    for application in _to_forget():
        with progress.batch():
            forget_application(application=application, by=progress.by)
            progress.say({"forgotten": progress.result.get("forgotten", 0) + 1})


def _to_forget() -> Iterator[Application]:
    """Those with which nothing has happened for as long as the rules of their programme say."""
    now = timezone.now()
    kept = Application.objects.filter(forgotten_at=None, status__in=CAME_TO_NOTHING)
    for programme_id in kept.order_by("programme").values_list("programme", flat=True).distinct():
        admission = admission_of(programme_id, timezone.localdate())
        for statuses, term in (
            ((ApplicationStatus.DRAFT,), "forget_draft_days"),
            ([each for each in CAME_TO_NOTHING if each != ApplicationStatus.DRAFT], "forget_days"),
        ):
            before = now - timedelta(days=admission.days(term))
            old = kept.filter(programme_id=programme_id, status__in=statuses, moved_at__lt=before)
            yield from old.order_by("moved_at", "pk")
