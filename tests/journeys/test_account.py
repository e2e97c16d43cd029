"""Somebody comes in by single sign-on, sees everything about themselves, and deletes their account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import come_in, expect_mistake, no_axe_violations
from tests.oidc_provider import CLIENT, SECRET, OidcProvider
from trellis.accounts.models import User
from trellis.environment import SignOn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Cast

pytestmark = pytest.mark.journey


@pytest.fixture
def provider(settings: Any, cast: Cast) -> Iterator[OidcProvider]:
    leila = cast.leila.user
    claims = {"sub": "248289761001", "email": leila.email, "email_verified": True, "name": leila.name}
    found = OidcProvider(claims=claims)
    settings.SINGLE_SIGN_ON = SignOn("Fenwick Schools", found.issuer, CLIENT, SECRET)
    yield found
    found.close()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def sign_on(page: Page) -> None:
    """From the sign-in page to the provider, which knows her, and back."""
    page.goto("/sign-in")
    no_axe_violations(page)
    page.get_by_role("button", name="Sign in with Fenwick Schools").click()
    page.wait_for_url("**/")
    expect(page.get_by_text("Leila Haddad").first).to_be_visible()


def delete_account(page: Page, email: str) -> None:
    page.goto("/account")
    page.get_by_role("link", name="See (Everything about you)").click()
    heading(page, "Everything about you")
    no_axe_violations(page)
    page.get_by_role("link", name="Organisations you belong or belonged to").click()
    expect(page.get_by_role("cell", name="Bramble Lane Nursery")).to_be_visible()
    no_axe_violations(page)
    page.goto("/account")
    page.get_by_role("link", name="Delete your account").click()
    heading(page, "Delete your account")
    no_axe_violations(page)
    page.get_by_label("Type your e-mail address to confirm").fill("somebody@example.org")
    page.get_by_role("button", name="Delete my account").click()
    expect_mistake(page, "This is not the e-mail address of your account. Type it as it stands above")
    page.get_by_label("Type your e-mail address to confirm").fill(email)
    page.get_by_role("button", name="Delete my account").click()
    heading(page, "Your account is deleted")
    no_axe_violations(page)


def test_by_single_sign_on_to_no_account(page: Page, cast: Cast, provider: OidcProvider) -> None:
    email = cast.leila.user.email
    sign_on(page)
    page.goto("/account/sign-on")
    no_axe_violations(page)
    delete_account(page, email)
    assert User.objects.get(pk=cast.leila.user.pk).deleted_at
    page.goto("/account")
    heading(page, "Sign in")


def test_without_javascript(page_without_javascript: Page, cast: Cast, provider: OidcProvider) -> None:
    page = page_without_javascript
    sign_on(page)
    delete_account(page, cast.leila.user.email)
    assert User.objects.get(pk=cast.leila.user.pk).deleted_at


def test_a_setting_is_closed(page: Page, cast: Cast, half: Any) -> None:
    cast.amara.user.set_password("three unrelated words")
    cast.amara.user.save()
    come_in(page, cast.amara)
    page.goto("/organisation")
    page.get_by_role("link", name="Close the setting").click()
    page.get_by_label("Password", exact=True).fill("three unrelated words")
    page.get_by_role("button", name="Continue").click()
    heading(page, "Close the setting")
    no_axe_violations(page)
    page.get_by_label("Type the name of the setting to confirm").fill("Bramble Lane Nursery")
    page.get_by_role("button", name="Close the setting").click()
    heading(page, "Your account")
    expect(page.get_by_text("Bramble Lane Nursery is closed")).to_be_visible()
