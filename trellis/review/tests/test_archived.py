"""An archived review is put away: what stands in it stays, and its plan too. Actions live on in the setting."""

from __future__ import annotations

import pytest
from django.urls import reverse

from trellis.review import actions
from trellis.review.models import Action, NoActionChange

pytestmark = pytest.mark.django_db
SENTENCE = "This review has been archived, so its plan stays as it is. Plan from your latest review, or start one"


@pytest.fixture
def agreed(cast, half):
    for to in ("discussing", "agreed"):
        actions.move_round(round=half.round, to=to, by=cast.amara.acting)
    return half


@pytest.fixture
def archived(cast, agreed):
    actions.decide_no_action(rating=agreed.strong, because="It is in place", by=cast.amara.acting)
    actions.move_round(round=agreed.round, to="archived", by=cast.amara.acting)
    return agreed


def test_the_plan_is_written_after_agreeing(cast, agreed, browse):
    browser, round = browse(cast.amara), agreed.round
    add = reverse("add_action", args=[round.pk, "C1"])
    assert add in browser.get(reverse("show_statement", args=[round.pk, "C1"])).content.decode()
    assert browser.post(add, {"what": "Ask each family"}).status_code == 302
    browser.post(reverse("no_action", args=[round.pk, "A1"]), {"because": "It is in place"})
    assert (Action.objects.count(), NoActionChange.objects.count()) == (2, 1)


def test_an_archived_review_takes_no_action_and_says_why(cast, archived, browse):
    browser, round = browse(cast.amara), archived.round
    add, none = (reverse(name, args=[round.pk, "C1"]) for name in ("add_action", "no_action"))
    statement = browser.get(reverse("show_statement", args=[round.pk, "C1"])).content.decode()
    assert add not in statement
    assert none not in statement
    page = browser.post(add, {"what": "Ask each family"}).content.decode()
    assert SENTENCE in page
    assert "Ask each family" in page, "what was typed is still there"
    assert SENTENCE in browser.post(none, {"because": "We wait"}, follow=True).content.decode()
    assert (
        SENTENCE
        in browser.post(reverse("no_action", args=[round.pk, "A1"]), {"take_back": "1"}, follow=True).content.decode()
    )
    assert (Action.objects.count(), NoActionChange.objects.count()) == (1, 1)


def test_actions_live_on_when_their_review_is_archived(cast, archived, browse):
    browser, action = browse(cast.priya), archived.action
    browser.post(reverse("change_action", args=[action.pk]), {"what": "Ask every family", "version": "1"})
    browser.post(reverse("move_action", args=[action.pk]), {"to": "done", "impact": "Each was asked"})
    action.refresh_from_db()
    assert (action.what, action.status) == ("Ask every family", "done")


def test_the_first_page_sends_nobody_to_the_plan_of_an_archived_review(cast, archived, browse):
    Action.objects.all().update(due_on=None, start_on=None)
    archived.action.rounds.clear()
    page = browse(cast.amara).get("/").content.decode()
    assert "Your last review is archived" in page
    assert "Add to the plan" not in page
