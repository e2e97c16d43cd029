"""A practitioner applies for a full course, waits, and is offered the place that falls free; in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.applying import open_cohort
from tests.browser import PHONE, come_in, expect_mistake, no_axe_violations
from tests.training import a_friday, place_in
from trellis.core.audit import System
from trellis.core.jobs import start
from trellis.core.jobs.worker import Worker
from trellis.core.models import SentMail
from trellis.training import actions

pytestmark = pytest.mark.journey
NIAMH, INES = "niamh.byrne@example.org", "ines.carvalho@example.org"
QUESTIONS = (
    ("Which dates", ["Any of them"], {}),
    ("Your setting", ["It is not in the register. I write its name"], {"Name and town": "Willow Pre-school, Fenwick"}),
    ("Your local authority", [], {}),
    ("Your role", ["SENCO"], {}),
    ("Level 3 qualification", ["Yes"], {}),
    ("Which Level 3 qualification", ["I write its name"], {"Its name": "Diploma in childcare"}),
    ("Years in early years settings", [], {"For how many years": "4"}),
    ("Training as a SENCO so far", ["None yet"], {}),
    ("Funded place before", ["No"], {}),
    ("Who pays", ["A funded place: it costs nothing"], {}),
    ("Others from your setting", ["It does not matter"], {}),
    ("What you need to take part", [], {"What do you need": "A hearing loop"}),
    ("Your manager", [], {"Who decides": "Ines Carvalho", "Their e-mail address": INES}),
)


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def newest_link(address: str, beginning: str) -> str:
    mails = SentMail.objects.filter(address=address, link__startswith=beginning)
    return mails.order_by("-created_at")[0].link


def by_the_clock() -> None:
    start(job="training.waiting_list", by=System("The clock"))
    Worker().run_one()


def apply(page: Page, programme_id: object) -> None:
    """From the page of the programme to the sent application, one question after another."""
    page.goto(f"/apply/{programme_id}/")
    no_axe_violations(page)
    page.get_by_role("button", name="Send me a link to begin").click()
    expect_mistake(page, "Enter your full name")
    page.get_by_label("Full name").fill("Niamh Byrne")
    page.get_by_label("E-mail address").fill(NIAMH)
    page.get_by_role("button", name="Send me a link to begin").click()
    heading(page, "Look at your e-mail")
    no_axe_violations(page)
    page.goto(newest_link(NIAMH, "/apply/with/"))
    for title, chosen, written in QUESTIONS:
        heading(page, title)
        no_axe_violations(page)
        for label in chosen:
            page.get_by_label(label, exact=True).check()
        for label, words in written.items():
            page.get_by_label(re.compile(f"^{re.escape(label)}")).fill(words)
        if title == "Your local authority":
            page.get_by_label("In which local authority").select_option(label="Fenwickshire")
        page.get_by_role("button", name="Save and go on").click()
    heading(page, "Check your answers")
    expect(page.get_by_text("Willow Pre-school, Fenwick")).to_be_visible()
    no_axe_violations(page)
    page.get_by_role("button", name="Send the application").click()
    heading(page, "Your application")
    expect(page.get_by_text("Your application is sent")).to_be_visible()
    no_axe_violations(page)


def confirm(manager: Page) -> None:
    manager.goto(newest_link(INES, "/apply/release/"))
    heading(manager, "Can your setting release somebody for a course?")
    manager.get_by_label("Yes", exact=True).check()
    no_axe_violations(manager)
    for words in ("We release them", "Somebody covers", "We keep our staff", "An assessor may"):
        manager.get_by_label(re.compile(f"^{words}")).check()
    manager.get_by_role("button", name="Send the answer").click()
    heading(manager, "Thank you, your answer is noted")
    no_axe_violations(manager)


def put_on_the_list(lead: Page, programme_id: object) -> None:
    lead.goto(f"/training/programmes/{programme_id}/applications/")
    no_axe_violations(lead)
    lead.get_by_role("link", name="Niamh Byrne").click()
    expect(lead.get_by_text("A hearing loop")).to_be_visible()
    no_axe_violations(lead)
    lead.get_by_role("button", name="Put on the waiting list").click()
    expect(lead.locator(".app-tag").first).to_contain_text("On the waiting list")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_apply_and_be_offered_a_place_from_the_waiting_list(cast, page, open_browser, javascript: bool) -> None:
    cohort = open_cohort(cast.mei, most_places=1, starts_on=a_friday(8))
    place = place_in(cohort, "Oskar Bell", by=cast.mei)
    applicant = open_browser(viewport=PHONE, java_script_enabled=javascript)
    apply(applicant, cohort.programme_id)
    confirm(open_browser(java_script_enabled=javascript))
    put_on_the_list(come_in(page, cast.mei), cohort.programme_id)
    by_the_clock()
    applicant.goto(newest_link(NIAMH, "/apply/with/"))
    expect(applicant.get_by_text("When a place falls free")).to_be_visible()
    no_axe_violations(applicant)

    actions.withdraw_place(place=place, reason="time", on=place.placed_at.date(), by=cast.mei.acting)
    by_the_clock()
    applicant.goto(newest_link(NIAMH, "/apply/with/"))
    heading(applicant, "Your application")
    no_axe_violations(applicant)
    applicant.get_by_role("button", name="Accept the place").click()
    heading(applicant, "Accept the place?")
    no_axe_violations(applicant)
    applicant.get_by_role("button", name="Accept the place").click()
    expect(applicant.get_by_text("You have a place on the course starting")).to_be_visible()
    no_axe_violations(applicant)
    page.goto(f"/training/cohorts/{cohort.pk}/learners/")
    expect(page.get_by_role("link", name="Niamh Byrne")).to_be_visible()
