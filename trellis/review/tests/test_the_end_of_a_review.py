"""When every statement has an answer, the way to the end of a review is the first thing one sees."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.reviewing import rating, say, start
from trellis.core.refusal import Refused
from trellis.review import actions

pytestmark = pytest.mark.django_db


def answer_all(round, by, *, but=()):
    for each in list(round.ratings.select_related("statement")):
        if each.statement.code not in but:
            say(round, each.statement.code, "secure", by)


def first_button(page):
    return BeautifulSoup(page.content, "html.parser").select_one("main .govuk-button").text


def test_a_team_is_led_to_discussing_and_then_to_agreeing(cast, half, browse):
    answer_all(half.round, cast.amara)
    browser = browse(cast.amara)
    assert "Look at it together" in browser.get("/").content.decode()
    assert first_button(browser.get(half.round.get_absolute_url())) == "Ready to discuss"
    actions.move_round(round=half.round, to="discussing", by=cast.amara.acting)
    assert first_button(browser.get(half.round.get_absolute_url())) == "Agree the review"


def test_a_review_with_gaps_leads_to_the_first_of_them(cast, half, browse):
    answer_all(half.round, cast.amara, but=["B1"])
    assert first_button(browse(cast.amara).get(half.round.get_absolute_url())).startswith("Carry on with")


def test_a_childminder_agrees_directly(cast, framework, browse):
    round, browser = start(cast.megan, framework), browse(cast.megan)
    answer_all(round, cast.megan)
    page = browser.get(round.get_absolute_url())
    assert first_button(page) == "Agree the review"
    assert "Ready to discuss" not in page.content.decode()
    browser.post(reverse("move_round", args=[round.pk, "agreed"]), {"note": ""})
    round.refresh_from_db()
    assert round.status == "agreed"


def test_a_team_does_not_skip_discussing_nor_a_childminder_discuss_alone(cast, half, framework):
    with pytest.raises(Refused, match="A draft cannot go straight to agreed"):
        actions.move_round(round=half.round, to="agreed", by=cast.amara.acting)
    with pytest.raises(Refused, match="cannot go straight to being discussed"):
        actions.move_round(round=start(cast.megan, framework), to="discussing", by=cast.megan.acting)


@pytest.mark.parametrize(
    ("but", "sentence"),
    [
        ((), "Saved. Every statement has an answer"),
        (("B1",), "Saved. 1 statement is not yet discussed"),
        (("B1", "B2"), "Saved. 2 statements are not yet discussed"),
    ],
)
def test_after_the_last_area_one_is_told_how_it_stands(cast, half, browse, but, sentence):
    answer_all(half.round, cast.amara, but=but)
    last = rating(half.round, "F1")
    data = {"F1-choice": "partly", "F1-work": "to_do", "F1-version": str(last.version)}
    page = browse(cast.amara).post(reverse("rate_area", args=[half.round.pk, "F"]), data, follow=True)
    assert sentence in page.content.decode()
