"""A trainer with a phone: the register online, then without a connection, and back; and a missed morning caught up."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.attending import held_on, todays_session, wanted, yesterday
from tests.browser import come_in, no_axe_violations
from tests.paper import lines_on_pages
from tests.training import cohort_of, new_trainer, place_in
from trellis.training import actions
from trellis.training.models import CatchUp, Mark

if TYPE_CHECKING:
    from tests.cast import Cast
    from trellis.training.models import Session

pytestmark = pytest.mark.journey
SAVED = re.compile("All marks are saved")


def learners(cast: Cast) -> Session:
    cohort = cohort_of(cast.mei)
    for name in ("Niamh Byrne", "Priya Nair", "Ayesha Siddiqui"):
        place_in(cohort, name, by=cast.mei)
    return todays_session(cast.mei)


def how(page: Page, name: str, part: str = "Morning") -> Any:
    return page.get_by_role("group", name=name).get_by_label(part, exact=True)


def standing() -> dict[str, tuple[str, str]]:
    marks = Mark.objects.filter(part__position=1).standing().select_related("place")
    return {mark.place.name: (mark.status, mark.source) for mark in marks}


def test_a_register_goes_on_without_a_connection_and_sends_once(cast: Cast, phone: Page) -> None:
    session = learners(cast)
    come_in(phone, cast.zofia).goto("/training/today")
    expect(phone.get_by_role("heading", level=1)).to_have_text(f"Register: {session}")
    no_axe_violations(phone)
    status = phone.locator("[data-register-status]")

    phone.get_by_role("button", name="Everybody else present: morning").click()
    expect(status).to_have_text(SAVED)
    assert standing() == dict.fromkeys(("Ayesha Siddiqui", "Niamh Byrne", "Priya Nair"), ("present", "register"))

    beatriz = new_trainer(cast.mei)
    phone.context.set_offline(True)
    how(phone, "Niamh Byrne").select_option("late")
    expect(status).to_contain_text("is not saved yet: enter how many minutes they missed")
    expect(status).not_to_contain_text("All marks are saved")
    niamh = phone.get_by_role("group", name="Niamh Byrne")
    niamh.get_by_label("Morning: minutes missed, if late or left early").fill("15")
    niamh.get_by_label("Morning: minutes missed, if late or left early").blur()
    how(phone, "Priya Nair").select_option("absent")
    expect(status).to_contain_text("No connection. 2 marks kept on this device")
    assert Mark.objects.count() == 3, "nothing arrived"

    # Somebody else marks one of the two meanwhile.
    priya = session.cohort.places.get(name="Priya Nair")
    left = wanted(session, priya, "left_early", missed=40, base=1)
    actions.save_marks(session=session, wanted=[left], by=beatriz.acting)

    sent: list[str] = []
    phone.on("request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None)
    phone.context.set_offline(False)
    expect(phone.get_by_role("alert")).to_contain_text("Priya Nair, morning: left early, 40 minutes (Beatriz Nunes")
    expect(status).to_contain_text("1 mark to decide")
    no_axe_violations(phone)
    assert standing()["Niamh Byrne"] == ("late", "offline")
    assert standing()["Priya Nair"] == ("left_early", "register"), "not overwritten"
    assert Mark.objects.filter(place__name="Niamh Byrne").count() == 2, "sent once"
    assert len(sent) == 1

    phone.get_by_role("button", name="Put mine in its place").click()
    expect(status).to_have_text(SAVED)
    assert standing()["Priya Nair"][0] == "absent"
    assert [mark.version for mark in Mark.objects.filter(place=priya).order_by("version")] == [1, 2, 3]


def test_what_waits_is_forgotten_at_sign_out_and_comes_back_before(cast: Cast, phone: Page) -> None:
    learners(cast)
    come_in(phone, cast.zofia).goto("/training/today")
    expect(phone.locator(".js-enabled")).to_have_count(1)
    phone.route("**/register/marks", lambda route: route.fulfill(status=403, body=""))
    how(phone, "Niamh Byrne").select_option("absent")
    status = phone.locator("[data-register-status]")
    expect(status).to_contain_text("1 mark not sent: you are signed out")
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.reload()
    expect(how(phone, "Niamh Byrne")).to_have_value("absent")
    expect(status).to_contain_text("1 mark not sent: you are signed out")
    kept = "() => JSON.stringify(Object.keys(localStorage).filter((key) => key.startsWith('trellis-draft:register')))"
    assert len(json.loads(phone.evaluate(kept))) == 1
    phone.get_by_role("button", name="Sign out").click()
    expect(phone).not_to_have_url(re.compile("register"))
    assert json.loads(phone.evaluate(kept)) == []
    assert not Mark.objects.exists()


def test_after_the_day_a_refused_correction_leads_to_where_it_is_explained(cast: Cast, phone: Page) -> None:
    session = held_on(learners(cast), yesterday())
    come_in(phone, cast.zofia).goto(f"/training/sessions/{session.pk}/register")
    why, status = phone.get_by_label("Why are marks corrected?"), phone.locator("[data-register-status]")
    expect(why).to_be_hidden()
    bar = phone.locator(".app-register__bar").bounding_box()
    assert bar["height"] < 150, "what is marked is not covered by what only a correction needs"
    no_axe_violations(phone)
    phone.get_by_role("button", name="Everybody else present: morning").click()
    expect(status).to_have_text(SAVED)
    how(phone, "Niamh Byrne").select_option("absent")
    expect(status).to_contain_text("1 mark not saved: The day is over. Say why marks are corrected")
    expect(why).to_be_focused()
    expect(why).to_be_in_viewport()
    no_axe_violations(phone)
    phone.keyboard.type("She left before we began")
    phone.keyboard.press("Tab")
    expect(status).to_have_text(SAVED)
    assert standing()["Niamh Byrne"][0] == "absent"
    assert Mark.objects.get(status="absent").because == "She left before we began"


def test_a_few_minutes_late_are_caught_up_when_the_trainer_says_so(cast: Cast, phone: Page) -> None:
    session = learners(cast)
    niamh = session.cohort.places.get(name="Niamh Byrne")
    late = wanted(session, niamh, "late", missed=15)
    actions.save_marks(session=session, wanted=[late], by=cast.zofia.acting)
    come_in(phone, cast.zofia).goto(f"/training/learners/{niamh.pk}/attendance")
    expect(phone.get_by_role("main")).to_contain_text("only by catching up")
    no_axe_violations(phone)
    phone.get_by_role("button", name="Let them catch up").click()
    expect(phone.get_by_text("Niamh Byrne can catch up on this now")).to_be_visible()
    no_axe_violations(phone)
    phone.get_by_label("One to one with the trainer").check()
    phone.get_by_label("For how many minutes?").fill("15")
    phone.get_by_label("Somebody who teaches was with them, in person or online").check()
    phone.get_by_role("button", name="Sign off").click()
    expect(phone.get_by_text("Signed off: Niamh Byrne has caught up")).to_be_visible()
    expect(phone.get_by_text("Can reach the minimum", exact=True)).to_be_visible()


def test_without_scripts_a_missed_morning_becomes_a_catch_up_that_ends(
    cast: Cast, page_without_javascript: Page
) -> None:
    session, page = learners(cast), page_without_javascript
    come_in(page, cast.zofia).goto(f"/training/sessions/{session.pk}/register")
    how(page, "Niamh Byrne").select_option("absent")
    page.get_by_role("button", name="Everybody else present: morning").click()
    expect(page.get_by_text("3 marks are saved")).to_be_visible()
    page.get_by_role("link", name="Attendance of the cohort").click()
    no_axe_violations(page)
    page.get_by_role("link", name="Niamh Byrne: What special educational needs are, morning").click()
    no_axe_violations(page)
    page.get_by_label("One to one with the trainer").check()
    page.get_by_label("For how many minutes?").fill("120")
    page.get_by_label("Somebody who teaches was with them, in person or online").check()
    page.get_by_role("button", name="Sign off").click()
    expect(page.get_by_text("Signed off: Niamh Byrne has caught up")).to_be_visible()
    no_axe_violations(page)
    assert CatchUp.objects.get().status == "done"


def test_the_sheet_of_thirty_is_one_page_with_what_is_marked(cast: Cast, page: Page) -> None:
    cohort = cohort_of(cast.mei)
    settings = ("Willow Pre-school", "Saint Bartholomew’s Church of England Nursery School", "Elm")
    for number in range(30):
        name = f"{('Ayesha', 'Bartholomew', 'Chidi')[number % 3]} Learner{number:02}"
        place_in(cohort, name, by=cast.mei, setting_name=settings[number % 3])
    session = todays_session(cast.mei)
    first, second, third = cohort.places.by_name()[:3]
    marks = [wanted(session, first, "present"), wanted(session, second, "late", missed=15)]
    marks += [wanted(session, third, "apologised", reason="sickness")]
    actions.save_marks(session=session, wanted=marks, by=cast.zofia.acting)
    come_in(page, cast.zofia).goto(f"/training/sessions/{session.pk}/register/sheet")
    cells = page.locator("#sheet tbody tr").nth(0).locator("td").all_inner_texts()
    assert [cell.strip() for cell in cells[1:3]] == ["Present", ""], "the afternoon is not marked yet"
    assert "Late, 15 minutes" in page.locator("#sheet tbody tr").nth(1).inner_text()
    assert "Apologised" in page.locator("#sheet tbody tr").nth(2).inner_text()
    assert "ickness" not in page.locator("main").inner_text(), "why somebody is ill stays off the table"
    no_axe_violations(page)
    assert len(lines_on_pages(page.pdf(format="A4"))) == 1
