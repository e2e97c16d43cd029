"""A report printed with the browser: a first page that is used, and no last page with a line or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.browser import come_in
from tests.paper import lines_on_pages
from trellis.review import actions
from trellis.review.actions.plan import Intention

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.cast import Cast
    from tests.reviewing import Half

pytestmark = pytest.mark.journey


def printed(page: Page, name: str, half: Half) -> list[int]:
    """How many lines stand on each page."""
    page.goto(reverse(name, args=[half.round.pk]))
    return lines_on_pages(page.pdf(format="A4"))


def test_a_full_report_is_printed_without_empty_pages(page: Page, cast: Cast, half: Half) -> None:
    come_in(page, cast.amara)
    for _more in range(4):
        pages = printed(page, "full_report", half)
        assert pages[0] >= 20, pages
        assert pages[-1] >= 6, pages
        intention = Intention(what="Write down how we tell each family, and when, and who does it")
        actions.add_action(round=half.round, statement=half.weak.statement, intention=intention, by=cast.amara.acting)


def test_a_one_page_report_is_printed_on_one_page(page: Page, cast: Cast, half: Half) -> None:
    come_in(page, cast.amara)
    assert len(printed(page, "report", half)) == 1
