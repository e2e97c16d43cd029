"""How a campaign goes: counted, and told in steps of five."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.review.models import CampaignInvitation, Whom
from trellis.review.rules.campaign import Progress

if TYPE_CHECKING:
    from trellis.review.models import Campaign


def progress_of(campaign: Campaign) -> Progress:
    """What may be told of a campaign: three counts. A setting counts in the campaign that asked it first."""
    counted = CampaignInvitation.objects.filter(campaign=campaign, counts_here=True)
    return Progress(
        reached=campaign.reached,
        started=counted.started().count(),
        finished=counted.finished().count(),
        declined=counted.exclude(declined_at=None).count(),
        reached_is_known=campaign.whom != Whom.ANSWERED,
    )
