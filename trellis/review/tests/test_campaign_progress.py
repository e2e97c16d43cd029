"""Whether a setting has started what a campaign asks is said in three ways, each where it is cheapest: they agree."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from tests.campaigning import campaign_for
from trellis.core.dates import end_of
from trellis.organisations.models import Organisation
from trellis.review.models import CampaignInvitation, Round
from trellis.review.rules.campaign import was_open_during

pytestmark = pytest.mark.django_db
SECOND, WEEK = timedelta(seconds=1), timedelta(days=7)


def reviews_of(campaign, by):
    """A setting that was asked for each way in which a review can lie to a campaign; its times, by its key."""
    opened, over = campaign.opened_at, end_of(campaign.until)
    moments = [opened - WEEK, opened - SECOND, opened, opened + WEEK, over - SECOND, over, over + WEEK]
    asked = {}
    for started, agreed in product(moments, [*moments, None]):
        if agreed is None or agreed >= started:
            setting = Organisation.objects.create(name="Setting", kind="setting", setting_kind="sessional")
            CampaignInvitation.objects.create(campaign=campaign, organisation=setting)
            ended = {"status": "agreed", "agreed_at": agreed, "agreed_by": by} if agreed else {}
            same = {"organisation": setting, "framework": campaign.framework, "audience": "group", "period": "A term"}
            Round.objects.create(**same, started_at=started, started_by=by, **ended)
            asked[setting.pk] = (started, agreed)
    return asked


def test_three_ways_of_saying_who_has_started_agree(cast, framework):
    campaign = campaign_for(cast.amara, until=timezone.localdate() + timedelta(days=30))
    asked = reviews_of(campaign, cast.amara.user)
    found = CampaignInvitation.objects.filter(campaign=campaign, organisation__in=asked)
    columns = ("organisation", "started", "finished")
    of_any, of_this = (
        set(rows.values_list(*columns)) for rows in (found.with_progress(), found.with_progress_in(campaign))
    )
    assert of_any == of_this
    times = {"opened_at": campaign.opened_at, "over_at": campaign.is_over_at}
    started = {
        key
        for key, started, agreed in ((key, *when) for key, when in asked.items())
        if was_open_during(started, agreed, **times)
    }
    assert {key for key, has_started, _ in of_this if has_started} == started
    waiting = set(found.not_started().values_list("organisation", flat=True))
    assert waiting == asked.keys() - started
    assert 0 < len(started) < len(asked)
