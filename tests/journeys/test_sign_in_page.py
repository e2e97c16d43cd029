"""The first page that anybody sees."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import no_axe_violations

pytestmark = pytest.mark.journey


def test_somebody_who_is_not_signed_in_is_asked_to_sign_in(page):
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    no_axe_violations(page)


def test_without_javascript(page_without_javascript):
    page_without_javascript.goto("/")
    expect(page_without_javascript.get_by_role("heading", level=1)).to_have_text("Sign in")
    no_axe_violations(page_without_javascript)


def test_on_a_phone(phone):
    phone.goto("/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")
    no_axe_violations(phone)
