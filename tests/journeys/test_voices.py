"""From the team and the parents to an agreed rating: alone, on a phone in Urdu, from paper, at the talk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, come_in, no_axe_violations
from tests.hearing import replies
from tests.reviewing import rating, start
from trellis.core.audit import broken_links
from trellis.review.models import Agreement, OwnRating, ParentForm
from trellis.review.questions import languages

if TYPE_CHECKING:
    from tests.cast import Cast, Person

pytestmark = pytest.mark.journey
URDU = languages()["ur"]


def rate_alone(page: Page, person: Person, address: str, words: str) -> None:
    """Somebody rates one statement alone, and it is saved as they go."""
    come_in(page, person).goto(address)
    page.get_by_role("link", name="Rate alone first").click()
    no_axe_violations(page)
    page.get_by_role("link", name="Leadership of SEND").click()
    expect(page.locator(".app-autosave")).to_have_count(1)  # the script is there that saves
    page.locator("#A2").get_by_role("radio", name=words).check()
    expect(page.locator(".app-autosave")).to_contain_text("Saved at")
    no_axe_violations(page)


def open_a_form(page: Page) -> str:
    """The manager asks parents; the address that parents get."""
    page.get_by_role("button", name="Ask parents").click()
    no_axe_violations(page)
    last = page.get_by_role("group", name="The last day to reply")
    closes_on = page.evaluate("() => { const d = new Date(Date.now() + 14 * 864e5); return d.toISOString() }")
    for part, value in zip(("Year", "Month", "Day"), closes_on[:10].split("-"), strict=True):
        last.get_by_label(part).fill(value)
    page.get_by_role("button", name="Open the form").click()
    no_axe_violations(page)
    page.get_by_role("link", name="A page with the code").click()
    no_axe_violations(page)
    assert page.pdf().startswith(b"%PDF-")
    page.get_by_role("link", name="Back").click()
    return page.locator(".voices-address").inner_text()


def reply_in_urdu(phone: Page, address: str) -> None:
    """A parent on a phone that runs no scripts."""
    phone.goto(address)
    phone.get_by_role("link", name=URDU.name).click()
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    expect(phone.get_by_role("heading", level=1)).to_have_text(URDU.words.title)
    expect(phone.get_by_text(URDU.words.not_checked)).to_be_visible()
    expect(phone.get_by_text(languages()["en"].questions["welcome"])).to_be_visible()
    no_axe_violations(phone)
    phone.get_by_role("button", name=URDU.words.send).click()
    expect(phone.get_by_role("alert")).to_contain_text(URDU.words.nothing_answered)
    no_axe_violations(phone)
    for code in URDU.questions:
        phone.locator(f"#{code}").get_by_role("radio", name=URDU.answers.yes).check()
    phone.get_by_role("button", name=URDU.words.send).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(URDU.words.thank_you)
    no_axe_violations(phone)


def type_in_from_paper(page: Page) -> None:
    page.get_by_role("button", name="Type in replies on paper").click()
    no_axe_violations(page)
    page.locator("#welcome").get_by_role("radio", name="Yes").check()
    page.get_by_label("Is there anything else").fill("The door is hard to open with a pram")
    page.get_by_role("button", name="Save and finish").click()
    expect(page.get_by_text("1 reply by Amara Okafor")).to_be_visible()


def test_from_team_and_parents_to_an_agreed_rating(page: Page, open_browser: Any, cast: Cast, framework: Any) -> None:
    round = start(cast.amara, framework)
    address = round.get_absolute_url()
    leila, priya = open_browser(viewport=PHONE), open_browser()
    rate_alone(leila, cast.leila, address, "Area for development")
    rate_alone(priya, cast.priya, address, "Secure")
    assert OwnRating.objects.count() == 2

    come_in(page, cast.amara).goto(address)
    page.get_by_role("link", name="Rate alone first").click()
    link = open_a_form(page)
    phone = open_browser(viewport=PHONE, java_script_enabled=False, has_touch=True, is_mobile=True)
    reply_in_urdu(phone, link)
    type_in_from_paper(page)
    replies(ParentForm.objects.get(), 9, welcome="yes")
    page.get_by_role("button", name="Close the form").click()
    no_axe_violations(page)
    page.get_by_role("button", name="Close it for good").click()
    expect(page.get_by_text("11 parents replied.")).to_be_visible()
    expect(page.get_by_text("The door is hard to open with a pram")).to_be_visible()
    no_axe_violations(page)
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_have_text("This form is closed")

    page.goto(address)
    page.get_by_role("button", name="Ready to discuss").click()
    page.get_by_role("button", name="Ready to discuss").click()
    page.get_by_role("link", name="What your team, parents and children say").click()
    no_axe_violations(page)
    page.get_by_role("button", name="Go to the discussion").click()
    expect(page.locator("#A2")).not_to_contain_text("Leila")
    no_axe_violations(page)
    page.locator("#A2").get_by_role("link").click()
    no_axe_violations(page)
    page.get_by_role("radio", name="Partly in place").check()
    page.get_by_role("button", name="This is what we agreed").click()
    expect(page.get_by_text("A2 is agreed: partly in place")).to_be_visible()
    assert rating(round, "A2").label == "Partly in place"
    assert Agreement.objects.get().people.count() == 3
    page.goto(f"{address}areas/A")
    page.locator("#A2").get_by_text("What others say").click()
    expect(page.locator("#A2")).to_contain_text("Colleagues said alone")
    no_axe_violations(page)
    page.goto(f"{address}report/full")
    expect(page.get_by_text("What parents say")).to_be_visible()
    no_axe_violations(page)
    assert list(broken_links()) == []
