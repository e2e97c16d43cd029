"""A visit from invitation to final report, by a setting and by somebody who comes from elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser import come_in, no_axe_violations
from tests.cast import person
from trellis.accounts.roles import Role
from trellis.core.audit import broken_links
from trellis.core.models import SentMail
from trellis.review.models import Action, Visit

if TYPE_CHECKING:
    from datetime import date

    from tests.cast import Cast
    from tests.reviewing import Half

pytestmark = pytest.mark.journey


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def date_in(page: Page, legend: str, day: date) -> None:
    group = page.get_by_role("group", name=legend)
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(part).fill(str(value))


def plan_and_invite(page: Page) -> None:
    page.get_by_role("link", name="Plan a visit").click()
    no_axe_violations(page)
    page.get_by_label("A colleague from another setting").check()
    page.get_by_label("What would you like to look at together?").fill("How children choose")
    date_in(page, "Day of the visit", timezone.localdate() + timedelta(days=7))
    date_in(page, "Until when may they see it?", timezone.localdate() + timedelta(days=60))
    page.get_by_label("The notes beside them").check()
    press(page, "Plan the visit")
    no_axe_violations(page)
    press(page, "Invite your visitor")
    no_axe_violations(page)
    page.get_by_label("Full name").fill("Rosa Blum")
    page.get_by_label("E-mail address").fill("rosa.blum@example.org")
    press(page, "Send the invitation")
    expect(page.get_by_text("Rosa Blum, invited and not answered yet")).to_be_visible()


def prepare(page: Page) -> None:
    press(page, "Prepare the visit")
    no_axe_violations(page)
    group = page.get_by_role("group", name="Your SEND or inclusion policy")
    group.get_by_label("We have it").check()
    page.get_by_label("Where it is kept: Your SEND or inclusion policy").fill("Blue folder")
    press(page, "Save the list")
    page.get_by_role("link", name="Timetable").click()
    press(page, "Half a day")
    expect(page.get_by_text("In all: 3 hours 10 minutes")).to_be_visible()
    no_axe_violations(page)
    page.get_by_role("link", name="Visits", exact=True).click()
    no_axe_violations(page)
    page.get_by_role("link", name="Peer visit").click()
    press(page, "We are prepared")
    no_axe_violations(page)
    press(page, "We are prepared")


def rate(page: Page) -> None:
    press(page, "Begin with the first area")
    card = page.locator("#A1")
    expect(card).to_contain_text("Priya has two hours on Wednesdays")
    card.get_by_role("radio", name="Partly in place").check()
    card.get_by_label("Your comment").fill("Wednesday is often taken by cover")
    no_axe_violations(page)
    press(page, "Save and stay here")
    page.get_by_role("link", name="Peer visit").click()
    page.get_by_role("link", name="Side by side").click()
    expect(page.locator(".review-work").first).to_contain_text("A1")
    no_axe_violations(page)
    page.get_by_role("link", name="Peer visit").click()


def note_and_draft(page: Page) -> None:
    for _ in range(2):
        press(page, "The visit has taken place")
    page.get_by_role("link", name="Notes of what was said").click()
    page.get_by_label("Who was there?").fill("Amara, Rosa")
    page.get_by_label("What was said?").fill("Calm rooms, and adults who wait")
    press(page, "Add the note")
    no_axe_violations(page)
    page.get_by_role("link", name="Peer visit").click()
    press(page, "Write the draft")
    page.get_by_label("What is strong").fill("Adults kneel down to talk")
    page.get_by_label("What to work on").fill("Picture cards are in a locked drawer")
    page.get_by_label("Recommendation 1: for which statement?").select_option("C1")
    page.get_by_label("Recommendation 1: what could they do?").fill("Hang the picture cards low")
    no_axe_violations(page)
    press(page, "Keep this version")
    no_axe_violations(page)
    page.get_by_role("link", name="Peer visit").click()
    for _ in range(2):
        press(page, "Share the draft and my ratings")


def test_a_visit_from_invitation_to_final_report(page: Page, open_browser: Any, cast: Cast, half: Half) -> None:
    rosa_elsewhere = person("Rosa Blum", cast.joanna.organisation, Role.PRACTITIONER)
    come_in(page, cast.amara)
    page.goto(half.round.get_absolute_url())
    plan_and_invite(page)
    prepare(page)
    visit = Visit.objects.get()

    rosa = come_in(open_browser(), rosa_elsewhere)
    rosa.goto(SentMail.objects.get(address="rosa.blum@example.org").link)
    press(rosa, "Accept the invitation")
    expect(rosa.get_by_role("heading", level=1)).to_have_text("Your visits")
    no_axe_violations(rosa)
    rosa.get_by_role("link", name="Peer visit").click()
    no_axe_violations(rosa)
    rate(rosa)
    note_and_draft(rosa)

    page.goto(visit.get_absolute_url())
    press(page, "Open the report")
    page.get_by_role("button", name="Correct a fact").click()
    page.get_by_label("What the draft says").fill("in a locked drawer")
    page.get_by_label("What is right").fill("On a high shelf")
    no_axe_violations(page)
    press(page, "Save")
    no_axe_violations(page)
    page.get_by_role("link", name="Peer visit").click()
    for _ in range(2):
        press(page, "We have checked the facts")

    rosa.goto(visit.get_absolute_url())
    press(rosa, "Open the report")
    rosa.get_by_role("link", name="Answer").click()
    rosa.get_by_label("I take it in").check()
    no_axe_violations(rosa)
    press(rosa, "Save")
    press(rosa, "Change the report")
    rosa.get_by_label("What to work on").fill("Picture cards are on a high shelf")
    press(rosa, "Keep this version")
    rosa.get_by_role("link", name="Peer visit").click()
    for _ in range(2):
        press(rosa, "Make the report final")

    page.goto(visit.get_absolute_url() + "report")
    expect(page.get_by_text("Final report").first).to_be_visible()
    no_axe_violations(page)
    page.get_by_role("button", name="Make it an action").click()
    assert Action.objects.filter(what="Hang the picture cards low").exists()
    page.goto(visit.get_absolute_url() + "how-it-was")
    no_axe_violations(page)
    assert list(broken_links()) == []
