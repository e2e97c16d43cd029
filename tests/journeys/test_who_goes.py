"""Two people of one setting have a place in the same session: their manager sees who can go, decides, and sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser import come_in, expect_mistake, no_axe_violations
from tests.coming import first_session, goes_of, run_now, week_of_nursery
from tests.training import cohort_of
from trellis.core.audit import broken_links
from trellis.core.dates import day
from trellis.training.models import Mark

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.journey
LONG = "Inês Very-Long Double-Barrelled Name-of-the-Nursery Carvalho"


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def say_the_way(page: Page, on: str) -> None:
    """How long the way is, first with a mistake."""
    page.get_by_role("link", name="Say how long the way is").first.click()
    heading(page, "The way to a session")
    no_axe_violations(page)
    page.get_by_role("button", name="Save").click()
    expect_mistake(page, "Enter how many minutes the way is")
    page.get_by_label("How many minutes is the way there?").fill("10")
    page.get_by_role("button", name="Save").click()
    heading(page, f"When they are away on {on}")
    expect(page.get_by_text("10 minutes are counted each way.")).to_be_visible()


def decide(page: Page) -> None:
    """Who goes when: first nothing is chosen, then that they share the day; sent."""
    no_axe_violations(page)
    page.get_by_role("button", name="Send to the trainer").click()
    expect_mistake(page, "Choose who goes when")
    no_axe_violations(page)
    page.get_by_label("Bo Lindgren goes from 9:30am to 12:30pm").check()
    page.get_by_role("button", name="Send to the trainer").click()
    expect(page.get_by_text("The trainer knows who does not come to what")).to_be_visible()
    expect(page.get_by_text("They have apologised for a part of it").first).to_be_visible()
    no_axe_violations(page)


def test_two_from_one_setting_on_a_phone(phone: Page, cast: Cast) -> None:
    week_of_nursery(cast.amara)
    goes_of(cast.amara, cast.mei, LONG, "Ines")
    goes_of(cast.amara, cast.mei, "Bo Lindgren", "Bo")
    run_now(cohort_of(cast.mei))
    come_in(phone, cast.amara).goto("/training/ours")
    phone.get_by_role("button", name="When they are away").click()
    heading(phone, "When they are away")
    expect(phone.get_by_text("Together").first).to_be_visible()
    no_axe_violations(phone)
    say_the_way(phone, day(first_session(cast.mei).on))
    decide(phone)
    assert Mark.objects.filter(status="apologised", reason="ratio").count() == 2
    assert list(broken_links()) == []
