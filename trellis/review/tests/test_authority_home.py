"""The first page of an authority says what waits for somebody there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.campaigning import campaign_for
from tests.pooling import settings_that_released, three_hundred
from tests.releasing import help_of, released_by, text_of
from trellis.review.models import Release

pytestmark = pytest.mark.django_db
QUERIES = 9


def test_nothing_waits(cast, browse):
    page = text_of(browse(cast.daniel).get("/"))
    assert "Nobody waits for an answer" in page
    assert "Nothing new. A setting decides itself" in page
    assert "No term has been counted yet" in page
    assert "Campaigns under way" not in page


def test_it_says_who_asks_and_what_was_released_until_somebody_has_read_it(cast, half, browse):
    help_of(cast.amara)
    released = released_by(cast.amara)
    campaign = campaign_for(cast.amara)
    lead, senco = browse(cast.daniel), browse(cast.ruth)
    page = text_of(lead.get("/"))
    assert "1 request for help waits for an answer" in page
    assert f"Bramble Lane Nursery, {released.round.period}" in page
    assert campaign.period in page
    senco.get(reverse("show_released", args=[released.pk]))
    assert "Bramble Lane Nursery" not in text_of(lead.get("/")), "a colleague has read it"


def test_another_authority_and_a_released_review_that_was_withdrawn(cast, half, browse):
    help_of(cast.amara)
    released_by(cast.amara)
    page = text_of(browse(cast.idris).get("/"))
    assert "Bramble Lane Nursery" not in page
    assert "Nobody waits for an answer" in page
    Release.objects.update(withdrawn_at="2026-11-27T12:00Z", withdrawn_by=cast.amara.user, content={})
    assert "Bramble Lane Nursery" not in text_of(browse(cast.daniel).get("/"))


def test_it_is_read_in_as_many_queries_however_many_settings_release(
    cast, framework, browse, django_assert_num_queries
):
    browser = browse(cast.daniel)
    browser.get("/")
    with django_assert_num_queries(QUERIES):
        browser.get("/")
    where = three_hundred(200)
    council = cast.daniel.organisation
    settings_that_released(
        council, framework, where, period="2026-autumn", by=cast.daniel, weak=lambda code, number: number % 2 == 0
    )
    with django_assert_num_queries(QUERIES):
        page = text_of(browser.get("/"))
    assert page.count("to read until") == 5
    assert "And 195 more" in page
