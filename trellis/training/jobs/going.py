"""What the clock asks of who can go: the answers of each setting are worked out again, and it is told of what got worse."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.jobs import job, schedule
from trellis.organisations.models import Membership
from trellis.training.actions.going import check_going_again
from trellis.training.coming import settings_with_something_coming

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.core.jobs import Progress


@schedule(
    "training.going",
    every=timedelta(minutes=15),
    when=lambda: settings_with_something_coming(timezone.localdate()).exists(),
)
@job("training.going", "Whether people of settings can go to sessions")
def check_who_can_go(progress: Progress) -> None:
    """Ask for each setting with a week and somebody who goes somewhere soon, as one of those who lead it would."""
    today, told = timezone.localdate(), 0
    leading: dict[UUID, Membership] = {}
    rows = Membership.objects.who_may(Permission.BOOK_TRAINING).filter(
        organisation__in=settings_with_something_coming(today)
    )
    for member in rows.select_related("user", "organisation").order_by("organisation", "pk"):
        leading.setdefault(member.organisation_id, member)
    for member in leading.values():
        with progress.batch():
            told += check_going_again(by=member.acting(), today=today)
    progress.say({"told": told})
