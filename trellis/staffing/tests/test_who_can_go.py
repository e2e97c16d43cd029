"""Who can go: asked on one page, answered with why, how sure that is, and what would help."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.staffing import MONDAY, TODAY, colleague_of, nursery_of, usual_day_of
from trellis.core.models import AuditEvent
from trellis.staffing.actions.days import change_day, off_all_day
from trellis.staffing.actions.rooms import say_own_rules
from trellis.staffing.actions.week import plan_day
from trellis.staffing.models import ChangeKind, DayChange, Room
from trellis.staffing.reading import unsaid
from trellis.staffing.rules.weeks import Plan
from trellis.staffing.tests.test_week_pages import fields, main

pytestmark = pytest.mark.django_db


def asking(*people, on=MONDAY, **otherwise):
    """What stands in the address when somebody asks for a session from half past nine to three."""
    day = {"on-day": on.day, "on-month": on.month, "on-year": on.year}
    who = {"who": [str(each.pk) for each in people]}
    return {**who, **day, "starts": "09:30", "ends": "15:00", "travel": "30", "ask": "1", **otherwise}


@pytest.fixture
def nursery(cast):
    return nursery_of(cast.amara)


@pytest.fixture
def ask(browse, cast):
    return lambda *people, **otherwise: browse(cast.priya).get(reverse("who_can_go"), asking(*people, **otherwise))


def headings(answer):
    page = BeautifulSoup(answer.content, "html.parser")
    return [each.get_text() for each in page.select("main h2, main h3")]


def test_it_holds_with_nobody_spare(nursery, ask):
    answer = ask(nursery["Dee"])
    told = main(answer)
    assert headings(answer)[0] == "Tight"
    assert "At 9:00am there are 4 staff, and nobody is spare." in told
    assert "The rule: Somebody is spare. Our own reading." in told
    assert "Away from 9:00am to 3:30pm, the way there and back among it, on Monday" in told
    assert "A planning aid: the registered person decides." in told
    ways = BeautifulSoup(answer.content, "html.parser").select("main ol li")
    assert [each.get_text(" ", strip=True) for each in ways] == [
        "Cover by one member of staff of any level from 9:00am to 3:30pm. Then it is possible. "
        "Write down somebody from an agency : Cover by one member of staff of any level from 9:00am to 3:30pm"
    ]
    assert "9:00am to 3:30pm 4 4 4 ! Tight" in told


def test_two_are_too_many_and_one_of_them_can_stay(nursery, ask):
    told = main(ask(nursery["Dee"], nursery["Bo"]))
    assert "Not possible At 9:00am there are 3 staff for 16 children of three and over and 10 children of two" in told
    assert "4 are needed (1:8, 1:5)" in told
    assert "The rule: Ratios are for all staff who can work directly with children across the setting" in told
    assert "Read in a public copy" in told
    assert "Dee stays. Then it is tight." in told
    assert "Bo stays. Then it is tight." in told


def test_a_way_out_is_taken_from_where_it_stands(nursery, ask, browse, cast):
    def link(answer, words):
        page = BeautifulSoup(answer.content, "html.parser")
        return next(each["href"] for each in page.select("main ol a") if each.get_text().startswith(words))

    again = browse(cast.priya).get(link(ask(nursery["Dee"], nursery["Bo"]), "Ask like this"))
    assert "Dee stays" not in main(again)
    assert headings(again)[0] == "Tight"
    cover = link(ask(nursery["Dee"]), "Write down somebody from an agency")
    browser = browse(cast.priya)
    browser.post(cover, fields(browser.get(cover)))
    change = DayChange.objects.get()
    assert (change.level, change.room, change.first_aid) == (0, None, False)
    assert (change.starts, change.until) == (9 * 60, 15 * 60 + 30)
    assert headings(ask(nursery["Dee"]))[0] == "Possible"


def test_what_is_otherwise_on_the_day_changes_the_answer(nursery, ask, cast):
    bears = Room.objects.get(name="Bears")
    change_day(on=MONDAY, today=TODAY, kind=ChangeKind.AGENCY, level=2, room=bears, by=cast.amara.acting)
    answer = ask(nursery["Dee"])
    assert headings(answer)[0] == "Possible"
    assert "Every rule holds, with somebody to spare." in main(answer)
    assert "Somebody at Level 2 comes from an agency, in Bears, all day" in main(answer)
    off_all_day(colleague=nursery["Ada"], on=MONDAY, today=TODAY, by=cast.amara.acting)
    assert headings(ask(nursery["Dee"]))[0] == "Not possible"
    change_day(
        on=MONDAY, today=TODAY, kind=ChangeKind.FEWER, room=bears, band="three_plus", count=16, by=cast.amara.acting
    )
    assert headings(ask(nursery["Dee"]))[0] == "Possible"
    told = main(ask(nursery["Ada"]))
    assert "Ada does not work then anyhow." in told


def test_the_settings_own_ratio_holds_where_it_is_stricter(nursery, ask, cast):
    say_own_rules(own=unsaid(cast.amara.acting), version=0, two=4, by=cast.amara.acting)
    told = main(ask(nursery["Dee"]))
    assert "Not possible" in told
    assert "The setting’s own ratio, where it is stricter" in told


def test_a_day_without_an_answer_says_so(nursery, ask, cast):
    tuesday = MONDAY + timedelta(days=1)
    assert "Your week has nothing for a Tuesday yet, so we cannot say." in main(ask(nursery["Bo"], on=tuesday))
    plan_day(weekday=1, plan=Plan(), version=0, by=cast.amara.acting)
    assert "By your typical week you are closed on this day, so nobody is missed." in main(
        ask(nursery["Bo"], on=tuesday)
    )
    long_ago = MONDAY.replace(year=2001, month=1, day=1)
    assert "We hold no edition of the rules for this day." in main(ask(nursery["Bo"], on=long_ago))
    told = main(ask(nursery["Bo"], starts="19:00", ends="20:00"))
    assert "The setting is closed then." in told


def test_who_is_too_young_is_said(nursery, ask, cast):
    young = colleague_of(cast.amara, "Fay", born_on=MONDAY - timedelta(days=365 * 15))
    told = main(ask(nursery["Dee"]))
    assert f"{young.name} is too young to be counted." in told


@pytest.mark.parametrize(
    ("otherwise", "sentence"),
    [
        ({"who": []}, "Choose who would be away"),
        ({"who": ["somebody"]}, "from what is listed"),
        ({"on-day": ""}, "Enter the day as well"),
        ({"starts": ""}, "Enter when it begins"),
        ({"ends": "09:00"}, "The end must be later than the beginning"),
        ({"ends": "24:30"}, "Enter a time such as 9:30"),
        ({"travel": "241"}, "must be 240 or less"),
    ],
)
def test_a_question_that_cannot_be_read_is_sent_back(nursery, ask, otherwise, sentence):
    answer = ask(nursery["Bo"], **otherwise)
    assert sentence in main(answer)
    assert "The rules that this answer rests on" not in main(answer)


def test_a_link_fills_in_a_part(nursery, browse, cast):
    said = asking(nursery["Bo"])
    del said["ask"], said["travel"]
    page = BeautifulSoup(browse(cast.amara).get(reverse("who_can_go"), said).content, "html.parser")
    assert [each["value"] for each in page.select("input[checked]")] == [str(nursery["Bo"].pk)]
    assert page.select_one("[name=starts]")["value"] == "09:30"
    assert page.select_one("[name=on-year]")["value"] == str(MONDAY.year)
    assert not page.select(".govuk-error-summary")
    assert browse(cast.amara).get(reverse("who_can_go"), {"starts": "<b>"}).status_code == 200


def test_before_a_week_is_written_down_the_page_says_where_to_begin(browse, cast):
    assert "Your week is not written down yet" in main(browse(cast.megan).get(reverse("who_can_go")))


def test_nobody_is_asked_about_in_another_setting(nursery, browse, cast):
    usual_day_of(cast.joanna)
    answer = browse(cast.joanna).get(reverse("who_can_go"), asking(nursery["Dee"]))
    assert "from what is listed" in main(answer)
    assert "Dee" not in main(answer)


def test_asking_changes_nothing_and_asks_little(nursery, browse, cast):
    browser, said = browse(cast.amara), asking(nursery["Dee"])
    browser.get(reverse("who_can_go"), said)
    before = AuditEvent.objects.count()
    with CaptureQueriesContext(connection) as queries:
        browser.get(reverse("who_can_go"), said)
    assert AuditEvent.objects.count() == before
    assert len(queries) == 11
