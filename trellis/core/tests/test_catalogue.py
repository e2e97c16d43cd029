"""The catalogue in a real browser: what it shows is accessible, and a mistake leads to where it is corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import no_axe_violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    "address",
    [
        "/components",
        "/components?filled=yes",
        "/components?mistakes=yes",
        "/components?rows=200",
        "/components?layout=confirm",
        "/nowhere",
    ],
)
def test_every_component_in_every_state_is_accessible(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("body.js-enabled")).to_be_attached()
    no_axe_violations(page)


def test_mistakes_take_the_keyboard_and_lead_to_where_they_are_corrected(page: Page) -> None:
    page.goto("/components?mistakes=yes")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Error: Components – Trellis")
    for sentence, control in [
        ("Enter an e-mail address, such as name@example.org", "#id_email"),
        ("Enter a real date: that day does not exist", "#id_start-day"),
        ("Answer “Which kind of setting is it?”", "#id_kind_0"),
        ("Choose region", "#id_region"),
    ]:
        summary.get_by_role("link", name=sentence).click()
        expect(page.locator(control)).to_be_focused()


def test_the_catalogue_needs_no_script(page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto("/components")
    expect(page.locator("#id_kind_other")).to_be_visible()
    expect(page.locator("#id_notes-info")).to_have_text("You can enter up to 200 characters")
    expect(page.get_by_role("button", name="Show password")).to_be_hidden()


def test_everything_to_press_is_large_enough_for_a_thumb(phone: Page) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels at least; main actions 44."""
    phone.goto("/components")
    for selector, least in [
        (".govuk-button", 44),
        (".app-navigation__link", 44),
        (".app-pages__link", 44),
        ("summary", 24),
    ]:
        for box in [each.bounding_box() for each in phone.locator(selector).all() if each.is_visible()]:
            assert box
            assert box["height"] >= least, selector
            assert box["width"] >= 24, selector


def test_paper_shows_what_is_said_and_not_what_can_be_pressed(page: Page) -> None:
    page.goto("/components")
    folded = page.get_by_text("Because help that is part of the page is read.")
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    for pressed in page.locator("nav, footer, .govuk-button, .app-notice, .govuk-skip-link").all():
        expect(pressed).to_be_hidden()
    expect(folded).to_be_visible()
    expect(page.get_by_role("heading", name="Components", exact=True)).to_be_visible()
    expect(page.locator("#settings thead")).to_be_visible()
