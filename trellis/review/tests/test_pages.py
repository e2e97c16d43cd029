"""A review on the screen: what its people see and do."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.reviewing import rating, say, start
from trellis.review import actions
from trellis.review.models import Action, Round

pytestmark = pytest.mark.django_db


def test_the_first_page_offers_a_first_review(cast, framework, browse):
    page = browse(cast.amara).get("/")
    assert "Start your first review" in page.content.decode()


def test_a_manager_starts_a_review_with_colleagues(cast, framework, browse):
    browser = browse(cast.amara)
    assert "Priya Nair" in browser.get(reverse("start_round")).content.decode()
    answer = browser.post(
        reverse("start_round"),
        {"framework": framework.pk, "period": "Autumn term 2026", "reason": "", "colleagues": [cast.priya.user.pk]},
    )
    round = Round.objects.get()
    assert answer["Location"] == round.get_absolute_url()
    assert round.ratings.count() == 39
    assert [person.name for person in round.people.all()] == ["Amara Okafor", "Priya Nair"]


def test_a_review_needs_its_period(cast, framework, browse):
    page = browse(cast.amara).post(reverse("start_round"), {"framework": framework.pk, "period": ""})
    assert "Enter the period, such as autumn term 2026" in page.content.decode()


def test_only_one_review_by_a_framework_at_a_time(cast, half, browse):
    page = browse(cast.amara).post(reverse("start_round"), {"framework": half.round.framework_id, "period": "Again"})
    assert "under way already" in page.content.decode()


@pytest.mark.parametrize(
    "name",
    ["home", "rounds", "start_round", "plan", "evidence"],
)
def test_pages_of_a_setting(cast, half, browse, name):
    assert browse(cast.amara).get(reverse(name)).status_code == 200


def test_pages_of_a_round(cast, half, browse):
    browser, round = browse(cast.amara), half.round
    for address in [
        round.get_absolute_url(),
        reverse("rate_area", args=[round.pk, "A"]),
        reverse("rate_area", args=[round.pk, "F"]),
        reverse("show_statement", args=[round.pk, "A1"]),
        reverse("show_statement", args=[round.pk, "C1"]),
        reverse("move_round", args=[round.pk, "discussing"]),
        reverse("ask_person", args=[round.pk]),
        reverse("add_action", args=[round.pk, "C1"]),
        reverse("add_evidence", args=[half.weak.pk]),
        reverse("report", args=[round.pk]),
        reverse("full_report", args=[round.pk]),
        half.action.get_absolute_url(),
        reverse("change_action", args=[half.action.pk]),
        reverse("move_action", args=[half.action.pk]),
        half.evidence.get_absolute_url(),
        reverse("change_evidence", args=[half.evidence.pk]),
        reverse("add_version", args=[half.evidence.pk]),
    ]:
        assert browser.get(address).status_code == 200, address


def area_form(browser, round, area):
    """What a browser would send from an area page without changing anything."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(browser.get(reverse("rate_area", args=[round.pk, area])).content, "html.parser")
    data = {}
    for field in soup.select("form.review-form input, form.review-form textarea, form.review-form select"):
        if field.name == "select":
            data[field["name"]] = field.select_one("option[selected]")["value"]
        elif field.name == "textarea":
            data[field["name"]] = field.text
        elif field.get("type") in ("radio", "checkbox"):
            if field.has_attr("checked"):
                data[field["name"]] = field.get("value", "on")
        else:
            data[field["name"]] = field.get("value", "")
    return data


def test_an_area_is_rated_and_the_next_one_follows(cast, half, browse):
    browser, round = browse(cast.leila), half.round
    data = area_form(browser, round, "A") | {"A2-choice": "partly", "A2-notes": "Mostly", "A2-unsure": "on"}
    answer = browser.post(reverse("rate_area", args=[round.pk, "A"]), data)
    assert answer["Location"] == reverse("rate_area", args=[round.pk, "B"])
    assert (rating(round, "A2").label, rating(round, "A2").notes) == ("Partly in place", "Mostly")
    assert rating(round, "A2").changed_by == cast.leila.user
    assert rating(round, "A1").version == 1


def test_what_does_not_apply_needs_a_reason_and_nothing_typed_is_lost(cast, half, browse):
    browser, round = browse(cast.amara), half.round
    data = area_form(browser, round, "A") | {"A2-choice": "not_applicable", "A3-choice": "secure", "A2-notes": "Kept"}
    page = browser.post(reverse("rate_area", args=[round.pk, "A"]), data).content.decode()
    assert "Say why this does not apply to your setting" in page
    assert "Kept" in page
    assert rating(round, "A3").label == "Secure"
    assert rating(round, "A2").state == "not_discussed"


def test_two_people_on_one_statement(cast, half, browse):
    browser, round = browse(cast.amara), half.round
    data = area_form(browser, round, "A")
    say(round, "A2", "secure", cast.priya, notes="Priya’s words")
    typed = data | {"A2-choice": "development", "A2-notes": "Amara’s words"}
    page = browser.post(reverse("rate_area", args=[round.pk, "A"]), typed).content.decode()
    assert "Priya Nair changed this" in page
    assert "Priya’s words" in page
    assert "Amara’s words" in page
    assert rating(round, "A2").label == "Secure"
    again = typed | {"A2-version": "1"}
    browser.post(reverse("rate_area", args=[round.pk, "A"]), again)
    assert rating(round, "A2").notes == "Amara’s words"
    assert [change.notes for change in rating(round, "A2").changes.all()] == ["Amara’s words", "Priya’s words"]


def test_saving_one_statement_takes_at_most_eight_queries(cast, half, browse):
    browser, address = browse(cast.amara), reverse("save_rating", args=[half.round.pk])
    data = {"B1-choice": "secure", "B1-notes": "x", "B1-work": "finished", "B1-version": "0"}
    browser.post(address, data | {"B1-notes": "first, so that the words are in memory"})
    with CaptureQueriesContext(connection) as captured:
        answer = browser.post(address, data | {"B1-version": "1"})
    asked = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 8, asked
    assert answer.json() == {"message": "Saved", "fields": {"B1-version": 2}}


def test_a_stale_statement_is_not_saved_over(cast, half, browse):
    say(half.round, "B1", "secure", cast.priya)
    data = {"B1-choice": "partly", "B1-work": "to_do", "B1-version": "0"}
    answer = browse(cast.amara).post(reverse("save_rating", args=[half.round.pk]), data)
    assert answer.status_code == 409


def test_an_agreed_review_is_frozen(cast, half, browse):
    browser, round = browse(cast.amara), half.round
    data = area_form(browser, round, "A")
    browser.post(reverse("move_round", args=[round.pk, "discussing"]), {"note": ""})
    browser.post(reverse("move_round", args=[round.pk, "agreed"]), {"note": "At the staff meeting"})
    round.refresh_from_db()
    assert (round.status, round.agreed_by) == ("agreed", cast.amara.user)
    browser.post(reverse("rate_area", args=[round.pk, "A"]), data | {"A2-choice": "secure"})
    assert rating(round, "A2").state == "not_discussed"
    assert "has been agreed" in browser.get(reverse("rate_area", args=[round.pk, "A"])).content.decode()


def test_the_next_review_shows_the_last_and_copies_nothing(cast, half, browse):
    browser, round = browse(cast.amara), half.round
    for to in ("discussing", "agreed"):
        actions.move_round(round=round, to=to, by=cast.amara.acting)
    following = start(cast.amara, round.framework, period="Spring term 2027")
    assert rating(following, "A1").state == "not_discussed"
    page = browser.get(reverse("rate_area", args=[following.pk, "A"])).content.decode()
    assert "Last time:" in page
    browser.post(reverse("rate_area", args=[following.pk, "A"]), {"confirm": "A1"})
    assert rating(following, "A1").label == "Secure"
    assert list(Action.objects.filter(rounds=following)) == [half.action]


def test_a_word_dismisses_a_question(cast, half, browse):
    browser, round = browse(cast.amara), half.round
    say(round, "A2", "secure", cast.amara)
    question = "A2 is a strength. How would you show it to someone new?"
    assert question in browser.get(round.get_absolute_url()).content.decode()
    browser.post(
        reverse("dismiss_prompt", args=[round.pk]), {"prompt": "no_evidence", "subject": "A2", "word": "Seen daily"}
    )
    assert question not in browser.get(round.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("one-page", "pdf"),
        ("full", "pdf"),
        ("one-page", "docx"),
        ("full", "docx"),
        ("ratings", "csv"),
        ("ratings", "xlsx"),
    ],
)
def test_reports_to_take_away(cast, half, browse, what, kind):
    answer = browse(cast.amara).get(reverse("export_report", args=[half.round.pk, what, kind]))
    assert answer.status_code == 200
    assert "bramble-lane-nursery" in answer["Content-Disposition"]
    assert answer.getvalue()


def test_a_blank_form_to_print(cast, half, browse):
    answer = browse(cast.leila).get(reverse("blank_form", args=[half.round.pk]))
    assert answer["Content-Type"] == "application/pdf"
