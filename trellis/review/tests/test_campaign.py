"""An authority asks many settings: what each side sees, and what nobody learns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.campaigning import MESSAGE, campaign_for, invitation_of
from tests.pooling import settings_that_released, three_hundred
from tests.releasing import agreed, text_of
from trellis.core.models import Job, SentMail
from trellis.core.refusal import Refused
from trellis.core.rules.small_numbers import FEWEST, at_least
from trellis.review import actions
from trellis.review.actions.campaign import Selection
from trellis.review.campaigns import progress_of
from trellis.review.jobs import tell_of_campaign
from trellis.review.models import Campaign, CampaignInvitation, Round
from trellis.review.tests.test_reminders import Steps

pytestmark = pytest.mark.django_db


def sent():
    """Who was written to, by name."""
    return sorted(SentMail.objects.filter(once_key__startswith="campaign").values_list("user__name", flat=True))


def run_jobs():
    """What a worker would do; what the jobs say of themselves."""
    said = []
    for job in Job.objects.filter(name="review.tell_of_campaign", state="waiting").order_by("created_at"):
        steps = Steps()
        tell_of_campaign(steps, **job.arguments)
        Job.objects.filter(pk=job.pk).delete()
        said.append(vars(steps))
    return said


def test_a_setting_sees_what_it_is_asked_and_starts(cast, framework, browse):
    campaign_for(cast.amara)
    assert run_jobs() == [{}], "how many were written to would tell who has started"
    assert sent() == ["Amara Okafor", "Megan Price", "Priya Nair", "Tomasz Wójcik"]
    assert not SentMail.objects.filter(organisation_id=cast.daniel.organisation.pk).exists()
    browser, asked = browse(cast.priya), invitation_of(cast.priya)
    assert "Fenwickshire Council asks for a review" in text_of(browser.get("/"))
    page = text_of(browser.get(f"/campaigns/asked/{asked.pk}/"))
    assert MESSAGE in page
    assert 'value="Spring term 2027"' in browser.get(f"/reviews/start?asked={asked.pk}").content.decode()
    said = {"framework": framework.pk, "period": "Spring term 2027"}
    browser.post(f"/reviews/start?asked={asked.pk}", said)
    assert "asks for a review" not in text_of(browser.get("/"))
    assert "Your review under way counts as started" in text_of(browser.get(f"/campaigns/asked/{asked.pk}/"))


def test_no_thanks_is_the_settings_own(cast, framework, browse):
    campaign, asked = campaign_for(cast.amara), invitation_of(cast.amara)
    page = browse(cast.amara).post(f"/campaigns/asked/{asked.pk}/no-thanks", follow=True)
    assert "Nobody at your authority sees that it was you" in text_of(page)
    assert "asks for a review" not in text_of(browse(cast.amara).get("/"))
    for person in (cast.daniel, cast.ruth):
        for address in (f"/campaigns/{campaign.pk}/", "/activity/"):
            assert "Bramble" not in browse(person).get(address).content.decode()
    with pytest.raises(Refused, match="has said no thanks"):
        actions.let_be_named(invitation=CampaignInvitation.objects.get(pk=asked.pk), named=True, by=cast.amara.acting)


def test_a_setting_can_say_that_it_takes_part(cast, framework, browse):
    campaign, asked = campaign_for(cast.amara), invitation_of(cast.amara)
    lead, address = browse(cast.daniel), f"/campaigns/asked/{asked.pk}/"
    browse(cast.amara).post(address, {"named": "on"})
    assert "Bramble Lane Nursery" in text_of(lead.get(f"/campaigns/{campaign.pk}/"))
    browse(cast.amara).post(address, {})
    assert "Bramble Lane Nursery" not in text_of(lead.get(f"/campaigns/{campaign.pk}/"))


def test_settings_are_reminded_once_and_only_who_has_not_started(cast, half, browse):
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        campaign = campaign_for(cast.amara)
    run_jobs()
    SentMail.objects.all().delete()
    browser = browse(cast.daniel)
    assert "are reminded" in text_of(browser.post(f"/campaigns/{campaign.pk}/remind", follow=True))
    assert run_jobs() == [{}]
    assert sent() == ["Megan Price"], "Bramble Lane has a review open"
    assert "Once is enough" in text_of(browser.post(f"/campaigns/{campaign.pk}/remind", follow=True))
    assert "Once is enough" in text_of(browser.get(f"/campaigns/{campaign.pk}/remind"))


def many(cast, framework, number=40):
    """So many settings more, each with a review agreed now."""
    where = three_hundred(number)
    return settings_that_released(
        cast.daniel.organisation, framework, where, period="2026-autumn", by=cast.amara, weak=lambda code, n: True
    )


def test_progress_is_told_in_steps_of_five(cast, framework, browse):
    made = many(cast, framework)
    campaign = campaign_for(cast.amara)
    assert campaign.reached == 42
    Round.objects.filter(releases__in=made[23:]).update(started_at=before(campaign, 9), agreed_at=before(campaign, 5))
    Round.objects.filter(releases__in=made[:23]).update(agreed_at=campaign.opened_at + timedelta(minutes=1))
    found = progress_of(campaign)
    assert (found.started, found.finished) == (23, 23)
    page = text_of(browse(cast.ruth).get(f"/campaigns/{campaign.pk}/"))
    assert "Asked 42" in page
    assert "Started at least 20" in page
    assert "23" not in page.split("How many take part")[1]


def before(campaign, days):
    return campaign.opened_at - timedelta(days=days)


def test_a_setting_counts_in_the_campaign_that_asked_first(cast, framework):
    made = many(cast, framework)
    first = campaign_for(cast.amara, Selection("kinds", kinds=["full_day_care"]))
    second = campaign_for(cast.amara)
    assert second.reached == 42
    Round.objects.filter(releases__in=made).update(agreed_at=second.opened_at + timedelta(minutes=1))
    assert progress_of(first).finished == 20
    assert progress_of(second).finished == 20, "the other twenty, and none twice"


def test_whom_one_can_ask(cast, framework, browse):
    many(cast, framework)
    assert campaign_for(cast.amara, Selection("kinds", kinds=["creche"])).reached == 4
    with pytest.raises(Refused, match="No setting on Trellis is among these"):
        campaign_for(cast.amara, Selection("places", places=["FW1"]))
    with pytest.raises(Refused, match="Only whoever leads"):
        actions.open_campaign(
            framework=framework,
            period="Spring",
            message=MESSAGE,
            until=date(2030, 1, 1),
            selection=Selection(),
            by=cast.ruth.acting,
        )


def test_those_who_took_part_can_be_asked_again_when_they_are_ten(cast, framework, browse):
    made = many(cast, framework)
    with time_machine.travel(datetime(2026, 9, 1, 12, tzinfo=UTC), tick=False):
        first = campaign_for(cast.amara, until=date(2026, 10, 1))
    within = {"started_at": before(first, -3), "agreed_at": before(first, -9)}
    Round.objects.all().update(started_at=before(first, 90), agreed_at=before(first, 80))
    Round.objects.filter(releases__in=made[:9]).update(**within)
    answered = Selection("answered", follows=first)
    with pytest.raises(Refused, match="Fewer than ten settings took part"):
        campaign_for(cast.amara, answered)
    Round.objects.filter(releases__in=made[:23]).update(**within)
    second = campaign_for(cast.amara, answered)
    assert second.reached == 23
    page = text_of(browse(cast.daniel).get(f"/campaigns/{second.pk}/"))
    assert "Asked at least 20" in page


def test_the_form_asks_for_what_it_needs(cast, framework, browse):
    browser = browse(cast.daniel)
    later = timezone.localdate() + timedelta(days=30)
    said = {"framework": framework.pk, "period": "Spring term 2027", "message": MESSAGE, "whom": "kinds"}
    said |= {"until-day": later.day, "until-month": later.month, "until-year": later.year}
    assert "Choose the kinds" in text_of(browser.post("/campaigns/open", said))
    assert "Enter the parts" in text_of(browser.post("/campaigns/open", said | {"whom": "places"}))
    page = browser.post("/campaigns/open", said | {"kinds": ["full_day_care"]}, follow=True)
    assert "The settings are asked" in text_of(page)
    assert "Full day care" in text_of(page)
    assert "Spring term 2027" in text_of(browser.get("/campaigns/"))


def test_what_is_over_cannot_be_answered(cast, framework, browse):
    with time_machine.travel(datetime(2026, 9, 1, 12, tzinfo=UTC), tick=False):
        campaign = campaign_for(cast.amara, until=date(2026, 10, 1))
    asked = invitation_of(cast.amara)
    assert "This is over" in text_of(browse(cast.amara).get(f"/campaigns/asked/{asked.pk}/"))
    assert "asks for a review" not in text_of(browse(cast.amara).get("/"))
    page = browse(cast.amara).post(f"/campaigns/asked/{asked.pk}/no-thanks", follow=True)
    assert "This is over" in text_of(page)
    with pytest.raises(Refused, match="This campaign is over"):
        actions.remind_campaign(campaign=campaign, by=cast.daniel.acting)


def refused(constraint, write, **values):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write(**values)
    assert constraint in str(error.value) or "UNIQUE constraint failed" in str(error.value)


def test_constraints(cast, framework):
    campaign, asked = campaign_for(cast.amara), invitation_of(cast.amara)
    change = Campaign.objects.filter(pk=campaign.pk).update
    refused("campaign_says_its_period", change, period="")
    refused("campaign_says_why", change, message="")
    refused("campaign_whom_is_known", change, whom="nobody")
    refused("campaign_follows_another_exactly_when_it_says_so", change, whom="answered")
    refused("campaign_lasts_for_a_while", change, until=date(2020, 1, 1))
    refused("campaign_reaches_somebody", change, reached=0)
    refused("campaign_reminder_says_who_and_when", change, reminded_at=timezone.now())
    answer = CampaignInvitation.objects.filter(pk=asked.pk).update
    refused("campaign_invitation_no_thanks_says_who_and_when", answer, declined_at=timezone.now())
    again = {"campaign": campaign, "organisation": asked.organisation}
    refused("campaign_invitation_once", CampaignInvitation.objects.create, **again)


@given(st.integers(0, 60), st.integers(0, 60))
def test_each_number_told_stands_for_five_at_least(first, second):
    of, number = max(first, second), min(first, second)
    told = at_least(number, of)
    possible = [each for each in range(of + 1) if at_least(each, of) == told]
    assert number in possible
    assert len(possible) >= min(FEWEST, of + 1)
    assert told <= number
    assert told == 0 or of - told >= FEWEST


def test_a_review_agreed_long_ago_is_not_taking_part(cast, half, browse):
    agreed(cast.amara)
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        campaign_for(cast.amara)
        assert "Fenwickshire Council asks for a review" in text_of(browse(cast.amara).get("/"))


def test_a_review_under_way_counts_whatever_period_it_is_for(cast, half, browse):
    """A setting has one review at a time: it could not begin another, and is not asked to."""
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        campaign = campaign_for(cast.amara)
        assert campaign.period != half.round.period
        browser, asked = browse(cast.amara), invitation_of(cast.amara)
        assert "asks for a review" not in text_of(browser.get("/"))
        page = text_of(browser.get(f"/campaigns/asked/{asked.pk}/"))
    assert "counts as started, although you began it for another period: nobody is asked to begin twice" in page
    assert f"Carry on with {half.round.period}" in page
    with pytest.raises(Refused):
        actions.start_round(
            organisation=cast.amara.organisation,
            framework=half.round.framework,
            period=campaign.period,
            reason="",
            by=cast.amara.acting,
        )
