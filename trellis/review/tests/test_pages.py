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
    assert rating(round, "A2").unsure
    assert not rating(round, "A1").unsure
    assert rating(round, "A1").version == 1


def test_what_does_not_apply_needs_a_reason_and_nothing_typed_is_lost(cast, half, browse):
    browser, round = browse(cast.amara), half.round
    data = area_form(browser, round, "A") | {"A2-choice": "not_applicable", "A3-choice": "secure", "A2-notes": "Kept"}
    page = browser.post(reverse("rate_area", args=[round.pk, "A"]), data).content.decode()
    assert "Say why this does not apply to your setting" in page
    assert "Kept" in page
    assert rating(round, "A3").label == "Secure"
    assert rating(round, "A2").state == "not_discussed"
    data |= {"A2-reason": "We have no upstairs", "A2-work": "looking", "A3-version": "1"}
    browser.post(reverse("rate_area", args=[round.pk, "A"]), data)
    said = rating(round, "A2")
    assert (said.state, said.reason, said.work) == ("not_applicable", "We have no upstairs", "looking")


def test_saving_one_statement_takes_at_most_eight_queries(cast, half, browse):
    browser, address = browse(cast.amara), reverse("save_rating", args=[half.round.pk])
    data = {"B1-choice": "secure", "B1-notes": "x", "B1-work": "finished", "B1-version": "0"}
    browser.post(address, data | {"B1-notes": "first, so that the words are in memory"})
    with CaptureQueriesContext(connection) as captured:
        answer = browser.post(address, data | {"B1-version": "1"})
    asked = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 8, asked
    beside = {"B1-notes": "", "B1-reason": ""}
    assert answer.json() == {"message": "Saved", "fields": {"B1-version": 2}, "beside": beside}


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
    late = data | {"A2-choice": "secure", "A2-notes": "Typed while the others agreed"}
    page = browser.post(reverse("rate_area", args=[round.pk, "A"]), late).content.decode()
    assert "What you typed is not saved" in page
    assert "Typed while the others agreed" in page
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
    question = "is a strength. How would you show it to someone new?"
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
    browser = browse(cast.leila)
    assert browser.get(reverse("blank_form", args=[half.round.pk, "pdf"])).content.startswith(b"%PDF-")
    assert browser.get(reverse("blank_form", args=[half.round.pk, "docx"])).content.startswith(b"PK")


def test_evidence_to_take_away(cast, half, browse):
    answer = browse(cast.amara).get(reverse("export_evidence", args=["csv"]))
    assert '"SENCO job description","Blue folder in the office","2027-01-08",1' in answer.getvalue().decode()


def test_a_colleague_joins_later_and_parents_were_asked(cast, half, browse):
    browser, address = browse(cast.amara), reverse("ask_person", args=[half.round.pk])
    assert "Priya Nair" not in browser.get(address).content.decode()
    assert "Enter who was asked" in browser.post(address, {"name": "", "user": ""}).content.decode()
    browser.post(address, {"user": cast.tomasz.user.pk, "name": ""})
    browser.post(address, {"user": "", "name": "Parents at pick-up"})
    listed = {(person.name, person.part) for person in half.round.people.all()}
    assert {("Tomasz Wójcik", "takes_part"), ("Parents at pick-up", "was_asked")} <= listed


@pytest.mark.parametrize(("name", "most"), [("plan", 5), ("evidence", 5)])
def test_lists_ask_as_little_with_many_rows_as_with_few(cast, half, browse, django_assert_max_num_queries, name, most):
    amara, round = cast.amara, half.round
    intention = actions.plan.Intention(what="Something to do", owner=cast.priya.user)
    for _ in range(60):
        actions.add_action(round=round, statement=half.weak.statement, intention=intention, by=amara.acting)
        actions.add_evidence(title="Minutes", where_kept="Office", look_again_on=None, by=amara.acting)
    browser = browse(amara)
    with django_assert_max_num_queries(most):
        page = browser.get(reverse(name))
    assert "Next page" in page.content.decode()
    assert browser.get(reverse(name) + "?page=3").status_code == 200


@pytest.mark.parametrize(("name", "most"), [("show_round", 13), ("report", 13), ("full_report", 13)])
def test_a_round_asks_as_little_when_it_is_full(cast, half, browse, django_assert_max_num_queries, name, most):
    for rated in list(half.round.ratings.select_related("statement")):
        say(half.round, rated.statement.code, "secure", cast.priya)
    browser = browse(cast.amara)
    browser.get(reverse(name, args=[half.round.pk]))  # so that the words are in memory
    with django_assert_max_num_queries(most):
        browser.get(reverse(name, args=[half.round.pk]))


def test_a_file_as_evidence_and_a_newer_one(cast, half, browse):
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = browse(cast.priya)
    upload = SimpleUploadedFile("minutes.txt", b"Minutes of the meeting in October")
    browser.post(reverse("add_evidence", args=[half.weak.pk]), {"title": "Minutes", "where_kept": "", "upload": upload})
    piece = half.weak.evidence.get()
    newer = SimpleUploadedFile("minutes.txt", b"Minutes of the meeting in November")
    browser.post(reverse("add_version", args=[piece.pk]), {"upload": newer, "note": "November"})
    assert [version.number for version in piece.versions.all()] == [2, 1]
    answer = browser.get(reverse("evidence_file", args=[piece.versions.first().pk]))
    assert answer.getvalue() == b"Minutes of the meeting in November"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert browse(cast.joanna).get(reverse("evidence_file", args=[piece.versions.first().pk])).status_code == 404
    assert browse(cast.leila).get(reverse("evidence_file", args=[piece.versions.first().pk])).status_code == 403


def test_a_gentle_warning_refuses_nothing(cast, half, browse):
    browser = browse(cast.amara)
    address = reverse("add_evidence", args=[half.weak.pk])
    page = browser.post(address, {"title": "See Noah’s plan", "where_kept": "Drawer"}, follow=True).content.decode()
    assert "looks as if it names a child" in page
    assert half.weak.evidence.filter(title="See Noah’s plan").exists()


def test_an_action_from_plan_to_impact(cast, half, browse):
    browser, action = browse(cast.priya), half.action
    move = reverse("move_action", args=[action.pk])
    browser.post(move, {"to": "under_way", "note": "Begun"})
    browser.post(reverse("note_action", args=[action.pk]), {"note": "Two families asked"})
    assert "Say what difference it made" in browser.post(move, {"to": "done"}).content.decode()
    browser.post(move, {"to": "done", "impact": "Every family was asked first"})
    action.refresh_from_db()
    assert (action.status, action.closed_by) == ("done", cast.priya.user)
    assert "Two families asked" in browser.get(action.get_absolute_url()).content.decode()
    assert "Agree with each family" in browser.get(reverse("plan") + "?show=closed").content.decode()


def test_no_action_because(cast, half, browse):
    browser, address = browse(cast.amara), reverse("no_action", args=[half.round.pk, "A1"])
    browser.post(address, {"because": "It is in place"})
    assert rating(half.round, "A1").no_action_because == "It is in place"
    browser.post(address, {"take_back": "1"})
    assert rating(half.round, "A1").no_action_because == ""


@pytest.mark.parametrize("strong", [range(0), range(12), range(12, 24), range(24, 36), range(0, 36, 3)], ids=str)
def test_the_one_page_report_is_one_page_however_much_there_is(cast, half, browse, strong):
    import io

    import pikepdf

    for number, rated in enumerate(half.round.ratings.select_related("statement").order_by("statement__code")):
        say(half.round, rated.statement.code, "secure" if number in strong else "development", cast.priya)
    intention = actions.plan.Intention(what="Something that takes quite a few words to say " * 3, owner=cast.priya.user)
    for _ in range(20):
        actions.add_action(round=half.round, statement=half.weak.statement, intention=intention, by=cast.amara.acting)
    for _ in range(2):
        actions.ask_person(round=half.round, name="Parents at pick-up, two mornings in October", by=cast.amara.acting)
    for to in ("discussing", "agreed"):
        note = "At the staff meeting, with the committee listening"
        actions.move_round(round=half.round, to=to, note=note, by=cast.amara.acting)
    answer = browse(cast.amara).get(reverse("export_report", args=[half.round.pk, "one-page", "pdf"]))
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert len(paper.pages) == 1


def test_taking_theirs_keeps_theirs(cast, half, browse):
    browser, address = browse(cast.amara), reverse("rate_area", args=[half.round.pk, "A"])
    data = area_form(browser, half.round, "A")
    say(half.round, "A2", "secure", cast.priya, notes="Priya’s words")
    page = browser.post(address, data | {"A2-choice": "development"}).content.decode()
    assert "Take theirs" in page
    answer = browser.post(address, data | {"A2-choice": "development", "A2-version": "1", "theirs": "A2"})
    assert answer["Location"] == f"{address}#A2"
    assert rating(half.round, "A2").label == "Secure"


def test_a_card_that_nobody_touched_is_no_conflict(cast, half, browse):
    browser, address = browse(cast.amara), reverse("rate_area", args=[half.round.pk, "A"])
    data = area_form(browser, half.round, "A")
    say(half.round, "A1", "partly", cast.priya)
    say(half.round, "A2", "secure", cast.priya)
    assert browser.post(address, data | {"A3-choice": "secure"}).status_code == 302
    assert [rating(half.round, code).label for code in ("A1", "A2", "A3")] == ["Partly in place", "Secure", "Secure"]


def test_a_due_date_that_has_passed_is_asked_about(cast, half, browse):
    past = {"what": "Ring the Area SENCO", "due_on-day": "1", "due_on-month": "3", "due_on-year": "2020"}
    page = browse(cast.amara).post(reverse("add_action", args=[half.round.pk, "C1"]), past, follow=True)
    assert "The due date, 1 March 2020, has passed already" in page.content.decode()


def test_a_practitioner_is_not_told_to_do_what_they_cannot(cast, half, browse):
    Action.objects.filter(pk=half.action.pk).update(start_on=None, due_on="2020-01-01")
    assert "See what is overdue" in browse(cast.amara).get("/").content.decode()
    assert "See what is overdue" not in browse(cast.leila).get("/").content.decode()


def test_the_audit_says_which_statement_was_rated(cast, half, browse):
    page = browse(cast.amara).get(reverse("activity")).content.decode()
    assert "statement: C1" in page
    assert "state: not discussed → rated" in page
