"""A SEND review from start to printed report: by two people, by a childminder on a phone, and without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, come_in, no_axe_violations
from trellis.core.audit import broken_links
from trellis.review.models import Action, Rating, Round

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.journey


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def start_a_review(page: Page, colleague: str = "") -> None:
    """From the first page to the page of a new review."""
    page.goto("/")
    no_axe(page)
    page.get_by_role("button", name="Start your first review").click()
    no_axe(page)
    page.get_by_label("Which period is this review for?").fill("Autumn term 2026")
    if colleague:
        page.get_by_label(colleague).check()
    page.get_by_role("button", name="Start the review").click()
    heading(page, "SEND review, Autumn term 2026")


def no_axe(page: Page) -> None:
    """Axe needs JavaScript; a browser without it is looked at through another one at the end of its journey."""
    if page.context.browser and scripts_run(page):
        no_axe_violations(page)


def scripts_run(page: Page) -> bool:
    return page.locator("body.js-enabled").count() == 1


def choose(page: Page, code: str, words: str) -> None:
    page.locator(f"#{code}").get_by_role("radio", name=words).check()


def rate_every_statement(page: Page, button: str = "Save and finish") -> None:
    """One area after the other, until the review says that everything is discussed."""
    while True:
        cards = page.locator(".review-card")
        for number in range(cards.count()):
            card = cards.nth(number)
            card.get_by_role("radio", name="Secure" if number else "Area for development").check()
        last = page.get_by_role("button", name=button).count() == 1
        page.get_by_role("button", name=button if last else "Save and go on").click()
        if last:
            return


def agree(page: Page, *, alone: bool = False) -> None:
    if not alone:
        page.get_by_role("button", name="Ready to discuss").click()
        page.get_by_role("button", name="Ready to discuss").click()
    page.get_by_role("button", name="Agree the review").click()
    no_axe(page)
    page.get_by_role("button", name="Agree the review").click()
    expect(page.get_by_text("The review is now agreed")).to_be_visible()


def add_an_action(page: Page, owner: str = "") -> None:
    """From what to work on, the first thing gets an action."""
    page.locator(".review-work__item a").first.click()
    no_axe(page)
    page.get_by_role("link", name="Add an action").click()
    page.get_by_label("What will you do?").fill("Agree with each family how we tell them about support")
    if owner:
        page.get_by_label("Who will see to it?").select_option(label=owner)
    due = page.get_by_role("group", name="Due")
    for part, value in (("Day", "18"), ("Month", "12"), ("Year", "2030")):
        due.get_by_label(part).fill(value)
    no_axe(page)
    page.get_by_role("button", name="Add to the plan").click()
    expect(page.get_by_text("The action is in the plan")).to_be_visible()


def print_the_report(page: Page) -> bytes:
    """The one-page report as the browser prints it, and as a PDF file of ours."""
    heading(page, "Report: SEND review, Autumn term 2026")
    expect(page.get_by_role("heading", name="What to work on")).to_be_visible()
    no_axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    kept = download.value.path()
    return kept.read_bytes()


def test_two_people_from_start_to_printed_report(page: Page, open_browser: Any, cast: Cast, framework: Any) -> None:
    come_in(page, cast.amara)
    start_a_review(page, colleague="Priya Nair")
    no_axe(page)
    page.get_by_role("link", name="Leadership of SEND").click()

    priya = come_in(open_browser(), cast.priya)
    priya.goto(page.url)
    choose(page, "A1", "Secure")
    expect(page.locator(".app-autosave")).to_contain_text("Saved at")
    choose(priya, "A1", "Partly in place")
    priya.locator("#A1").get_by_label("Notes").fill("Wednesdays only")
    expect(priya.locator("#A1")).to_contain_text("Amara Okafor changed this")
    expect(priya.locator("#A1").get_by_label("Notes")).to_have_value("Wednesdays only")
    no_axe(priya)
    priya.get_by_role("button", name="Save and stay here").click()
    expect(priya.get_by_role("alert")).to_contain_text("Some answers are not saved yet")
    priya.get_by_role("button", name="Keep mine for A1").click()
    expect(priya.locator("#A1")).not_to_contain_text("Amara Okafor changed this")
    assert Rating.objects.get(statement__code="A1").changes.count() == 2

    page.goto(page.url)
    rate_every_statement(page)
    add_an_action(page, owner="Priya Nair")
    page.goto(Round.objects.get().get_absolute_url())
    agree(page)
    page.get_by_role("link", name="One-page report").click()
    assert print_the_report(page).startswith(b"%PDF-")
    assert page.pdf().startswith(b"%PDF-")

    priya.goto("/plan/?show=mine")
    expect(priya.get_by_role("table")).to_contain_text("Agree with each family")
    no_axe(priya)
    assert list(broken_links()) == []


def test_a_childminder_on_a_small_phone(phone: Page, cast: Cast, framework: Any) -> None:
    come_in(phone, cast.megan)
    start_a_review(phone)
    expect(phone.get_by_text("Who takes part")).to_have_count(0)
    phone.get_by_role("link", name="Leadership of SEND").click()
    no_axe(phone)
    rate_every_statement(phone)
    add_an_action(phone)
    phone.goto(Round.objects.get().get_absolute_url())
    agree(phone, alone=True)
    assert Action.objects.get().owner == cast.megan.user
    phone.get_by_role("link", name="One-page report").click()
    assert phone.viewport_size == PHONE
    assert print_the_report(phone).startswith(b"%PDF-")
    assert phone.pdf().startswith(b"%PDF-")


def at_the_same_time_without_javascript(amara: Page, priya: Page) -> None:
    """Priya saves what Amara has rated meanwhile: she sees both, keeps her own, and nothing of either is lost."""
    amara.goto(amara.url)
    priya.goto(amara.url)
    choose(amara, "A1", "Secure")
    amara.get_by_role("button", name="Save and stay here").click()
    choose(priya, "A1", "Partly in place")
    priya.locator("#A1").get_by_label("Notes").fill("Wednesdays only")
    priya.get_by_role("button", name="Save and stay here").click()
    expect(priya.get_by_role("alert")).to_contain_text("A1: Amara Okafor changed this while you were typing")
    expect(priya.locator("#A1")).to_contain_text("It now says “Secure”")
    expect(priya.locator("#A1").get_by_label("Notes")).to_have_value("Wednesdays only")
    assert Rating.objects.get(statement__code="A1").label == "Secure"
    no_axe_violations(priya)
    priya.get_by_role("button", name="Keep mine for A1").click()
    expect(priya.locator("#A1")).not_to_contain_text("Amara Okafor changed this")
    kept = Rating.objects.get(statement__code="A1")
    assert (kept.label, kept.notes, kept.changes.count()) == ("Partly in place", "Wednesdays only", 2)
    amara.goto(amara.url)


def test_without_javascript(page_without_javascript: Page, open_browser: Any, cast: Cast, framework: Any) -> None:
    plain = come_in(page_without_javascript, cast.amara)
    start_a_review(plain, colleague="Priya Nair")
    plain.get_by_role("link", name="Leadership of SEND").click()
    choose(plain, "A2", "Does not apply")
    plain.get_by_role("button", name="Save and go on").click()
    expect(plain.get_by_role("alert")).to_contain_text("Say why this does not apply to your setting")
    at_the_same_time_without_javascript(plain, come_in(open_browser(java_script_enabled=False), cast.priya))
    rate_every_statement(plain)
    add_an_action(plain, owner="Priya Nair")
    plain.goto(Round.objects.get().get_absolute_url())
    agree(plain)
    plain.get_by_role("link", name="One-page report").click()
    assert print_the_report(plain).startswith(b"%PDF-")
    assert plain.pdf().startswith(b"%PDF-")
    looked_at = come_in(open_browser(), cast.amara)
    looked_at.goto(plain.url)
    no_axe_violations(looked_at)
