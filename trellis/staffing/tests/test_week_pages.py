"""A setting’s week typed in: rooms, people, a weekday copied to others, and one day changed in two touches."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.staffing import (
    FIRST_AID,
    LAST_MONDAY,
    MONDAY,
    colleague_of,
    day_change_of,
    nursery_of,
    room_of,
    usual_day_of,
)
from trellis.accounts.acting import Themselves
from trellis.accounts.actions import delete_account
from trellis.core.models import AuditEvent
from trellis.core.personal import everything
from trellis.core.refusal import Refused
from trellis.staffing.actions.colleagues import change_colleague
from trellis.staffing.actions.days import off_all_day
from trellis.staffing.actions.rooms import add_room, change_room
from trellis.staffing.actions.week import plan_day
from trellis.staffing.models import (
    ChildrenExpected,
    Colleague,
    ColleagueHours,
    DayChange,
    OwnRules,
    Room,
    UsualDay,
)
from trellis.staffing.reading import plan_of, week_of
from trellis.staffing.rules.people import Level, Span
from trellis.staffing.rules.weeks import CHANGED, Plan

pytestmark = pytest.mark.django_db


def main(answer):
    words = " ".join(BeautifulSoup(answer.content, "html.parser").select_one("main").get_text(" ").split())
    return re.sub(r" ([,.:])", r"\1", words)


def fields(answer):
    """What a browser would send when nobody touches anything."""
    found = {}
    for each in BeautifulSoup(answer.content, "html.parser").select("main form input, main form select"):
        if each.get("type") in ("checkbox", "radio") and not each.has_attr("checked"):
            continue
        chosen = each.select_one("option[selected]") if each.name == "select" else None
        found[each["name"]] = (
            chosen["value"] if chosen else each.get("value", "on" if each.get("type") == "checkbox" else "")
        )
    return found


def test_a_week_is_typed_in(browse, cast):
    browser = browse(cast.amara)
    assert "Write down your first room" in main(browser.get(reverse("our_week")))
    browser.post(reverse("add_room"), {"name": "Bees"})
    said = {"name": "Ines", "standing": "staff", "level": "3", "known": "evidence", "holds": ["manager"]}
    said |= {f"first_aid_until-{part}": value for part, value in (("day", "1"), ("month", "1"), ("year", "2029"))}
    answer = browser.post(reverse("add_colleague"), said | {"another": "1"})
    assert answer.headers["Location"] == reverse("add_colleague")
    ines, bees = Colleague.objects.get(), Room.objects.get()
    assert (ines.level, ines.manager, ines.deputy, ines.first_aid_until) == (3, True, False, date(2029, 1, 1))
    page = reverse("usual_day", args=["monday"])
    sent = fields(browser.get(page))
    sent |= {"open-starts": "08:00", "open-until": "18:00", "meal-0-starts": "11:30", "meal-0-until": "12:15"}
    sent |= {f"children-{bees.pk}-0-band": "two", f"children-{bees.pk}-0-count": "6"}
    sent |= {f"hours-{ines.pk}-{name}": at for name, at in (("starts", "08:00"), ("until", "16:00"))}
    sent |= {f"hours-{ines.pk}-room": str(bees.pk)}
    browser.post(page, sent)
    plan = plan_of(UsualDay.objects.whole().get())
    assert plan.opening == Span(480, 1080)
    assert plan.meals == (Span(690, 735),)
    assert [(each.attending.count, each.attending.span) for each in plan.children] == [(6, Span(480, 1080))]
    assert [(each.room, each.hours) for each in plan.working] == [(str(bees.pk), (Span(480, 960),))]
    browser.post(reverse("copy_day", args=["monday"]), {"to": ["1", "4"]})
    assert [each.weekday for each in UsualDay.objects.all()] == [0, 1, 4]
    assert ChildrenExpected.objects.count() == ColleagueHours.objects.count() == 3
    shown = main(browser.get(reverse("our_week")))
    assert "6 children of two" in shown
    assert "Monday, Tuesday and Friday: Bees" in shown
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"room.added", "colleague.added", "usual_day.planned"} <= verbs
    assert "Ines" not in str(list(AuditEvent.objects.values_list("change", flat=True)))


def test_what_stands_there_is_shown_and_comes_back_as_it_was(browse, cast):
    usual = usual_day_of(cast.amara)
    browser, page = browse(cast.amara), reverse("usual_day", args=["monday"])
    before = plan_of(usual)
    sent = fields(browser.get(page))
    assert browser.post(page, sent | {"more": "1"}).headers["Location"] == page
    after = UsualDay.objects.whole().get()
    assert plan_of(after) == before
    assert (after.version, after.changed_by) == (2, cast.amara.user)
    browser.post(
        page, sent | {"version": "2", "open-starts": "07:30", f"hours-{Colleague.objects.get().pk}-room": "free"}
    )
    plan = plan_of(UsualDay.objects.whole().get())
    all_day = Span(450, 1080)
    assert (plan.children[0].attending.span, plan.working[0].span) == (all_day, all_day), (
        "who is there all day still is"
    )
    assert plan.working[0].room == ""
    emptied = {key: "" if key.startswith(("children-", "meal-", "open-")) else value for key, value in sent.items()}
    answer = browser.post(page, emptied | {"version": "3"})
    assert "you are closed on this day" in main(answer), "whose hours would be nowhere is not left out silently"
    assert (
        fields(answer)[f"hours-{Colleague.objects.get().pk}-room"] == sent[f"hours-{Colleague.objects.get().pk}-room"]
    )
    emptied = {key: "" if key.startswith("hours-") else value for key, value in emptied.items()}
    browser.post(page, emptied | {"version": "3"})
    assert plan_of(UsualDay.objects.whole().get()).opening is None
    assert "Closed" in main(browser.get(reverse("our_week")))


WRONG = [
    ({"open-until": ""}, "Enter both times, or neither"),
    ({"open-until": "07:00"}, "The end must be later than the beginning"),
    ({"open-starts": "tea time"}, "Enter a time such as 9:30"),
    ({"open-starts": "25:00"}, "Enter a time such as 9:30"),
    (
        {"children-0-starts": "07:00", "children-0-until": "12:00"},
        "Children are expected before you open or after you close",
    ),
    ({"open-starts": "", "open-until": ""}, "Enter when you open and close, or take out the children and meals"),
    ({"meal-1-starts": "19:00", "meal-1-until": "19:30"}, "A meal is before you open or after you close"),
    ({"children-0-count": ""}, "Enter how many children come"),
    ({"children-0-count": "201"}, "must be 200 or less"),
    ({"children-1-count": "3"}, "Choose the age of these children"),
    ({"hours-break_until": ""}, "Enter both times, or neither"),
    ({"hours-starts": "08:00", "hours-until": "12:45"}, "The break must lie within the hours"),
    ({"hours-break_starts": "18:30", "hours-break_until": "19:00"}, "A break must lie within the hours"),
    ({"hours-room": ""}, "Choose where they work, or take the times out"),
    ({"hours-room": "the-moon"}, "Choose “Where” from what is listed"),
    ({"version": "0"}, CHANGED),
    ({"version": "x"}, CHANGED),
]


@pytest.mark.parametrize(("wrong", "sentence"), WRONG)
def test_what_cannot_be_is_sent_back_with_a_sentence(browse, cast, wrong, sentence):
    usual_day_of(cast.amara)
    bees, ines = Room.objects.get(), Colleague.objects.get()
    browser, page = browse(cast.amara), reverse("usual_day", args=["monday"])
    sent = fields(browser.get(page))
    keys = {"children": f"children-{bees.pk}", "hours": f"hours-{ines.pk}"}
    for key, value in wrong.items():
        first, _, rest = key.partition("-")
        sent[f"{keys[first]}-{rest}" if first in keys else key] = value
    answer = browser.post(page, sent)
    assert sentence in main(answer)
    assert UsualDay.objects.get().version == 1


def test_a_day_is_changed_in_two_touches(browse, cast):
    nursery_of(cast.amara)
    browser = browse(cast.priya)
    day = week_of(cast.amara.acting).day_on(MONDAY, [])
    week = BeautifulSoup(browser.get(reverse("our_week")).content, "html.parser")
    (first, *_) = (link["href"] for link in week.select("main a") if "/staffing/days/" in link["href"])
    page = BeautifulSoup(browser.get(first).content, "html.parser")
    off = [form for form in page.select("main form") if "/off/" in form["action"]]
    assert len(off) == len([person for person in day.staff if person.hours])
    browser.post(off[0]["action"], follow=True)
    assert "Ada is off all day, written down by Priya Nair" in main(browser.get(first))
    browser.post(off[0]["action"])
    change = DayChange.objects.get()
    browser.post(reverse("take_back_day_change", args=[change.pk]))
    assert not DayChange.objects.exists()
    assert list(AuditEvent.objects.filter(verb__startswith="day_change").values_list("verb", flat=True)) == [
        "day_change.added",
        "day_change.taken_back",
    ]


def test_a_day_is_otherwise_as_it_is_said(browse, cast):
    people = nursery_of(cast.amara)
    bees, bears = Room.objects.get(name="Bees"), Room.objects.get(name="Bears")
    browser = browse(cast.amara)
    sent = {
        "off": {"colleague": people["Bo"].pk, "starts": "08:00", "until": "12:00"},
        "agency": {"level": "2", "room": bees.pk, "first_aid": "on"},
        "trip": {"room": bears.pk, "starts": "10:00", "until": "11:00"},
        "fewer": {"room": bees.pk, "band": "two", "count": "4"},
    }
    for kind, said in sent.items():
        browser.post(reverse("change_day", args=[MONDAY.isoformat(), kind]), said)
    shown = main(browser.get(reverse("show_day", args=[MONDAY.isoformat()])))
    for sentence in (
        "Bo is off from 8:00am to 12:00pm",
        "Somebody at Level 2 with paediatric first aid comes from an agency, in Bees, all day",
        "Bears is out on a trip from 10:00am to 11:00am, with those who work there",
        "Bees: 4 children of two fewer all day",
    ):
        assert sentence in shown
    day = week_of(cast.amara.acting).day_on(MONDAY, DayChange.objects.all())
    hours = {person.called: person.hours for person in day.staff}
    assert hours["Bo"] == (Span(720, 1080),)
    assert hours["Ada"] == (Span(480, 600), Span(660, 1080))
    assert {
        (person.standing, person.level)
        for person in day.staff
        if person.key not in {str(p.pk) for p in people.values()}
    } == {("agency", Level.TWO)}
    children = {group.called: [(each.count, each.span) for each in group.children] for group in day.groups}
    assert children["Bees"] == [(6, Span(480, 1080))]
    assert children["Bears"] == [(16, Span(480, 600)), (16, Span(660, 1080))]


@pytest.mark.parametrize(
    ("kind", "said", "sentence"),
    [
        ("off", {}, "Choose who is off"),
        ("trip", {}, "Choose the room"),
        ("fewer", {}, "Enter how many fewer children come"),
        ("agency", {"level": "3", "starts": "08:00"}, "Enter both times, or neither"),
    ],
)
def test_a_change_that_says_too_little_is_sent_back(browse, cast, kind, said, sentence):
    nursery_of(cast.amara)
    assert sentence in main(browse(cast.amara).post(reverse("change_day", args=[MONDAY.isoformat(), kind]), said))
    assert not DayChange.objects.exists()


def test_a_day_that_is_over_or_closed_is_told_and_not_changed(browse, cast):
    people = nursery_of(cast.amara)
    browser = browse(cast.amara)
    over = browser.get(reverse("show_day", args=[LAST_MONDAY.isoformat()]))
    assert "This day is over" in main(over)
    assert "Off all day" not in main(over)
    shown = browser.post(reverse("off_all_day", args=[LAST_MONDAY.isoformat(), people["Bo"].pk]), follow=True)
    assert "This day is over" in main(shown)
    tuesday = reverse("show_day", args=[(MONDAY + timedelta(days=1)).isoformat()])
    assert "Your week has nothing for a Tuesday yet" in main(browser.get(tuesday))
    assert browser.get(reverse("show_day", args=["someday"])).status_code == 404
    assert browser.get(reverse("change_day", args=["2027-03-01", "party"])).status_code == 404
    assert browser.get(reverse("usual_day", args=["someday"])).status_code == 404


def test_a_room_goes_with_its_children_and_its_staff_stay(browse, cast):
    nursery_of(cast.amara)
    bees, browser = Room.objects.get(name="Bees"), browse(cast.amara)
    browser.post(reverse("change_day", args=[MONDAY.isoformat(), "trip"]), {"room": bees.pk})
    assert "The children expected there go" in main(browser.get(reverse("remove_room", args=[bees.pk])))
    browser.post(reverse("remove_room", args=[bees.pk]))
    assert [each.room.name for each in ChildrenExpected.objects.all()] == ["Bears"]
    assert ColleagueHours.objects.filter(room=None).count() == 3
    assert not DayChange.objects.exists()


def test_whoever_is_taken_out_is_gone(browse, cast):
    usual_day_of(cast.amara)
    day_change_of(cast.amara)
    ines = Colleague.objects.get()
    browser = browse(cast.amara)
    browser.post(reverse("remove_colleague", args=[ines.pk]))
    assert [model.objects.count() for model in (Colleague, ColleagueHours, DayChange)] == [0, 0, 0]
    event = AuditEvent.objects.get(verb="colleague.removed")
    assert (event.record_id, event.change) == (str(ines.pk), {})


WRONG_PEOPLE = [
    ({"name": ""}, "Enter a name"),
    ({"name": "bO "}, "Somebody has this name or this account already"),
    ({"name": "Bo"}, "Somebody has this name or this account already"),
    ({"known": "experience", "level": "2"}, "By experience somebody counts at Level 3"),
    ({"studies": "3"}, "Only an apprentice, a student or a volunteer counts by what they study for"),
    ({"competent": "on"}, "Only an apprentice, a student or a volunteer counts by what they study for"),
    (
        {"born_on-day": "1", "born_on-month": "1", "born_on-year": "2001"},
        "Leave this empty: it is asked of somebody under 17 only",
    ),
    ({"user": "somebody"}, "Choose “Their account here” from what is listed"),
]


@pytest.mark.parametrize(("wrong", "sentence"), WRONG_PEOPLE)
def test_a_person_that_cannot_be_is_sent_back(browse, cast, wrong, sentence):
    colleague_of(cast.amara, "Bo")
    said = {"name": "Ines", "standing": "staff", "level": "3", "known": "evidence"}
    assert sentence in main(browse(cast.amara).post(reverse("add_colleague"), said | wrong))
    assert Colleague.objects.count() == 1


def test_an_entry_keeps_its_account_and_loses_a_date_of_birth_that_is_asked_no_more(browse, cast):
    ines = colleague_of(cast.amara, user_id=cast.joanna.user.pk, born_on=MONDAY.replace(year=MONDAY.year - 18))
    browser, page = browse(cast.amara), reverse("change_colleague", args=[ines.pk])
    sent = fields(browser.get(page))
    assert sent["born_on-year"] == ""
    browser.post(page, sent | {"level": "2"})
    ines.refresh_from_db()
    assert (ines.level, ines.user, ines.born_on) == (2, cast.joanna.user, None)


def test_a_room_is_named_plainly_and_once_whatever_its_capitals(cast):
    room = add_room(name="Little   bees", by=cast.amara.acting)
    assert room.name == "Little bees"
    with pytest.raises(Refused, match="a room with this name already"):
        add_room(name="little  BEES", by=cast.amara.acting)
    change_room(room=room, version=1, name="Little Bees", by=cast.amara.acting)
    other = room_of(cast.amara, "Bears")
    with pytest.raises(Refused, match="a room with this name already"):
        change_room(room=other, version=1, name="LITTLE bees", by=cast.amara.acting)


def test_a_person_and_a_room_are_changed_unless_somebody_was_faster(browse, cast):
    ines, bees = colleague_of(cast.amara), room_of(cast.amara)
    browser = browse(cast.amara)
    page = reverse("change_colleague", args=[ines.pk])
    sent = fields(browser.get(page)) | {"standing": "apprentice", "level": "2", "studies": "3", "competent": "on"}
    sent |= {"user": str(cast.leila.user.pk), "holds": ["one_to_one"]}
    browser.post(page, sent)
    ines.refresh_from_db()
    assert (ines.standing, ines.studies, ines.competent, ines.one_to_one) == ("apprentice", 3, True, True)
    assert (ines.user, ines.version) == (cast.leila.user, 2)
    event = AuditEvent.objects.get(verb="colleague.changed")
    assert event.change["user_id"] == "changed"
    assert event.change["level"] == [3, 2]
    assert CHANGED in main(browser.post(page, sent | {"level": "0"}))
    room = reverse("change_room", args=[bees.pk])
    browser.post(room, {"name": "Bumble bees", "version": "1"})
    assert CHANGED in main(browser.post(room, {"name": "Bees again", "version": "1"}))
    assert Room.objects.get().name == "Bumble bees"


def test_a_setting_says_what_it_keeps_to(browse, cast):
    browser, page = browse(cast.joanna), reverse("own_rules")
    sent = fields(browser.get(page))
    assert (sent["provision"], sent["counted"], sent["version"]) == ("pvi", "rules", "0")
    browser.post(page, sent | {"two": "4", "counted": "no"})
    own = OwnRules.objects.get()
    assert (own.two, own.under_2, own.unqualified_counted, own.good_or_outstanding) == (4, None, False, True)
    assert "Two: 1 to 4" in main(browser.get(reverse("our_week")))
    assert "Somebody else has just said this" in main(browser.post(page, sent))
    browser.post(page, fields(browser.get(page)) | {"two": ""})
    assert OwnRules.objects.get().two is None
    assert "must be 30 or less" in main(browser.post(page, sent | {"two": "31"}))


def test_a_childminder_is_one_from_the_start(browse, cast):
    browser = browse(cast.megan)
    assert "A childminder." in main(browser.get(reverse("our_week")))
    assert "Is the childminder, not an assistant" in main(browser.get(reverse("add_colleague")))
    assert "Is the childminder" not in main(browse(cast.amara).get(reverse("add_colleague")))


def test_whoever_it_is_about_is_told_and_goes_with_their_account(cast):
    usual_day_of(cast.amara)
    ines = Colleague.objects.get()
    change_colleague(colleague=ines, version=1, by=cast.amara.acting, user_id=cast.leila.user.pk)
    off_all_day(colleague=ines, on=MONDAY, today=MONDAY, by=cast.amara.acting)
    told = {
        key: [part.line(row) for row in part.rows(cast.leila.user)]
        for key, part in everything().items()
        if key.startswith("in_the_week")
    }
    assert told["in_the_week"][0]["Paediatric first aid until"] == FIRST_AID
    (hours,) = told["in_the_week_hours"]
    assert (hours["Weekday"], hours["From"], hours["Break to"], hours["Room"]) == ("Monday", "8:00am", "1:00pm", "Bees")
    assert told["in_the_week_off"] == [
        {"Setting": "Bramble Lane Nursery", "Day": MONDAY, "From": "", "To": ""},
    ]
    delete_account(by=Themselves(cast.leila.user))
    assert not Colleague.objects.exists()


def test_nobody_sees_another_settings_week(browse, cast):
    usual_day_of(cast.amara)
    for person in (cast.joanna, cast.megan):
        assert "Ines" not in main(browse(person).get(reverse("our_week")))
    assert not week_of(cast.leila.acting).colleagues
    with pytest.raises(Refused, match="just changed"):
        plan_day(weekday=0, plan=Plan(), version=0, by=cast.amara.acting)


def test_the_week_asks_as_often_with_many_as_with_few(browse, cast):
    usual_day_of(cast.amara)
    browser, page = browse(cast.amara), reverse("our_week")
    browser.get(page)
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(page)
    for number in range(12):
        colleague_of(cast.amara, f"Person {number}")
        room_of(cast.amara, f"Room {number}")
    usual_day_of(cast.amara, 1)
    with CaptureQueriesContext(connection) as many:
        browser.get(page)
    assert len(few) == len(many) == 11
