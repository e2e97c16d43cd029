"""A review is released, read and withdrawn, by the authority and by link and code; help is asked and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, come_in, expect_mistake, no_axe_violations
from tests.releasing import agreed, token_of
from trellis.core.audit import broken_links
from trellis.review.models import HelpRequest, Release, ReleaseReading, Round

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.reviewing import Half

pytestmark = pytest.mark.journey


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def begin(page: Page, round: Round, recipient: str) -> None:
    """From the page of the review to the step after the recipient."""
    page.goto(round.get_absolute_url())
    page.get_by_role("button", name="Release this review…").click()
    heading(page, "Release this review")
    no_axe(page)
    page.get_by_label(recipient).check()
    go_on(page)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Go on").click()


def no_axe(page: Page) -> None:
    """Axe needs JavaScript; a browser without it is looked at through another one."""
    if page.locator("body.js-enabled").count() == 1:
        no_axe_violations(page)


def release_with(page: Page, *parts: str) -> None:
    """Parts, purpose, a look at what they will see, and go."""
    heading(page, "What do they see?")
    no_axe(page)
    for part in parts:
        page.get_by_label(part).check()
    go_on(page)
    heading(page, "What for, and until when?")
    page.get_by_label("What is it for?").fill("So that you can plan training with us this spring")
    no_axe(page)
    go_on(page)
    heading(page, "See what they will see")
    expect(page.get_by_text("Priya has two hours on Wednesdays")).to_have_count(1 if "Your notes" in parts else 0)
    no_axe(page)
    page.get_by_role("button", name="Release it").click()
    expect(page.get_by_text("Released to", exact=False).first).to_be_visible()
    no_axe(page)


def test_released_read_and_withdrawn(page: Page, open_browser: Any, cast: Cast, half: Half) -> None:
    round = agreed(cast.amara)
    come_in(page, cast.amara)
    begin(page, round, "Fenwickshire Council")
    release_with(page, "Your notes", "The plan: actions")
    heading(page, "Released to Fenwickshire Council")

    daniel = come_in(open_browser(), cast.daniel)
    daniel.goto("/")
    daniel.get_by_role("link", name="Released", exact=True).click()
    no_axe_violations(daniel)
    daniel.get_by_role("link", name="Bramble Lane Nursery").click()
    heading(daniel, "Released by Bramble Lane Nursery")
    expect(daniel.get_by_text("Priya has two hours on Wednesdays")).to_be_visible()
    no_axe_violations(daniel)
    with daniel.expect_download() as download:
        daniel.get_by_role("link", name="PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")

    page.reload()
    expect(page.get_by_text("Daniel Whitfield").first).to_be_visible()
    page.get_by_role("button", name="Withdraw it").click()
    heading(page, "Withdraw this release?")
    page.get_by_label("Is there anything you want to tell them?").fill("We will release the next one instead")
    no_axe_violations(page)
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("cannot read it any more")).to_be_visible()

    daniel.reload()
    expect(daniel.get_by_text("There is nothing left to read")).to_be_visible()
    expect(daniel.get_by_text("We will release the next one instead")).to_be_visible()
    expect(daniel.get_by_text("Priya has two hours")).to_have_count(0)
    no_axe_violations(daniel)
    assert list(broken_links()) == []


def test_somebody_outside_on_a_phone_without_an_account(
    page_without_javascript: Page, open_browser: Any, cast: Cast, half: Half
) -> None:
    amara = come_in(page_without_javascript, cast.amara)
    begin(amara, agreed(cast.amara), "Somebody who does not use Trellis")
    heading(amara, "Who is it?")
    go_on(amara)
    expect_mistake(amara, "Enter their name")
    amara.get_by_label("Their name").fill("Noor Aziz")
    amara.get_by_label("Where they work").fill("Maple Primary School")
    amara.get_by_label("Their e-mail address").fill("noor@example.org")
    go_on(amara)
    release_with(amara, "Evidence: what there is")
    amara.get_by_role("button", name="Show the code").click()
    heading(amara, "The code to pass on")
    code = amara.locator("code").inner_text()

    noor = open_browser(viewport=PHONE, has_touch=True, is_mobile=True)
    noor.goto(f"/read/{token_of(Release.objects.get())}")
    heading(noor, "Enter the code")
    noor.get_by_label("The code").fill("AAAA AAAA")
    noor.get_by_role("button", name="Read it").click()
    expect_mistake(noor, "That is not the code. Check it with whoever gave it to you")
    no_axe_violations(noor)
    noor.get_by_label("The code").fill(code.lower())
    noor.get_by_role("button", name="Read it").click()
    heading(noor, "Released by Bramble Lane Nursery")
    expect(noor.get_by_text("Blue folder in the office")).to_be_visible()
    no_axe_violations(noor)
    assert ReleaseReading.objects.filter(by=None).exists()

    amara.goto(Release.objects.get().get_absolute_url())
    expect(amara.get_by_text("By the link").first).to_be_visible()
    no_axe_violations(amara)
    amara.get_by_role("button", name="Withdraw it").click()
    amara.get_by_role("button", name="Withdraw it").click()
    noor.reload()
    heading(noor, "There is nothing left to read")
    no_axe_violations(noor)


def test_help_is_asked_and_answered(page: Page, open_browser: Any, cast: Cast, half: Half) -> None:
    come_in(page, cast.priya)
    page.goto(half.round.get_absolute_url())
    page.get_by_role("link", name="Ask your authority for help").click()
    page.get_by_role("button", name="Ask Fenwickshire Council").click()
    expect_mistake(page, "Choose what it is about")
    page.get_by_label("What is it about?").select_option(label="Behaviour as communication")
    page.get_by_label("A visit").check()
    page.get_by_label("In a sentence or two").fill("Tidy-up time is hard. Who could come and look?")
    no_axe_violations(page)
    page.get_by_role("button", name="Ask Fenwickshire Council").click()
    expect(page.get_by_text("Fenwickshire Council has your request")).to_be_visible()
    no_axe_violations(page)

    ruth = come_in(open_browser(), cast.ruth)
    ruth.goto("/")
    ruth.get_by_role("link", name="See who asks").click()
    no_axe_violations(ruth)
    ruth.get_by_role("link", name="Bramble Lane Nursery").click()
    ruth.get_by_label("Who sees to it?").select_option(label="Ruth Abara")
    ruth.get_by_role("button", name="Give it to them").click()
    ruth.get_by_label("Your answer").fill("I can come on Tuesday at ten")
    no_axe_violations(ruth)
    ruth.get_by_role("button", name="Send the answer").click()
    expect(ruth.get_by_text("Bramble Lane Nursery has your answer")).to_be_visible()

    page.goto("/")
    page.get_by_role("link", name="A visit: Behaviour as communication").click()
    expect(page.get_by_text("I can come on Tuesday at ten")).to_be_visible()
    no_axe_violations(page)
    page.get_by_role("button", name="This helped").click()
    expect(page.get_by_text("Your authority sees that it helped")).to_be_visible()
    assert HelpRequest.objects.get().status == "closed"

    ruth.goto("/help/wanted/figures")
    expect(ruth.get_by_role("table")).to_contain_text("Behaviour as communication")
    no_axe_violations(ruth)
