"""What somebody who left had taken on: nobody has to find out by chance, and it is handed over in one go."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from trellis.core.models import AuditEvent
from trellis.core.refusal import Refused
from trellis.organisations.models import Membership
from trellis.review import actions
from trellis.review.actions.plan import Intention
from trellis.review.models import Action

pytestmark = pytest.mark.django_db

LEFT = "3 actions belong to somebody who has left"


@pytest.fixture
def left(cast, half) -> list[Action]:
    """Priya has left, with three open actions; a fourth is done, a fifth is Amara’s."""
    more = [Intention(what=what, owner=cast.priya.user) for what in ("Ring the Area SENCO", "Ask parents", "Buy cards")]
    mine = Intention(what="Write a welcome", owner=cast.amara.user)
    made = [
        actions.add_action(round=half.round, statement=half.weak.statement, intention=each, by=cast.amara.acting)
        for each in (*more, mine)
    ]
    actions.move_action(action=made[2], to="done", impact="We have them", by=cast.amara.acting)
    Membership.objects.filter(user=cast.priya.user).update(ended_at=timezone.now(), ended_by=cast.amara.user)
    return [half.action, *made[:2]]


def page(browser, address) -> BeautifulSoup:
    return BeautifulSoup(browser.get(address).content, "html5lib")


def test_the_first_page_the_plan_and_the_review_say_so(cast, half, left, browse):
    browser, address = browse(cast.amara), reverse("hand_over_actions")
    assert page(browser, "/").select_one(f'a[href="{address}"]').get_text() == LEFT
    rows = [row.get_text(" ") for row in page(browser, reverse("plan")).select("#plan tbody tr")]
    assert sum("Priya Nair has left" in " ".join(each.split()) for each in rows) == 3
    questions = page(browser, half.round.get_absolute_url()).select_one(".review-prompts")
    assert f"{LEFT} (Priya Nair). Who takes over?" in questions.get_text()
    assert questions.select_one(f'a[href="{address}"]')


def test_nothing_is_said_while_everybody_is_here_or_to_those_who_cannot_change_the_plan(cast, half, browse):
    assert "has left" not in browse(cast.amara).get("/").content.decode()
    Membership.objects.filter(user=cast.priya.user).update(ended_at=timezone.now(), ended_by=cast.amara.user)
    assert "somebody who has left" in browse(cast.amara).get("/").content.decode()
    assert "somebody who has left" not in browse(cast.leila).get("/").content.decode()


def test_several_are_handed_over_at_once_and_one_later(cast, left, browse):
    browser, address = browse(cast.amara), reverse("hand_over_actions")
    soup = page(browser, address)
    assert len(soup.select("input[name=actions][checked]")) == 3
    assert "Priya Nair" not in soup.select_one("select").get_text()
    two = [str(each.pk) for each in left[:2]]
    answer = browser.post(address, {"actions": two, "to": cast.tomasz.user.pk}, follow=True)
    assert "Tomasz Wójcik has taken on 2 actions" in answer.content.decode()
    assert answer.redirect_chain == [(address, 302)]
    answer = browser.post(address, {"actions": [left[2].pk], "to": cast.amara.user.pk}, follow=True)
    assert answer.redirect_chain == [(reverse("plan"), 302)]
    assert "Every open action belongs to somebody who is here" in browser.get(address).content.decode()
    assert [Action.objects.get(pk=each.pk).owned_by for each in left] == [
        "Tomasz Wójcik",
        "Tomasz Wójcik",
        "Amara Okafor",
    ]
    assert [change.owner for change in left[0].changes.order_by("version")] == [cast.priya.user, cast.tomasz.user]
    assert AuditEvent.objects.filter(verb="action.changed").count() == 3


def test_what_is_asked_is_told(cast, left, browse):
    answer = browse(cast.amara).post(reverse("hand_over_actions"), {"to": cast.joanna.user.pk}).content.decode()
    assert "Select at least one action" in answer
    assert "Select a colleague from the list" in answer
    assert set(Action.objects.of_those_who_left()) == set(left)


def test_all_or_none_when_somebody_else_was_faster(cast, left, browse):
    read = list(Action.objects.filter(pk__in=[each.pk for each in left]))
    Action.objects.filter(pk=left[1].pk).update(version=9)
    with pytest.raises(Refused, match="Somebody has just changed “Ring the Area SENCO”"):
        actions.hand_over_actions(actions=read, to=cast.amara.user, by=cast.amara.acting)
    assert Action.objects.of_those_who_left().count() == 3
