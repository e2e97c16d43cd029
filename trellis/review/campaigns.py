"""How a campaign goes: counted, and told in steps of five."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from trellis.review.models import CampaignInvitation, Whom
from trellis.review.rules.campaign import Progress

if TYPE_CHECKING:
    from trellis.review.models import Campaign


def progress_of(campaign: Campaign) -> Progress:
    """What may be told of a campaign: three counts, by one query. A setting counts in the campaign that asked it first."""
    counts_here = CampaignInvitation.objects.filter(campaign=campaign, counts_here=True)
    begun, done, declined = (
        counts_here.with_progress_in(campaign)
        .aggregate(
            begun=Count("pk", filter=Q(started=True)),
            done=Count("pk", filter=Q(finished=True)),
            no_thanks=Count("pk", filter=~Q(declined_at=None)),
        )
        .values()
    )
    return Progress(
        reached=campaign.reached,
        started=begun,
        finished=done,
        declined=declined,
        reached_is_known=campaign.whom != Whom.ANSWERED,
    )
