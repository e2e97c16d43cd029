"""Somebody finds what is for them: the catalogue, four questions, an entry; then it is written down who holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, come_in, expect_mistake, no_axe_violations
from tests.qualifying import criteria_of, list_imported, shipped_criteria
from trellis.core.audit import broken_links

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.journey


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def look_around(page: Page) -> None:
    """From the foot of a page to the catalogue, narrowed to parents, then to nothing, then everything again."""
    page.goto("/")
    page.get_by_role("link", name="Qualifications and courses").click()
    heading(page, "Qualifications and courses")
    no_axe_violations(page)
    page.get_by_text("Narrow it down").click()
    page.get_by_label("For whom").select_option(label="Parents and carers")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Starting school with SEND").first).to_be_visible()
    expect(page.get_by_role("link", name="Level 3 Award for SENCOs")).to_have_count(0)
    no_axe_violations(page)
    page.get_by_label("Level", exact=True).select_option(label="Level 8")
    page.get_by_role("button", name="Show").click()
    heading(page, "Qualifications and courses")
    expect(page.get_by_role("heading", name="Nothing fits all of that")).to_be_visible()
    no_axe_violations(page)
    page.get_by_role("link", name="Show everything again").first.click()


def ask(page: Page) -> None:
    """The four questions, one of them left open at first."""
    page.get_by_role("link", name="Answer four questions").click()
    heading(page, "What could come next?")
    no_axe_violations(page)
    page.get_by_label("I am the SENCO of a setting").check()
    page.get_by_label("Level 2", exact=True).check()
    page.get_by_label("Before 1 September 2019").check()
    page.get_by_role("button", name="Show what fits").click()
    expect_mistake(page, "Answer the question “How much have you learned about SEND so far?”")
    no_axe_violations(page)
    page.get_by_label("Little or nothing").check()
    page.get_by_role("button", name="Show what fits").click()
    heading(page, "What could come next for you")
    expect(page.get_by_text("You gained yours before, and this unit was made to close that gap")).to_be_visible()
    expect(page.get_by_text("you do not have one yet")).to_be_visible()
    no_axe_violations(page)


def read_the_entry(page: Page) -> None:
    """The unit that was suggested, what it leads to, and its criteria further on."""
    page.get_by_role("link", name="Level 2 SEND unit for early years practitioners").click()
    heading(page, "Level 2 SEND unit for early years practitioners")
    expect(page.get_by_role("table", name="Where this comes from")).to_be_visible()
    no_axe_violations(page)
    page.get_by_role("link", name="Level 3 early years educator").click()
    page.get_by_role("link", name="Level 3 Award for SENCOs in early years settings").click()
    page.get_by_role("link", name="the public criteria in our words").click()
    heading(page, "Level 3 early years SENCO, the public criteria in our words")
    no_axe_violations(page)


def test_on_a_phone(open_browser: Any, cast: Cast, catalogue: None) -> None:
    phone = open_browser(viewport=PHONE, has_touch=True, is_mobile=True)
    look_around(phone)
    ask(phone)
    read_the_entry(phone)


def test_without_javascript(page_without_javascript: Page, cast: Cast, catalogue: None) -> None:
    look_around(page_without_javascript)
    ask(page_without_javascript)
    read_the_entry(page_without_javascript)


def test_it_is_written_down_who_holds_what(page: Page, cast: Cast, catalogue: None) -> None:
    list_imported()
    amara = come_in(page, cast.amara)
    amara.goto("/")
    amara.get_by_role("navigation", name="Main").get_by_role("link", name="Qualifications").click()
    heading(amara, "Who holds what")
    no_axe_violations(amara)
    amara.get_by_role("button", name="Write something down").click()
    amara.get_by_label("Which qualification or course?").fill("invented childcare")
    amara.get_by_role("button", name="Look for it").click()
    no_axe_violations(amara)
    amara.get_by_role("link", name="Diploma in Invented Childcare").click()
    heading(amara, "Who holds this?")
    amara.get_by_role("button", name="Write it down").click()
    expect_mistake(amara, "Enter the day on which it was gained")
    no_axe_violations(amara)
    amara.get_by_label("Who holds it?").select_option(label="Priya Nair")
    gained = amara.get_by_role("group", name="When was it gained?")
    for part, text in (("Day", "5"), ("Month", "7"), ("Year", "2012")):
        gained.get_by_label(part).fill(text)
    amara.get_by_label("Not yet").check()
    amara.get_by_role("button", name="Write it down").click()
    expect(amara.get_by_role("table")).to_contain_text("Not seen yet")
    no_axe_violations(amara)
    amara.get_by_role("link", name="Priya Nair").click()
    amara.get_by_role("button", name="Change it, or say that you have seen the evidence").click()
    amara.get_by_label("The original certificate").check()
    seen = amara.get_by_role("group", name="When did you see it?")
    for part, text in (("Day", "6"), ("Month", "11"), ("Year", "2020")):
        seen.get_by_label(part).fill(text)
    no_axe_violations(amara)
    amara.get_by_role("button", name="Save").click()
    heading(amara, "Priya Nair")
    expect(amara.get_by_role("table")).to_contain_text("seen by Amara Okafor on 6 November 2020")
    no_axe_violations(amara)
    assert list(broken_links()) == []


def test_two_sets_of_criteria_side_by_side(page: Page, cast: Cast, catalogue: None) -> None:
    own, public = criteria_of(cast.daniel), shipped_criteria()
    daniel = come_in(page, cast.daniel)
    daniel.goto("/qualifications/criteria/")
    heading(daniel, "Criteria")
    no_axe_violations(daniel)
    daniel.get_by_role("button", name="Load criteria from a file").click()
    heading(daniel, "Load criteria from a file")
    no_axe_violations(daniel)
    daniel.goto(f"/qualifications/criteria/{own.pk}/beside/{public.pk}")
    heading(daniel, "Criteria side by side")
    daniel.get_by_label("Of “Level 3 Award, our copy”").select_option(label="1 1.1 Say what a SENCO does")
    daniel.get_by_label("Of “Level 3 early years SENCO").select_option(index=1)
    daniel.get_by_role("button", name="These two ask for the same").click()
    expect(daniel.get_by_text("They are linked.")).to_be_visible()
    no_axe_violations(daniel)
    daniel.get_by_role("button", name="Take away").click()
    expect(daniel.get_by_text("The link is taken away.")).to_be_visible()
