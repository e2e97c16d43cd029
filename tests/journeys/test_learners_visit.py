"""A visit of learners: the centre writes down what a nursery offers, a learner chooses it, goes, and writes about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import come_in, no_axe_violations
from tests.going import it_was, visit_session_of
from tests.training import place_of
from trellis.training.models import VisitOffer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.cast import Cast

pytestmark = pytest.mark.journey


def test_from_the_offer_to_the_reflection(cast: Cast, page: Page, open_browser: Callable[..., Page]) -> None:
    session = visit_session_of(cast.mei)
    place_of(cast.mei, "Priya Nair")
    come_in(page, cast.kofi).goto(session.get_absolute_url())
    page.get_by_role("link", name="Who visits where").click()
    expect(page.get_by_text("No visit yet")).to_be_visible()
    page.get_by_role("button", name="Add a visit").click()
    page.get_by_role("button", name="Add the visit").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter who hosts the visit")
    no_axe_violations(page)
    page.get_by_label("Name of the host").fill("Oakfield School")
    page.get_by_label("Address", exact=True).fill("1 Oak Road, Fenwick")
    page.get_by_label("How many learners can come?").fill("2")
    page.get_by_label("What to bring").fill("Photo identification. No DBS certificate is asked for")
    page.get_by_label("How to get there").fill("Bus 14 to Oak Road")
    page.get_by_label("What to look for").fill("How children say what they want")
    page.get_by_role("button", name="Add the visit").click()
    expect(page.get_by_text("0 of 2 places taken")).to_be_visible()
    no_axe_violations(page)

    # Priya, on a phone on which scripts do not run.
    phone = open_browser(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    come_in(phone, cast.priya).goto("/training/mine")
    phone.get_by_role("link", name="Visit to each other’s settings", exact=True).click()
    phone.get_by_role("button", name="I go there").click()
    expect(phone.get_by_role("heading", name="You go to Oakfield School")).to_be_visible()
    expect(phone.get_by_text("Photo identification")).to_be_visible()
    expect(phone.get_by_text("How children say what they want")).to_be_visible()

    it_was(VisitOffer.objects.get())
    phone.reload()
    phone.get_by_role("button", name="Write about the visit").click()
    phone.get_by_label("What did you see, and what do you take from it?").fill("I saw Noah’s plan on the wall")
    phone.get_by_label("1m", exact=False).check()
    phone.get_by_role("button", name="Save").click()
    expect(phone.locator("main")).to_contain_text("looks as if it names a child")
    phone.get_by_label("What did you see, and what do you take from it?").fill("They use picture cards at snack time")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("They use picture cards at snack time")).to_be_visible()

    trainer = open_browser()
    come_in(trainer, cast.zofia).goto(f"/training/sessions/{session.pk}/visits/")
    expect(trainer.get_by_text("1 of 2 places taken")).to_be_visible()
    trainer.get_by_role("link", name="Read the reflection of Priya Nair").click()
    expect(trainer.get_by_text("They use picture cards at snack time")).to_be_visible()
    no_axe_violations(trainer)
