"""The plan on the screen: writing an action in full, what is overdue, what to work on first, what is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from tests.reviewing import rating, say
from trellis.review import actions
from trellis.review.actions.plan import Intention
from trellis.review.models import Action, Evidence

pytestmark = pytest.mark.django_db

IN_FULL = {
    "what": "Try picture cards at tidy-up time",
    "why": "The two-year-olds do not know what comes next",
    "owner_name": "",
    "start_on-day": "4",
    "start_on-month": "1",
    "start_on-year": "2027",
    "due_on-day": "5",
    "due_on-month": "3",
    "due_on-year": "2027",
    "resources": "A laminator, one hour",
    "success": "Children go to the shelf without being asked",
    "version": "1",
}


def words(answer, selector: str = "main") -> list[str]:
    """What stands in the parts of a page, as it reads."""
    return [" ".join(part.get_text(" ").split()) for part in BeautifulSoup(answer.content, "html5lib").select(selector)]


def plans(half, by, **said) -> Action:
    """One more action of the half-way round."""
    intention = Intention(**said)
    return actions.add_action(round=half.round, statement=half.weak.statement, intention=intention, by=by.acting)


def test_an_action_in_full_is_kept_shown_and_offered_again(cast, half, browse):
    browser = browse(cast.amara)
    browser.post(reverse("add_action", args=[half.round.pk, "A2"]), IN_FULL | {"owner": cast.priya.user.pk})
    action = Action.objects.get(statement__code="A2")
    assert (action.what, action.why) == (IN_FULL["what"], IN_FULL["why"])
    assert (action.owner, action.owner_name) == (cast.priya.user, "")
    assert (action.start_on, action.due_on) == (date(2027, 1, 4), date(2027, 3, 5))
    assert (action.resources, action.success) == (IN_FULL["resources"], IN_FULL["success"])
    assert list(action.rounds.all()) == [half.round]
    page = words(browser.get(action.get_absolute_url()))[0]
    for said in (
        IN_FULL["what"],
        f"Why {IN_FULL['why']}",
        "Who Priya Nair",
        "Start 4 January 2027",
        "Due 5 March 2027",
        f"What it needs {IN_FULL['resources']}",
        f"How you will know it worked {IN_FULL['success']}",
        "Amara Okafor",
    ):
        assert said in page
    form = BeautifulSoup(browser.get(reverse("change_action", args=[action.pk])).content, "html5lib")
    offered = {field["name"]: field.get("value") or field.get_text().strip() for field in form.select("[name]")}
    assert {name: offered[name] for name in IN_FULL} == IN_FULL
    assert form.select_one("select[name=owner] option[selected]")["value"] == str(cast.priya.user.pk)


def test_changing_an_action_changes_every_part_of_it(cast, half, browse):
    browse(cast.priya).post(
        reverse("change_action", args=[half.action.pk]), IN_FULL | {"owner": "", "owner_name": "Our student"}
    )
    half.action.refresh_from_db()
    action = half.action
    assert (action.what, action.why, action.owned_by) == (IN_FULL["what"], IN_FULL["why"], "Our student")
    assert (action.start_on, action.due_on) == (date(2027, 1, 4), date(2027, 3, 5))
    assert (action.resources, action.success, action.version) == (IN_FULL["resources"], IN_FULL["success"], 2)


def test_nothing_is_due_before_it_starts(cast, half, browse):
    late = IN_FULL | {"start_on-year": "2028", "owner": ""}
    page = browse(cast.amara).post(reverse("add_action", args=[half.round.pk, "A2"]), late).content.decode()
    assert "The due date must be the same as or after the start date" in page
    assert not Action.objects.filter(statement__code="A2").exists()


def test_overdue_is_what_is_open_and_past_its_day(cast, full, browse):
    today = timezone.localdate()
    plans(full, cast.amara, what="Due today", due_on=today)
    browser = browse(cast.amara)
    overdue = browser.get(reverse("plan") + "?show=overdue")
    assert words(overdue, "#plan tbody th") == ["Ring the Area SENCO C1"]
    assert "9 days overdue" in words(overdue, "#plan tbody tr")[0]
    assert words(browser.get(reverse("plan")), "#plan tbody th") == [
        "Ring the Area SENCO C1",
        "Due today C1",
        "Agree with each family how we tell them about support C1",
        "Write a welcome in three languages C1",
    ]


def test_an_unknown_filter_shows_what_is_open(cast, half, browse):
    page = browse(cast.amara).get(reverse("plan") + "?show=everything")
    assert words(page, "#plan caption") == ["Open actions"]


def test_an_empty_filter_says_so(cast, half, browse):
    assert "Nothing is closed yet" in words(browse(cast.amara).get(reverse("plan") + "?show=closed"))[0]


def test_the_law_comes_first_in_what_to_work_on_each_with_its_reason(cast, half, browse):
    for code, level, unsure in (
        ("A1", "partly", False),
        ("A2", "development", False),
        ("A3", "secure", True),
        ("A4", "secure", False),
        ("A5", "partly", False),
        ("D1", "development", False),
    ):
        say(half.round, code, level, cast.amara, unsure=unsure)
    actions.decide_no_action(rating=rating(half.round, "A2"), because="It is on its way", by=cast.amara.acting)
    browser = browse(cast.amara)
    listed = words(browser.get(half.round.get_absolute_url()), ".review-work__reason")
    assert listed == [
        "First, because the law asks for this and it needs development. No action yet.",
        "First, because the law asks for this and it needs development. 1 action in the plan.",
        "You said this needs development. No action, because: It is on its way",
        "The law asks for this, and it is only on its way.",
        "You were not sure about this one.",
        "You said this is on its way.",
    ]
    links = BeautifulSoup(browser.get(half.round.get_absolute_url()).content, "html5lib").select(".review-work a")
    assert [link["href"].rsplit("/", 1)[1] for link in links] == ["D1", "C1", "A2", "A5", "A3", "A1"]


def test_the_first_page_says_what_is_due(cast, full, browse):
    Evidence.objects.filter(pk=full.evidence.pk).update(look_again_on=timezone.localdate())
    due = words(browse(cast.amara).get("/"), ".review-due li")
    assert [each.split(" Overdue")[0] for each in due[:1]] == ["Ring the Area SENCO"]
    assert [any(who in each for each in due[1:]) for who in ("Priya Nair", "Our student")] == [True, True]
    assert len(due) == 3
    page = words(browse(cast.amara).get("/"))[0]
    assert "1 piece of evidence to look at again" in page
    assert "See the whole plan" not in page


def test_the_first_page_shows_the_soonest_six_and_leads_to_the_rest(cast, half, browse):
    Action.objects.filter(pk=half.action.pk).update(start_on=None, due_on=None)
    for number in range(7, 0, -1):
        plans(half, cast.amara, what=f"Due in {number} days", due_on=timezone.localdate() + timedelta(number))
    page = browse(cast.amara).get("/")
    assert words(page, ".review-due li a") == [f"Due in {number} days" for number in range(1, 7)]
    assert "See the whole plan" in words(page)[0]


def test_the_first_page_says_when_nothing_is_due(cast, half, browse):
    Action.objects.filter(pk=half.action.pk).update(start_on=None, due_on=None)
    assert "Nothing with a date is waiting." in words(browse(cast.amara).get("/"))[0]
