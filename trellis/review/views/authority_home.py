"""The first page of an authority: what waits for somebody there, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, Window
from django.shortcuts import render
from django.utils import timezone

from trellis.organisations.first_pages import first_page
from trellis.organisations.models import ClaimRequest, OrganisationKind
from trellis.review.models import Campaign, HelpRequest, PooledCount, Release, ReleaseReading
from trellis.review.rules.periods import period_words

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from trellis.accounts.acting import Acting, Request

NEWEST = 5


class Unread(NamedTuple):
    """A release that waits to be read."""

    pk: UUID
    setting: str
    period: str
    released_at: datetime
    until: date
    how_many: int


@first_page(OrganisationKind.AUTHORITY)
def authority_home(request: Request) -> HttpResponse:
    """Who asks for help, what was released and nobody here has read, who asks to be let in, what is under way.

    As many queries however many settings there are.
    """
    acting, today = request.acting, timezone.localdate()
    unread = list(map(Unread._make, _unread(acting, today)[:NEWEST]))
    asked = HelpRequest.objects.visible_to(acting).open()
    context: dict[str, Any] = {
        "help": asked.aggregate(all=Count("pk"), mine=Count("pk", filter=Q(assigned_to=acting.user))),
        "unread": unread,
        "how_many_unread": unread[0].how_many if unread else 0,
        "claims": ClaimRequest.objects.visible_to(acting).open().count(),
        "campaigns": (
            Campaign.objects.visible_to(acting)
            .filter(until__gte=today)
            .order_by("until", "pk")
            .values("pk", "period", "until")[:NEWEST]
        ),
        "term": _newest_term(acting),
    }
    return render(request, "review/authority_home.html", context)


def _unread(acting: Acting, today: date) -> QuerySet[Release, tuple[Any, ...]]:
    """What can be read and nobody at the authority has opened, the newest first, each with how many there are."""
    readings = ReleaseReading.objects.visible_to(acting).filter(release=OuterRef("pk"))
    found = Release.objects.visible_to(acting).live(today).filter(~Exists(readings)).newest_first()
    return found.values_list("pk", "organisation__name", "round__period", "released_at", "until", Window(Count("pk")))


def _newest_term(acting: Acting) -> str:
    """The last term that was counted, in words; nothing when none was."""
    newest = PooledCount.objects.visible_to(acting).order_by("-period_key").values_list("period_key", flat=True).first()
    return period_words(newest) if newest else ""
