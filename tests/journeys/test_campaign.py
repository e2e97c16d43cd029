"""An authority asks its settings to a review: one starts, one says no thanks, and the authority sees no names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, come_in, expect_mistake, no_axe_violations
from tests.pooling import count_for
from trellis.core.audit import broken_links
from trellis.review.models import CampaignInvitation

if TYPE_CHECKING:
    from tests.cast import Cast
    from trellis.review.models import Framework

pytestmark = pytest.mark.journey


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def ask(page: Page) -> None:
    """The authority lead asks every kind of setting but one."""
    page.get_by_role("link", name="Campaigns").click()
    heading(page, "Campaigns")
    no_axe_violations(page)
    page.get_by_role("button", name="Ask settings").click()
    heading(page, "Ask settings to review themselves")
    page.get_by_label("Some kinds of setting").check()
    page.get_by_role("button", name="Ask them").click()
    expect_mistake(page, "Choose the kinds")
    no_axe_violations(page)
    page.get_by_label("Full day care").check()
    page.get_by_label("Childminder", exact=True).check()
    page.get_by_label("Your message").fill("We plan training and would like to know what would help you")
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_text("The settings are asked")).to_be_visible()
    no_axe_violations(page)


def test_settings_are_asked_and_answer_for_themselves(
    page: Page, page_without_javascript: Page, open_browser: Any, cast: Cast, framework: Framework
) -> None:
    daniel = come_in(page, cast.daniel)
    daniel.goto("/")
    ask(daniel)

    amara = come_in(open_browser(), cast.amara)
    amara.goto("/")
    no_axe_violations(amara)
    amara.get_by_role("link", name="Read what it says, and answer").click()
    heading(amara, "Fenwickshire Council asks for a review")
    expect(amara.get_by_text("We plan training and would like to know")).to_be_visible()
    no_axe_violations(amara)
    amara.get_by_role("button", name="Start the review").click()
    heading(amara, "Start a review")
    amara.get_by_role("button", name="Start the review").click()
    amara.goto(f"/campaigns/asked/{CampaignInvitation.objects.get(organisation=cast.amara.organisation).pk}/")
    expect(amara.get_by_text("Your review under way counts as started")).to_be_visible()
    amara.get_by_label("Our authority may know that we take part").check()
    amara.get_by_role("button", name="Save").click()
    no_axe_violations(amara)

    megan = come_in(page_without_javascript, cast.megan)
    megan.goto("/")
    megan.get_by_role("link", name="Read what it says, and answer").click()
    megan.get_by_role("button", name="No thanks").click()
    expect(megan.get_by_text("You have said no thanks")).to_be_visible()
    expect(megan.get_by_text("asks for a review")).to_have_count(0)

    daniel.reload()
    expect(daniel.get_by_text("Bramble Lane Nursery")).to_be_visible()
    expect(daniel.get_by_text("Megan")).to_have_count(0)
    daniel.get_by_role("button", name="Remind those that have not started").click()
    heading(daniel, "Remind those that have not started?")
    no_axe_violations(daniel)
    daniel.get_by_role("button", name="Remind them").click()
    expect(daniel.get_by_text("Those that have not started are reminded")).to_be_visible()
    expect(daniel.get_by_role("button", name="Remind those that have not started")).to_have_count(0)
    assert list(broken_links()) == []


def test_the_picture_at_a_desk_and_on_a_phone(page: Page, open_browser: Any, cast: Cast, framework: Framework) -> None:
    count_for(cast.daniel.organisation.authority_id, framework)
    for browser in (page, open_browser(viewport=PHONE, has_touch=True, is_mobile=True)):
        daniel = come_in(browser, cast.daniel)
        daniel.goto("/picture/")
        heading(daniel, "What settings need")
        no_axe_violations(daniel)
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
