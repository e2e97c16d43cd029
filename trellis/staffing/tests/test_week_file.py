"""A week as a file: out, changed in a spreadsheet, looked at and taken; twice changes nothing."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.staffing import MONDAY, colleague_of, nursery_of, usual_day_of
from trellis.core.models import AuditEvent
from trellis.staffing.actions.week import plan_day
from trellis.staffing.files import read_week_file
from trellis.staffing.forms.week import MEALS
from trellis.staffing.models import Colleague, ColleagueHours, OwnRules, Room, UsualDay
from trellis.staffing.reading import Week, plan_of
from trellis.staffing.rules.days import Band
from trellis.staffing.rules.people import Span
from trellis.staffing.rules.week_file import ABOUT, COLUMNS, There, WeekFile
from trellis.staffing.rules.weeks import MOST_LINES, MOST_MEALS, Plan
from trellis.staffing.tests.test_week_pages import fields, main

WEEK = """What,Day,Name,Room,Age,Number,From,To,Break from,Break to,Level,First aid until,Manager
room,,,Bees,,,,,,,,,
person,,Ines,,,,,,,,3,5/3/2029,yes
person,,Bo,,,,,,,,2,,
open,Monday to Wednesday,,,,,8:00,18:00,,,,,
meal,Monday to Wednesday,,,,,11.30,12.15,,,,,
children,Mon-Wed,,bees,two,6,,,,,,,
works,"Monday, Tuesday",Ines,Bees,,,,,12:30,13:00,,,
works,Monday,Bo,,,,8:00,13:00,,,,,
"""


def there(**known):
    return There(**{"rooms": frozenset(), "people": {}, "days": {}, "today": date(2027, 3, 5)} | known)


def read(*rows, **known):
    found = WeekFile(there(**known))
    found.read([(line, dict.fromkeys(COLUMNS, "") | row) for line, row in enumerate(rows, start=2)])
    return found


WRONG = [
    ({"what": "party"}, "“party” is none of these: room, person, open, meal, children, works"),
    ({"what": "room"}, "Enter the name of the room"),
    ({"what": "room", "room": "x" * 61}, "The name of a room has at most 60 characters"),
    ({"what": "person"}, "Enter a name"),
    ({"what": "person", "name": "x" * 101}, "A name has at most 100 characters"),
    ({"what": "person", "name": "amy"}, "Amy is in the file twice: add something that tells them apart"),
    ({"what": "person", "name": "Ben", "level": "4"}, "“4” is no level here: write 2, 3 or 6, or leave it empty"),
    ({"what": "person", "name": "Ben", "standing": "king"}, "“king” is no role: write Member of staff, From an agency"),
    ({"what": "person", "name": "Ben", "manager": "perhaps"}, "“perhaps” is neither yes nor no"),
    ({"what": "person", "name": "Ben", "first_aid_until": "soon"}, "“soon” is no date: write 2027-03-05 or 5/3/2027"),
    (
        {"what": "person", "name": "Ben", "known": "By experience, in this setting only"},
        "By experience somebody counts",
    ),
    ({"what": "person", "name": "Ben", "studies": "3"}, "Only an apprentice, a student or a volunteer counts by what"),
    ({"what": "person", "name": "Ben", "born_on": "2001-01-01"}, "Leave the date of birth empty"),
    ({"what": "open", "starts": "8", "until": "18"}, "Enter the day"),
    ({"what": "open", "day": "someday", "starts": "8", "until": "18"}, "“someday” is no day"),
    ({"what": "open", "day": "Fri-Mon", "starts": "8", "until": "18"}, "“Fri-Mon” is no days of a week"),
    ({"what": "open", "day": "Monday"}, "Enter from when to when"),
    (
        {"what": "open", "day": "Mon-Tue", "starts": "8", "until": "18"},
        "The opening hours of Monday are in the file twice",
    ),
    ({"what": "meal", "day": "Monday", "starts": "8"}, "Enter both times, or neither"),
    ({"what": "meal", "day": "Monday", "starts": "8", "until": "tea"}, "Enter a time such as 9:30"),
    ({"what": "meal", "day": "Monday", "starts": "8", "until": "25"}, "Enter a time such as 9:30"),
    ({"what": "meal", "day": "Monday", "starts": "9", "until": "8"}, "The end must be later than the beginning"),
    ({"what": "meal", "day": "Monday", "starts": "19", "until": "20"}, "Monday: a meal is before you open"),
    ({"what": "meal", "day": "Sunday", "starts": "9", "until": "10"}, "Sunday: there are no opening hours"),
    ({"what": "children", "day": "Monday", "room": "Moon", "age": "two", "number": "3"}, "“Moon” is no room here"),
    ({"what": "children", "day": "Monday", "age": "two", "number": "3"}, "Enter the room"),
    ({"what": "children", "day": "Monday", "room": "Bees", "number": "3"}, "Enter the age of these children"),
    (
        {"what": "children", "day": "Monday", "room": "Bees", "age": "ten", "number": "3"},
        "“ten” is no age: write Under",
    ),
    (
        {"what": "children", "day": "Monday", "room": "Bees", "age": "2", "number": "0"},
        "Enter a number of children from 1",
    ),
    ({"what": "works", "day": "Monday", "name": "Zed"}, "“Zed” is nobody who works here: add a row for the person"),
    ({"what": "works", "day": "Mon-Tue", "name": "Amy"}, "Amy is in the file twice on Monday"),
]


@pytest.mark.parametrize(("row", "sentence"), WRONG)
def test_a_row_that_cannot_be_is_left_out_with_its_line_and_the_reason(row, sentence):
    good = [
        {"what": "room", "room": "Bees"},
        {"what": "person", "name": "Amy"},
        {"what": "open", "day": "Monday", "starts": "8", "until": "18"},
        {"what": "works", "day": "Monday", "name": "Amy"},
    ]
    found = read(*good, row)
    assert [line for line, _ in found.rejected] == [6]
    assert found.rejected[0][1].startswith(sentence)
    assert (found.rows, found.good) == (5, 4)
    assert (found.rooms, found.new_people) == (["Bees"], ["Amy"])
    assert list(found.days) == [0]
    assert found.days[0].working[0].span == Span(480, 1080)


def test_there_are_not_more_than_can_be():
    assert "There are 30 rooms already" in str(read(*({"what": "room", "room": str(n)} for n in range(31))).rejected)
    assert "There are 150 people already" in str(
        read(*({"what": "person", "name": str(n)} for n in range(151))).rejected
    )


def test_a_name_is_first_of_all_what_it_says():
    known = dict.fromkeys(ABOUT, "") | {"level": 3}
    rows = [{"what": "person", "name": name, "level": "2"} for name in ("ines", "Ines", "INES")]
    found = read(*rows, people={"Ines": known, "ines": known})
    assert (list(found.people), found.rejected[0][0]) == (["ines", "Ines"], 4)


def test_semicolons_between_cells_leave_commas_in_them():
    text = 'What;Day;Name;From;To\nopen;Monday, Wednesday;;8:00;18:00\nperson;;"Ines; cook";;\n'
    found = read_week_file(text, Week([], [], {}, OwnRules()))
    assert (found.rejected, list(found.days), found.new_people) == ([], [0, 2], ["Ines; cook"])


def test_a_day_has_no_more_than_its_page_has_room_for():
    meals = [{"what": "meal", "day": "Monday", "starts": str(hour), "until": str(hour + 1)} for hour in range(8, 13)]
    children = {"what": "children", "day": "Monday", "room": "bees", "age": "two", "number": "1"}
    found = read(
        {"what": "open", "day": "Monday", "starts": "8", "until": "18"}, *meals, *[children] * 13, rooms={"Bees"}
    )
    assert found.rejected == [
        (7, "Monday: a day has at most 4 meals"),
        (20, "Monday: a room has at most 12 lines of children on a day"),
    ]
    assert (len(found.days[0].meals), len(found.days[0].children)) == (MOST_MEALS, MOST_LINES) == (len(MEALS), 12)


def sent(browser, text, name="week.csv"):
    return browser.post(reverse("week_file"), {"file": SimpleUploadedFile(name, text.encode())})


@pytest.mark.django_db
def test_a_week_is_brought_from_a_file_and_the_second_time_nothing_changes(browse, cast):
    browser = browse(cast.amara)
    looked_at = sent(browser, WEEK)
    assert "New people: Ines, Bo." in main(looked_at)
    assert "Changed weekdays: Monday, Tuesday, Wednesday." in main(looked_at)
    assert not Room.objects.exists()
    browser.post(reverse("week_file"), fields(looked_at) | {"take": "1"})
    ines = Colleague.objects.get(name="Ines")
    assert (ines.level, ines.first_aid_until, ines.manager) == (3, date(2029, 3, 5), True)
    monday = plan_of(UsualDay.objects.whole().get(weekday=0))
    assert (monday.opening, monday.meals) == (Span(480, 1080), (Span(690, 735),))
    assert [(each.attending.band, each.attending.count) for each in monday.children] == [(Band.TWO, 6)]
    hours = {
        each.colleague.name: (each.starts, each.until, each.room)
        for each in ColleagueHours.objects.filter(day__weekday=0)
    }
    assert hours == {"Ines": (480, 1080, Room.objects.get()), "Bo": (480, 780, None)}
    events = AuditEvent.objects.count()
    again = sent(browser, WEEK)
    assert "Nothing in it is otherwise than what is written down here." in main(again)
    browser.post(reverse("week_file"), {"text": WEEK, "take": "1"})
    assert AuditEvent.objects.count() == events


@pytest.mark.django_db
def test_a_weekday_that_somebody_changed_meanwhile_is_not_written_over(browse, cast):
    usual_day_of(cast.amara)
    browser = browse(cast.amara)
    looked_at = sent(browser, WEEK)
    plan_day(weekday=0, plan=Plan(Span(540, 900)), version=1, by=cast.priya.acting)
    late = browser.post(reverse("week_file"), fields(looked_at) | {"take": "1"})
    assert "Somebody else has just changed this" in main(late)
    assert "Changed weekdays: Monday" in main(late), "the file is beside what stands there now"
    assert UsualDay.objects.get().opens == 540
    browser.post(reverse("week_file"), fields(late) | {"take": "1"})
    assert UsualDay.objects.get(weekday=0).opens == 480


@pytest.mark.django_db
def test_what_is_taken_and_brought_back_changes_nothing(browse, cast):
    nursery_of(cast.amara)
    colleague_of(cast.amara, "=Eve", 0, born_on=MONDAY.replace(year=MONDAY.year - 16), first_aid_until=None)
    colleague_of(cast.amara, "Fay", 0, born_on=MONDAY.replace(year=MONDAY.year - 18))
    usual_day_of(cast.amara, 1)
    browser = browse(cast.priya)
    taken = b"".join(browser.get(reverse("take_week"))).decode("utf-8-sig")
    rows = list(csv.DictReader(taken.splitlines()))
    assert {row["What"] for row in rows} == {"room", "person", "open", "meal", "children", "works"}
    assert "'=Eve" in {row["Name"] for row in rows}
    assert "Nothing in it is otherwise" in main(sent(browser, taken))
    assert "Nothing in it is otherwise" in main(sent(browser, taken.replace(",", ";")))


@pytest.mark.django_db
def test_the_good_rows_are_taken_or_none(browse, cast):
    usual_day_of(cast.amara)
    browser = browse(cast.amara)
    text = WEEK.replace("18:00", "17:00") + "works,Friday,Zed,,,,,,,,,,\n"
    looked_at = sent(browser, text)
    assert "Line 10 “Zed” is nobody who works here" in main(looked_at)
    assert "Changed people: Ines" in main(looked_at)
    assert "Write down the rows that can be read" in main(looked_at)
    assert UsualDay.objects.get().closes == 1080
    browser.post(reverse("week_file"), fields(looked_at) | {"take": "1"})
    assert UsualDay.objects.get(weekday=0).closes == 1020
    assert not Colleague.objects.filter(name="Zed").exists()


NOT_A_WEEK = [
    ("", "That file is empty: choose another"),
    ("a,b\n1,2\n", "The first line has no column “What”"),
    ("PK\x03\x04", "This is an Excel workbook"),
    ("What\n" + "room\n" * 3001, "This file has more than 3,000 rows"),
    ("x" * 400_001, "This file is too long for a week"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "sentence"), NOT_A_WEEK)
def test_another_file_is_sent_back(browse, cast, text, sentence):
    assert sentence in main(sent(browse(cast.amara), text))


@pytest.mark.django_db
def test_no_file_is_asked_for(browse, cast):
    assert "Choose the file" in main(browse(cast.amara).post(reverse("week_file"), {}))
