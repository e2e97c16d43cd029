"""A manager types her week in, copies a day, says who is off, and sees who can go to a course; a childminder asks too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, come_in, expect_mistake, no_axe_violations
from tests.staffing import MONDAY, home_of
from trellis.core.audit import broken_links

if TYPE_CHECKING:
    from tests.cast import Cast, Person

pytestmark = pytest.mark.journey
LONG = "Somebody with a Very Long Double-Barrelled Name-of-the-Nursery"
PEOPLE = {"Dee": "Level 3", "Ines": "Level 3", LONG: "Level 2"}


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def begin(page: Page, manager: Person) -> None:
    """The first room, and who works there."""
    come_in(page, manager).goto("/staffing/")
    heading(page, "Our week")
    no_axe_violations(page)
    page.get_by_role("link", name="Write down your first room").click()
    page.get_by_role("button", name="Save").click()
    expect_mistake(page, "Enter the name of the room")
    no_axe_violations(page)
    page.get_by_label("Name of the room or group").fill("Bees")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Write down who works here").click()
    no_axe_violations(page)
    for name, level in PEOPLE.items():
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Approved qualification, full and relevant").select_option(label=level)
        date = page.get_by_role("group", name="Until when does paediatric first aid hold?")
        for part, typed in (("Day", "1"), ("Month", "1"), ("Year", str(MONDAY.year + 2))):
            date.get_by_label(part, exact=True).fill(typed)
        page.get_by_label("Manager" if name == "Dee" else "Named deputy of the manager", exact=True).check()
        page.get_by_role("button", name="Save and add another").click()
        heading(page, "Add somebody")
    page.goto("/staffing/")


def type_monday(page: Page) -> None:
    """One weekday, first with a mistake, then copied."""
    page.get_by_role("link", name="one Monday").click()
    heading(page, "Monday")
    no_axe_violations(page)
    opening = page.get_by_role("group", name="Opening hours", exact=True)
    opening.get_by_label("You open").fill("08:00")
    page.get_by_role("button", name="Save", exact=True).click()
    expect_mistake(page, "Enter both times, or neither")
    no_axe_violations(page)
    opening.get_by_label("You close").fill("18:00")
    line = page.get_by_role("group", name="Bees, line 1")
    line.get_by_label("Age").select_option(label="Two")
    line.get_by_label("Children").fill("10")
    for name in PEOPLE:
        theirs = page.get_by_role("group", name=name, exact=True)
        theirs.get_by_label("Where").select_option(label="Bees")
    page.get_by_role("button", name="Save", exact=True).click()
    heading(page, "Our week")
    expect(page.get_by_text("10 children of two")).to_be_visible()
    page.get_by_role("link", name="Copy Monday").click()
    no_axe_violations(page)
    page.get_by_label("Tuesday").check()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Monday is copied: Tuesday.")).to_be_visible()
    no_axe_violations(page)


def ask(page: Page) -> None:
    """Whether Dee can go on the Monday whose page this is."""
    page.get_by_role("button", name="Who can go on this day?").click()
    heading(page, "Who can go?")
    page.get_by_label("Dee", exact=True).check()
    page.get_by_label("It begins at").fill("09:30")
    page.get_by_label("It ends at").fill("15:00")
    page.get_by_label("It ends at").press("Enter")


def answer(page: Page, verdict: str, sentence: str) -> None:
    expect(page.get_by_role("heading", name=verdict, exact=True)).to_be_visible()
    expect(page.locator(".app-notice")).to_contain_text(sentence)
    no_axe_violations(page)


def test_a_week_is_typed_in_and_a_monday_checked(page: Page, cast: Cast) -> None:
    day = f"/staffing/days/{MONDAY.isoformat()}"
    begin(page, cast.amara)
    type_monday(page)
    page.goto(day)
    page.get_by_role("button", name=re.compile("Off all day.*Ines")).click()
    expect(page.get_by_text("Ines is off all day, written down by")).to_be_visible()
    no_axe_violations(page)
    page.get_by_role("button", name="Take it back").click()
    ask(page)
    answer(page, "Tight", "there are 2 staff, and nobody is spare")
    more_children(page)
    page.goto(day)
    ask(page)
    answer(page, "Not possible", "there are 2 staff for 11 children of two")
    take_the_cover(page)
    ask(page)
    answer(page, "Tight", "nobody is spare")
    assert list(broken_links()) == []


def more_children(page: Page) -> None:
    """One child more in Bees, every Monday."""
    page.goto("/staffing/week/monday")
    page.get_by_role("group", name="Bees, line 1").get_by_label("Children").fill("11")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("11 children of two")).to_be_visible()


def take_the_cover(page: Page) -> None:
    """The way out becomes somebody from an agency on that day."""
    page.get_by_role("link", name="Write down somebody from an agency").click()
    heading(page, "Somebody comes from an agency")
    expect(page.get_by_label("From")).to_have_value("09:30")
    no_axe_violations(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("comes from an agency, wherever needed, from 9:30am to 3:00pm").first).to_be_visible()


def test_a_childminder_leaves_her_assistant_for_two_hours(open_browser: Any, cast: Cast) -> None:
    """On a phone and without scripts."""
    home_of(cast.megan)
    page = open_browser(viewport=PHONE, java_script_enabled=False)
    come_in(page, cast.megan).goto("/staffing/who-can-go")
    page.get_by_role("button", name="Check").click()
    expect_mistake(page, "Choose who would be away")
    asked_until(page, "12:00")
    answer(page, "Not possible", "which parents have not permitted")
    page.goto("/staffing/rules")
    page.get_by_label("Parents have permitted that the assistant is left in sole charge").check()
    page.get_by_role("button", name="Save").click()
    heading(page, "Our week")
    page.goto("/staffing/who-can-go")
    asked_until(page, "12:00")
    answer(page, "Tight", "the assistant is in sole charge")
    asked_until(page, "12:15")
    answer(page, "Not possible", "the assistant has been in sole charge for 2 hours, since 10:00am")
    page.get_by_role("link", name="Ask like this").click()
    answer(page, "Tight", "the assistant is in sole charge")


def asked_until(page: Page, ends: str) -> None:
    """Whether Megan can be away from ten."""
    page.get_by_label("Megan").check()
    date = page.get_by_role("group", name="On which day?")
    for part, number in (("Day", MONDAY.day), ("Month", MONDAY.month), ("Year", MONDAY.year)):
        date.get_by_label(part, exact=True).fill(str(number))
    page.get_by_label("It begins at").fill("10:00")
    page.get_by_label("It ends at").fill(ends)
    page.get_by_role("button", name="Check").click()
