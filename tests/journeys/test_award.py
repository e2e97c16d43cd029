"""What an award programme is judged by, in a real browser: guided hours, dates in calendars, second cohorts, the report."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser import come_in, no_axe_violations
from tests.training import cohort_for, cohort_of, duty_of, fenwickshire, place_in, programme_of
from trellis.organisations.models import LocalAuthority
from trellis.training import actions
from trellis.training.models import Session

if TYPE_CHECKING:
    from tests.cast import Cast
    from trellis.training.models import Cohort, Duty, Place

pytestmark = pytest.mark.journey


def in_the_past(cohort: Cohort) -> None:
    """Let all days of a cohort lie behind us, as time does."""
    last = cohort.sessions.order_by("-on")[0].on
    back = timedelta(weeks=1 + (last - timezone.localdate()).days // 7)
    for session in cohort.sessions.all():
        Session.objects.filter(pk=session.pk).update(on=session.on - back)


def all_there_but_one_morning(cast: Cast, cohort: Cohort, place: Place) -> None:
    for session in cohort.sessions.order_by("number"):
        missed = session.number == 3
        wanted = [
            actions.Wanted(place.pk, part.pk, "absent" if missed and part.position == 1 else "present")
            for part in session.parts.all()
        ]
        actions.save_marks(session=session, wanted=wanted, by=cast.zofia.acting)


def test_a_missed_morning_is_caught_up_and_the_guided_hours_are_complete(cast: Cast, page: Page) -> None:
    cohort = cohort_of(cast.mei)
    priya = place_in(cohort, "Priya Nair", by=cast.mei, email=cast.priya.user.email)
    in_the_past(cohort)
    all_there_but_one_morning(cast, cohort, priya)

    come_in(page, cast.zofia).goto(f"/training/cohorts/{cohort.pk}/attendance")
    row = page.get_by_role("row", name="Priya Nair")
    expect(row).to_contain_text("32 hours of 34 hours")
    expect(row).to_contain_text("Can reach the minimum only by catching up")
    no_axe_violations(page)
    page.get_by_role("link", name="Priya Nair: The graduated approach, morning").click()
    page.get_by_label("One to one with the trainer").check()
    page.get_by_label("For how many minutes?").fill("120")
    page.get_by_label("Somebody who teaches was with them, in person or online").check()
    page.get_by_role("button", name="Sign off").click()
    expect(page.get_by_text("Signed off: Priya Nair has caught up")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("34 h")
    no_axe_violations(page)
    page.goto(f"/training/cohorts/{cohort.pk}/attendance")
    expect(row).to_contain_text("34 hours of 34 hours")
    expect(row).to_contain_text("Can reach the minimum")
    expect(page.get_by_text("Nothing is open.")).to_be_visible()

    come_in(page, cast.priya).goto("/training/mine/attendance")
    expect(page.get_by_role("main")).to_contain_text("34 h")
    no_axe_violations(page)


def events(page: Page, address: str) -> dict[str, dict[str, Any]]:
    """What a calendar reads at an address: each event by its summary, with what it says."""
    answer = page.request.get(address)
    assert answer.headers["content-type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.body())
    return {
        str(event["summary"]): {
            name: event[name].to_ical() for name in ("uid", "sequence", "dtstart", "dtend", "dtstamp")
        }
        for event in calendar.walk("VEVENT")
    }


def test_a_session_moves_and_calendars_follow_it(cast: Cast, page: Page) -> None:
    cohort = cohort_of(cast.mei)
    come_in(page, cast.kofi).goto(f"/training/cohorts/{cohort.pk}/")
    page.get_by_role("button", name="Make an address").click()
    address = page.locator("code").inner_text()
    no_axe_violations(page)
    before = events(page, address)
    assert len(before) == 12
    assert events(page, address) == before, "nothing changes by being read"

    page.get_by_role("link", name="2. Noticing needs early").click()
    page.get_by_role("link", name="Move it to another day or time").click()
    no_axe_violations(page)
    later = cohort.sessions.get(number=2).on + timedelta(days=3)
    for name, value in (("Day", later.day), ("Month", later.month), ("Year", later.year)):
        page.get_by_label(name, exact=True).fill(str(value))
    page.get_by_label("Start").fill("10:00")
    page.get_by_role("button", name="Move it").click()
    expect(page.get_by_role("main")).to_contain_text("Moved")
    no_axe_violations(page)

    after = events(page, address)
    moved = next(summary for summary in before if summary.startswith("Noticing needs early"))
    assert after[moved]["uid"] == before[moved]["uid"]
    assert (before[moved]["sequence"], after[moved]["sequence"]) == (b"0", b"1")
    assert after[moved]["dtstart"] == f"{later:%Y%m%d}T100000".encode()
    assert {name: after[name] for name in after if name != moved} == {
        name: before[name] for name in before if name != moved
    }


def stands(page: Page, duty: Duty, step: str, status: str) -> None:
    """Say of a duty that it has come so far."""
    page.goto(f"/training/duties/{duty.pk}/")
    page.get_by_role("button", name=step).click()
    if step == "A cohort is planned":
        page.get_by_label("Which cohort?").select_option(label="Second cohort")
        no_axe_violations(page)
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("main")).to_contain_text(status)


def test_a_second_cohort_that_is_owed_is_held(cast: Cast, page: Page) -> None:
    duty, second = duty_of(cast.mei), cohort_for(cast.mei, title="Second cohort")
    come_in(page, cast.mei).goto("/training/duties/")
    expect(page.get_by_role("row", name="Fenwickshire")).to_contain_text("Promised")
    no_axe_violations(page)

    stands(page, duty, "A cohort is planned", "Planned")
    expect(page.get_by_role("main")).to_contain_text("The cohort has started:")
    expect(page.get_by_role("button", name="The cohort has started")).to_have_count(0)
    in_the_past(second)
    page.goto(f"/training/cohorts/{second.pk}/")
    page.get_by_role("button", name="It has started").click()
    expect(page.get_by_role("main")).to_contain_text("Running")
    stands(page, duty, "The cohort has started", "Running")
    no_axe_violations(page)
    page.goto(f"/training/cohorts/{second.pk}/")
    page.get_by_role("button", name="It is finished").click()
    expect(page.get_by_role("main")).to_contain_text("Finished")
    stands(page, duty, "The duty is met", "Met")

    page.goto("/training/duties/")
    expect(page.get_by_role("heading", name="Nothing is owed")).to_be_visible()
    page.get_by_role("link", name="Also those that are met or excused").click()
    expect(page.get_by_role("row", name="Fenwickshire")).to_contain_text("Second cohort")
    no_axe_violations(page)
    come_in(page, cast.daniel).goto(f"/training/duties/{duty.pk}/")
    expect(page.get_by_role("main")).to_contain_text("Met")


def somebody_learned(cast: Cast, cohort: Cohort, first: int, how_many: int, completed: int) -> None:
    day = timezone.localdate()
    for number in range(how_many):
        place = place_in(cohort, f"Learner {chr(65 + first + number)}", by=cast.mei)
        actions.mark_milestone(place=place, kind="started", on=day - timedelta(days=90), by=cast.mei.acting)
        if number < completed:
            actions.mark_milestone(place=place, kind="completed", on=day, by=cast.mei.acting)


def taken_away(page: Page, link: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_a_funder_is_told_what_became_of_the_places(cast: Cast, page: Page) -> None:
    programme = programme_of(cast.mei, authorities=[fenwickshire(), LocalAuthority.objects.get(name="Harrowmere")])
    somebody_learned(cast, cohort_for(cast.mei, title="Autumn in Fenwickshire"), 0, 12, 7)
    there = cohort_for(cast.mei, title="Autumn in Harrowmere", authority=LocalAuthority.objects.get(name="Harrowmere"))
    somebody_learned(cast, there, 12, 2, 1)

    come_in(page, cast.mei).goto(f"/training/programmes/{programme.pk}/")
    page.get_by_role("link", name="Who started, stayed and finished").click()
    for row, figures in (("Autumn in Fenwickshire", (12, 12, 7)), ("Autumn in Harrowmere", (2, 2, 1))):
        cells = page.get_by_role("row", name=row).get_by_role("cell").all_inner_texts()
        assert [cells[place] for place in (0, 1, 4)] == [str(figure) for figure in figures]
    no_axe_violations(page)

    name, table = taken_away(page, "For yourself (CSV)")
    rows = list(csv.DictReader(StringIO(table.decode("utf-8-sig"))))
    assert name.endswith(".csv")
    assert len(rows) == 14
    assert sum(bool(row["Completed"]) for row in rows) == 8
    name, paper = taken_away(page, "For your funder (PDF)")
    assert name.endswith(".pdf")
    with pikepdf.open(BytesIO(paper)) as pdf:
        assert len(pdf.pages) == 1
        assert "Who started" in str(pdf.docinfo["/Title"])
