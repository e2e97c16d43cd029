"""A manager types her week in, copies a day, says who is off, and sees who can go to a course."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, come_in, expect_mistake, no_axe_violations
from tests.staffing import MONDAY
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
        theirs.get_by_label("From", exact=True).fill("08:00")
        theirs.get_by_label("To", exact=True).fill("18:00")
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
    page.get_by_role("button", name="Check").click()
    expect_mistake(page, "Choose who would be away")
    no_axe_violations(page)
    page.get_by_label("Dee", exact=True).check()
    page.get_by_label("It begins at").fill("09:30")
    page.get_by_label("It ends at").fill("15:00")
    page.get_by_role("button", name="Check").click()


def test_a_week_is_typed_in_and_a_monday_checked(page: Page, cast: Cast) -> None:
    begin(page, cast.amara)
    type_monday(page)
    page.goto(f"/staffing/days/{MONDAY.isoformat()}")
    no_axe_violations(page)
    ask(page)
    expect(page.get_by_role("heading", name="Tight", exact=True)).to_be_visible()
    expect(page.get_by_text("there are 2 staff, and nobody is spare")).to_be_visible()
    no_axe_violations(page)
    page.goto(f"/staffing/days/{MONDAY.isoformat()}")
    page.get_by_role("button", name="Off all day: Ines").click()
    expect(page.get_by_text("Ines is off all day, written down by")).to_be_visible()
    no_axe_violations(page)
    ask(page)
    expect(page.get_by_role("heading", name="Not possible")).to_be_visible()
    expect(page.get_by_text("Cover at Level 3 from 9:30am to 3:00pm")).to_be_visible()
    no_axe_violations(page)
    page.goto(f"/staffing/days/{(MONDAY + timedelta(days=1)).isoformat()}")
    expect(page.get_by_role("button", name="Off all day: Ines")).to_be_visible()
    assert list(broken_links()) == []


def test_without_javascript_and_on_a_phone(open_browser: Any, cast: Cast) -> None:
    page = open_browser(viewport=PHONE, java_script_enabled=False)
    begin(page, cast.amara)
    type_monday(page)
    page.goto(f"/staffing/days/{MONDAY.isoformat()}")
    ask(page)
    expect(page.get_by_role("heading", name="Tight", exact=True)).to_be_visible()
