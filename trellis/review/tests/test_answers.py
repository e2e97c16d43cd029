"""What can be said of a statement, and that it is kept, shown and told apart: unsure, does not apply, how far we are."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.reviewing import rating

pytestmark = pytest.mark.django_db


def words(answer, selector: str = "main") -> str:
    """What stands in a part of a page, as it reads."""
    part = BeautifulSoup(answer.content, "html5lib").select_one(selector)
    return " ".join(part.get_text(" ").split())


def card(browser, round, code: str):
    """The card of a statement on the page of its area."""
    page = browser.get(reverse("rate_area", args=[round.pk, code[0]]))
    return BeautifulSoup(page.content, "html5lib").select_one(f"#{code}")


def answer(code: str, version: int = 0, **said: str) -> dict[str, str]:
    """What a browser sends of one card."""
    return {f"{code}-version": str(version), f"{code}-work": "to_do"} | {
        f"{code}-{name}": it for name, it in said.items()
    }


def test_not_being_sure_is_kept_and_told_beside_the_level(cast, half, browse):
    browser, round = browse(cast.priya), half.round
    address = reverse("rate_area", args=[round.pk, "A"])
    browser.post(address, answer("A2", choice="partly", unsure="on"))
    assert (rating(round, "A2").label, rating(round, "A2").unsure) == ("Partly in place", True)
    assert card(browser, round, "A2").select_one("input[name=A2-unsure]").has_attr("checked")
    statement = browser.get(reverse("show_statement", args=[round.pk, "A2"]))
    assert "Not sure" in words(statement)
    assert "Partly in place , not sure" in words(statement, ".review-history")
    browser.post(address, answer("A2", version=1, choice="partly"))
    assert not rating(round, "A2").unsure
    assert not card(browser, round, "A2").select_one("input[name=A2-unsure]").has_attr("checked")


def test_being_unsure_about_what_is_not_yet_discussed_is_kept_too(cast, half, browse):
    browser = browse(cast.priya)
    browser.post(reverse("rate_area", args=[half.round.pk, "A"]), answer("A3", choice="not_discussed", unsure="on"))
    assert (rating(half.round, "A3").state, rating(half.round, "A3").unsure) == ("not_discussed", True)


def test_what_does_not_apply_is_kept_with_its_reason_and_is_no_gap(cast, half, browse):
    browser, round = browse(cast.priya), half.round
    sent = answer("A2", choice="not_applicable", reason="We have no rooms, we are outdoors")
    browser.post(reverse("rate_area", args=[round.pk, "A"]), sent)
    now = rating(round, "A2")
    assert (now.state, now.level, now.reason) == ("not_applicable", None, "We have no rooms, we are outdoors")
    statement = browser.get(reverse("show_statement", args=[round.pk, "A2"]))
    assert "Does not apply We have no rooms, we are outdoors" in words(statement).replace("– ", "")
    assert "We have no rooms, we are outdoors" in words(statement, ".review-history")
    shown = card(browser, round, "A2")
    assert shown.select_one("input[name=A2-reason]")["value"] == "We have no rooms, we are outdoors"
    assert shown.select_one("input[name=A2-choice][checked]")["value"] == "not_applicable"
    assert "statements/A2" not in browser.get(round.get_absolute_url()).content.decode()


def test_a_reason_without_a_choice_that_needs_one_is_kept_out_of_the_level(cast, half, browse):
    browser, round = browse(cast.priya), half.round
    sent = answer("A2", choice="not_applicable", reason="   ")
    page = browser.post(reverse("rate_area", args=[round.pk, "A"]), sent)
    assert "Say why this does not apply to your setting" in page.content.decode()
    assert rating(round, "A2").version == 0


@pytest.mark.parametrize(("work", "level"), [("looking", "secure"), ("finished", "development"), ("to_do", "partly")])
def test_how_far_the_talking_has_got_is_apart_from_the_level(cast, half, browse, work, level):
    browser, round = browse(cast.priya), half.round
    browser.post(reverse("rate_area", args=[round.pk, "A"]), answer("A2", choice=level) | {"A2-work": work})
    now = rating(round, "A2")
    assert (now.work, now.level.code) == (work, level)
    assert card(browser, round, "A2").select_one("option[selected]")["value"] == work
    browser.post(
        reverse("rate_area", args=[round.pk, "A"]), answer("A2", version=1, choice=level) | {"A2-work": "finished"}
    )
    assert (rating(round, "A2").work, rating(round, "A2").level.code) == ("finished", level)


def test_the_same_by_the_page_that_saves_as_you_go(cast, half, browse):
    browser, round = browse(cast.priya), half.round
    address = reverse("save_rating", args=[round.pk])
    browser.post(address, answer("B1", choice="partly", unsure="on", notes="Mostly") | {"B1-work": "looking"})
    now = rating(round, "B1")
    assert (now.label, now.unsure, now.work, now.notes) == ("Partly in place", True, "looking", "Mostly")
    refused = browser.post(address, answer("B1", version=1, choice="not_applicable"))
    assert (refused.status_code, refused.json()["message"]) == (
        422,
        "Not saved: Say why this does not apply to your setting",
    )
    browser.post(address, answer("B1", version=1, choice="not_applicable", reason="Nobody here is older than four"))
    assert (rating(round, "B1").state, rating(round, "B1").reason) == (
        "not_applicable",
        "Nobody here is older than four",
    )
