"""A name may be one long word: no page becomes wider than a small phone, and on a desk the header keeps its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.browser import WIDER_THAN_THE_SCREEN, come_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.cast import Cast
    from tests.reviewing import Half

pytestmark = pytest.mark.journey
LONG = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren"


@pytest.fixture
def pages(cast: Cast, half: Half) -> list[str]:
    """Pages on which Amara, whose name is long now, stands with all she wrote."""
    cast.amara.user.name = LONG
    cast.amara.user.save()
    of_the_round = [reverse(name, args=[half.round.pk]) for name in ("show_round", "report", "full_report")]
    area, statement = (
        reverse("rate_area", args=[half.round.pk, "A"]),
        reverse("show_statement", args=[half.round.pk, "A1"]),
    )
    others = [reverse(name) for name in ("home", "rounds", "plan", "evidence", "account")]
    return [*of_the_round, area, statement, half.action.get_absolute_url(), half.evidence.get_absolute_url(), *others]


def test_a_long_name_makes_no_page_wider_than_a_phone(phone: Page, cast: Cast, pages: list[str]) -> None:
    come_in(phone, cast.amara)
    wide = []
    for page in pages:
        phone.goto(page)
        if phone.evaluate(WIDER_THAN_THE_SCREEN) > 0:
            wide.append(page)
    assert wide == []


def test_a_long_name_leaves_account_and_sign_out_where_they_were(page: Page, cast: Cast, pages: list[str]) -> None:
    come_in(page, cast.amara)
    page.goto(pages[0])
    home, account = (page.locator(each).bounding_box() for each in (".app-header__home", ".app-header__actions"))
    assert home
    assert account
    assert account["x"] > home["x"] + home["width"]
    assert account["y"] < home["y"] + home["height"]
