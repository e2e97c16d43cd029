"""A review goes out as a Word form, is filled in elsewhere, and comes back while somebody has gone on working here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, come_in, expect_mistake, no_axe_violations
from tests.reviewing import rating, say, start
from trellis.core.jobs.worker import Worker
from trellis.review.models import Action, FilledForm
from trellis.review.tests.filled_forms import fill_word

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast import Cast
    from tests.reviewing import Half

pytestmark = pytest.mark.journey
CHOICE = "How well is it in place?"


def take_the_word_form(page: Page, half: Half) -> bytes:
    page.goto(half.round.get_absolute_url())
    page.get_by_role("link", name="On paper, in Word or Excel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("On paper, in Word or Excel")
    no_axe_violations(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Word form with what the review says now").click()
    assert download.value.suggested_filename.endswith(".docx")
    return download.value.path().read_bytes()


def filled(content: bytes) -> bytes:
    return fill_word(
        content,
        ("A1", CHOICE, "Area for development"),
        ("A2", CHOICE, "Secure"),
        ("A2", "Notes", "We talked about this on Monday, all six of us"),
        ("A2", "New action", "Ask the cook what she sees at lunch"),
        ("A3", CHOICE, "nearly there"),
    )


def test_a_word_form_comes_back_with_a_conflict(
    page: Page, open_browser: Any, cast: Cast, half: Half, tmp_path: Path
) -> None:
    come_in(page, cast.amara)
    form = tmp_path / "Form from the staff room.docx"
    form.write_bytes(filled(take_the_word_form(page, half)))
    say(half.round, "A1", "partly", cast.priya, notes="The rota has changed")

    page.get_by_role("button", name="Compare with the review").click()
    expect_mistake(page, "Choose the file with the filled form")
    page.get_by_label("The filled form").set_input_files(form)
    page.get_by_role("button", name="Compare with the review").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What the form says")
    expect(page.get_by_text("“nearly there” is no choice here")).to_be_visible()
    expect(page.get_by_text("Priya Nair changed this here on")).to_be_visible()
    first, second = page.get_by_role("checkbox", name="A1"), page.get_by_role("checkbox", name="A2").first
    expect(first).not_to_be_checked()
    expect(second).to_be_checked()
    no_axe_violations(page)
    page.get_by_role("button", name="Write what is ticked into the review").click()
    expect(page.get_by_text("Written into the review: A2; in the plan A2")).to_be_visible()
    no_axe_violations(page)
    assert rating(half.round, "A1").level.code == "partly"
    assert rating(half.round, "A2").notes == "We talked about this on Monday, all six of us"
    assert Action.objects.get(what="Ask the cook what she sees at lunch").created_by == cast.amara.user

    without = come_in(open_browser(viewport=PHONE, java_script_enabled=False), cast.priya)
    without.goto(FilledForm.objects.get().get_absolute_url())
    without.get_by_role("checkbox", name="A1").check()
    without.get_by_role("button", name="Write what is ticked into the review").click()
    expect(without.get_by_text("Written into the review: A1")).to_be_visible()
    expect(without.get_by_text("The form says nothing that the review does not say already")).to_have_count(0)
    assert [change.version for change in rating(half.round, "A1").changes.all()] == [3, 2, 1]


def test_a_form_of_another_review_is_refused_on_a_phone(
    open_browser: Any, cast: Cast, half: Half, tmp_path: Path
) -> None:
    content = take_the_word_form(come_in(open_browser(), cast.amara), half)
    theirs = start(cast.megan, half.round.framework)
    form = tmp_path / "Form.docx"
    form.write_bytes(content)
    phone = come_in(open_browser(viewport=PHONE), cast.megan)
    phone.goto(f"{theirs.get_absolute_url()}on-paper")
    phone.get_by_label("The filled form").set_input_files(form)
    phone.get_by_role("button", name="Compare with the review").click()
    expect_mistake(phone, "This form belongs to a review of another setting, so it cannot be read here")
    no_axe_violations(phone)


def test_everything_is_asked_for_and_taken(page: Page, cast: Cast, half: Half) -> None:
    come_in(page, cast.amara)
    page.goto("/reviews/")
    page.get_by_role("link", name="Take everything with you").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Take everything with you")
    no_axe_violations(page)
    page.get_by_role("button", name="Make the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Everything about a setting as one file")
    assert Worker().run_one()
    page.reload()
    page.get_by_role("link", name="Take the file").click()
    no_axe_violations(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Take it").click()
    with ZipFile(download.value.path()) as taken:
        assert {"manifest.json", "setting.json"} <= set(taken.namelist())
