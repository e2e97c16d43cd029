"""Lists of people and of browsers are read on a small phone without pushing anything sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import come_in, no_axe_violations
from tests.client import CheckingClient
from trellis.accounts.roles import Role
from trellis.accounts.tests.people import sign_in, with_password
from trellis.organisations.actions.people import write_invitation

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.cast import Cast

pytestmark = pytest.mark.journey
TOO_WIDE = "frames => frames.filter(frame => frame.scrollWidth > frame.clientWidth).length"


@pytest.mark.parametrize(("address", "tables"), [("/people", 2), ("/account/sessions", 1)])
def test_the_tables_stack(phone: Page, cast: Cast, address: str, tables: int) -> None:
    told = {"email": "a.very.long.address@somewhere.example.org", "name": "Niamh Byrne", "role": Role.SENCO}
    write_invitation(organisation=cast.amara.organisation, by=cast.amara.acting, **told)
    sign_in(
        CheckingClient(HTTP_USER_AGENT="Firefox on Windows", REMOTE_ADDR="2001:db8::1"), with_password(cast.amara.user)
    )
    come_in(phone, cast.amara)
    phone.goto(address)
    frames = phone.locator(".app-table-frame")
    assert frames.count() == tables
    assert frames.evaluate_all(TOO_WIDE) == 0
    assert all(cell.inner_text().strip() for cell in phone.locator("td:visible").all()), "no label without a value"
    no_axe_violations(phone)
