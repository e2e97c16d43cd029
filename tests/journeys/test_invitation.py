"""The manager invites a SENCO, who comes in for the first time and sets up the second step."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import add_passkey_device, come_in, expect_mistake, no_axe_violations
from trellis.accounts.tests.people import code
from trellis.core.models import SentMail

pytestmark = pytest.mark.journey

PASSWORD = "seven quiet hedgehogs"


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def invite(manager: Page) -> str:
    """The manager invites Niamh as SENCO; the link that she gets by e-mail."""
    manager.goto("/people")
    no_axe_violations(manager)
    manager.get_by_role("button", name="Invite somebody").click()
    no_axe_violations(manager)
    manager.get_by_role("button", name="Send the invitation").click()
    expect_mistake(manager, "Enter their full name")
    no_axe_violations(manager)
    manager.get_by_label("Full name").fill("Niamh Byrne")
    manager.get_by_label("E-mail address").fill("niamh.byrne@example.org")
    manager.get_by_role("radio", name="SENCO", exact=True).check()
    manager.get_by_role("button", name="Send the invitation").click()
    heading(manager, "People")
    expect(manager.get_by_role("table", name="Invited, and not answered yet")).to_contain_text("Niamh Byrne")
    return SentMail.objects.get(address="niamh.byrne@example.org", kind="invitation").link


def accept(newcomer: Page, link: str) -> None:
    """Niamh opens the link and chooses a password."""
    newcomer.goto(link)
    heading(newcomer, "You are invited")
    no_axe_violations(newcomer)
    newcomer.get_by_role("textbox", name=re.compile("password", re.IGNORECASE)).fill(PASSWORD)
    newcomer.get_by_role("button", name="Accept the invitation").click()
    heading(newcomer, "Set up a second step")
    no_axe_violations(newcomer)


def keep_recovery_codes(newcomer: Page) -> None:
    heading(newcomer, "Your recovery codes")
    no_axe_violations(newcomer)
    newcomer.get_by_role("button", name="I have kept them").click()
    is_in(newcomer)


def is_in(newcomer: Page) -> None:
    expect(newcomer.get_by_role("banner")).to_contain_text("Niamh Byrne")
    expect(newcomer.get_by_role("banner")).to_contain_text("SENCO, Bramble Lane Nursery")
    no_axe_violations(newcomer)


def sign_out(newcomer: Page) -> None:
    newcomer.get_by_role("button", name="Sign out").first.click()
    heading(newcomer, "Sign in")
    no_axe_violations(newcomer)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_with_one_time_codes(cast, page, open_browser, javascript: bool) -> None:
    link = invite(come_in(page, cast.amara))
    newcomer = open_browser(java_script_enabled=javascript)
    accept(newcomer, link)
    newcomer.get_by_role("button", name="Set up one-time codes").click()
    heading(newcomer, "Set up one-time codes")
    no_axe_violations(newcomer)
    secret = newcomer.locator("code").inner_text().replace(" ", "")
    newcomer.get_by_label("The 6 figures").fill(code(secret))
    newcomer.get_by_role("button", name="Continue").click()
    keep_recovery_codes(newcomer)
    sign_out(newcomer)

    newcomer.get_by_label("E-mail address").fill("niamh.byrne@example.org")
    newcomer.get_by_role("textbox", name=re.compile("password", re.IGNORECASE)).fill(PASSWORD)
    newcomer.get_by_role("button", name="Sign in", exact=True).click()
    heading(newcomer, "Second step")
    no_axe_violations(newcomer)
    newcomer.get_by_label("Code from your app").fill(code(secret, steps=1))
    newcomer.get_by_role("button", name="Continue").click()
    is_in(newcomer)


def test_with_a_passkey(cast, page, open_browser) -> None:
    link = invite(come_in(page, cast.amara))
    newcomer: Any = open_browser()
    add_passkey_device(newcomer)
    accept(newcomer, link)
    newcomer.get_by_role("button", name="Add a passkey").click()
    heading(newcomer, "Add a passkey")
    no_axe_violations(newcomer)
    newcomer.get_by_role("button", name="Add a passkey").click()
    keep_recovery_codes(newcomer)
    sign_out(newcomer)

    newcomer.get_by_role("button", name="Sign in with a passkey").click()
    is_in(newcomer)


def test_on_a_phone(cast, page, phone) -> None:
    link = invite(come_in(page, cast.amara))
    accept(phone, link)
