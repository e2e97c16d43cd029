"""The review as a form to fill in elsewhere: Excel and Word, out and back, with every difference shown first."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reviewing import rating, say, start
from trellis.core.models import AuditEvent
from trellis.review import actions
from trellis.review.models import Action, ActionChange, FilledForm, RatingChange
from trellis.review.tests.filled_forms import (
    accept,
    form_read,
    sent,
    taken,
    ticks,
    with_cells,
    with_plan,
    words,
    workbook,
)

pytestmark = pytest.mark.django_db
CHOICE, NOTES = "How well is it in place?", "Notes"


def test_an_excel_form_goes_out_and_comes_back(cast, half, browse):
    content = taken(browse, cast.amara, half.round)
    content = with_cells(content, ("A2", CHOICE, "Partly in place"), ("A2", NOTES, "Two rooms do\nand one not yet"))
    form = form_read(browse, cast.leila, half.round, content)
    assert rating(half.round, "A2").version == 0, "reading changes nothing of the review"
    page = accept(browse, cast.leila, form)
    now = rating(half.round, "A2")
    assert (now.level.code, now.notes, now.version) == ("partly", "Two rooms do\nand one not yet", 1)
    assert now.changed_by == cast.leila.user
    said = page.content.decode()
    assert "Written into the review: A2" in said
    assert "says nothing that the review does not say already" not in said
    assert "Everything that was read from the form stands in the review now." in said
    assert RatingChange.objects.filter(rating=now).count() == 1
    verbs = set(AuditEvent.objects.filter(actor_id=cast.leila.user.pk).values_list("verb", flat=True))
    assert {"form.read", "rating.changed", "form.taken"} <= verbs


def test_the_same_form_twice_changes_nothing(cast, half, browse):
    content = with_cells(taken(browse, cast.amara, half.round), ("A2", CHOICE, "Secure"))
    content = with_plan(content, "A2", what="Ask the cook", due=date(2027, 3, 5), who="Tomasz Wójcik")
    accept(browse, cast.amara, form_read(browse, cast.amara, half.round, content))
    before = (RatingChange.objects.count(), ActionChange.objects.count())
    form = form_read(browse, cast.amara, half.round, content)
    page = browse(cast.amara).get(form.get_absolute_url())
    assert "The form says nothing that the review does not say already" in page.content.decode()
    assert ticks(page) == {}
    accept(browse, cast.amara, form)
    assert (RatingChange.objects.count(), ActionChange.objects.count()) == before


def test_an_untouched_form_says_nothing_new_even_when_the_review_has_moved_on(cast, half, browse):
    content = taken(browse, cast.amara, half.round)
    say(half.round, "A1", "partly", cast.priya, notes="Less than we thought")
    say(half.round, "A2", "secure", cast.priya)
    form = form_read(browse, cast.amara, half.round, content)
    assert ticks(browse(cast.amara).get(form.get_absolute_url())) == {}


def test_a_conflict_is_shown_and_not_ticked(cast, half, browse):
    content = with_cells(
        taken(browse, cast.amara, half.round), ("A1", CHOICE, "Area for development"), ("A2", CHOICE, "Secure")
    )
    say(half.round, "A1", "partly", cast.priya, notes="New rota")
    form = form_read(browse, cast.amara, half.round, content)
    page = browse(cast.amara).get(form.get_absolute_url())
    assert ticks(page) == {"A1": False, "A2": True}
    assert "Priya Nair changed this here on" in words(page)
    accept(browse, cast.amara, form)
    assert rating(half.round, "A1").level.code == "partly", "what is not ticked stays"
    accept(browse, cast.amara, form, choose=lambda key, ticked: key == "A1")
    now = rating(half.round, "A1")
    assert (now.level.code, now.notes) == ("development", "New rota"), "only what the form changed is written"
    assert [change.version for change in now.changes.all()] == [3, 2, 1], "what it said stays in the history"


def test_what_changes_while_somebody_looks_is_not_written_over(cast, half, browse):
    form = form_read(
        browse, cast.amara, half.round, with_cells(taken(browse, cast.amara, half.round), ("A2", CHOICE, "Secure"))
    )
    browser = browse(cast.amara)
    browser.get(form.get_absolute_url())
    say(half.round, "A2", "partly", cast.priya)
    page = browser.post(form.get_absolute_url(), {"accept-A2": "on", "version-A2": "0"}, follow=True)
    assert "Changed here while you were looking, so left as it is: A2" in page.content.decode()
    assert rating(half.round, "A2").level.code == "partly"
    assert ticks(page) == {"A2": False}


def test_an_empty_box_takes_nothing_away(cast, half, browse):
    content = with_cells(taken(browse, cast.amara, half.round), ("A1", CHOICE, None), ("A1", NOTES, None))
    form = form_read(browse, cast.amara, half.round, content)
    assert ticks(browse(cast.amara).get(form.get_absolute_url())) == {}


def test_a_blank_form_holds_nothing_of_the_review_and_comes_back(cast, half, browse):
    content = taken(browse, cast.amara, half.round, what="blank")
    said = str([[cell.value for cell in row] for sheet in workbook(content) for row in sheet.iter_rows()])
    assert "Priya has two hours" not in said
    assert "Agree with each family" not in said
    form = form_read(browse, cast.amara, half.round, with_cells(content, ("C1", CHOICE, "Secure")))
    page = browse(cast.amara).get(form.get_absolute_url())
    assert ticks(page) == {"C1": True}
    accept(browse, cast.amara, form)
    now = rating(half.round, "C1")
    assert (now.level.code, now.unsure) == ("secure", True), "an empty box leaves the doubt as it is"


def test_the_plan_comes_back(cast, half, browse):
    content = taken(browse, cast.amara, half.round)
    content = with_plan(content, "C1", "P1", due=date(2027, 1, 22), who="Our student")
    content = with_plan(content, "A2", what="Ask the cook", start="1/2/2027", due="5 March 2027", who="tomasz wójcik")
    form = form_read(browse, cast.amara, half.round, content)
    accept(browse, cast.amara, form)
    half.action.refresh_from_db()
    assert (half.action.due_on, half.action.owner, half.action.owner_name) == (date(2027, 1, 22), None, "Our student")
    assert half.action.why == "Two families heard late"
    new = Action.objects.get(what="Ask the cook")
    assert (new.start_on, new.due_on, new.owner) == (date(2027, 2, 1), date(2027, 3, 5), cast.tomasz.user)
    assert new.statement.code == "A2"
    assert list(new.rounds.all()) == [half.round]


def test_an_action_that_changed_since_is_a_conflict(cast, half, browse):
    content = with_plan(taken(browse, cast.amara, half.round), "C1", "P1", why="All heard late")
    intention = actions.plan.Intention(what=half.action.what, why="One family heard late")
    actions.change_action(action=half.action, intention=intention, version=1, by=cast.priya.acting)
    form = form_read(browse, cast.amara, half.round, content)
    page = browse(cast.amara).get(form.get_absolute_url())
    assert ticks(page) == {f"action-{half.action.pk}": False}
    assert "Priya Nair changed this here" in words(page)


def test_a_new_action_that_was_reworded_here_is_not_added_again(cast, half, browse):
    content = with_plan(taken(browse, cast.amara, half.round), "A2", what="Ask the cook")
    accept(browse, cast.amara, form_read(browse, cast.amara, half.round, content))
    action = Action.objects.get(what="Ask the cook")
    reworded = actions.plan.Intention(what="Ask the cook and the driver")
    actions.change_action(action=action, intention=reworded, version=1, by=cast.amara.acting)
    form = form_read(browse, cast.amara, half.round, content)
    assert ticks(browse(cast.amara).get(form.get_absolute_url())) == {}


def test_who_cannot_change_the_plan_is_told(cast, half, browse):
    content = with_plan(taken(browse, cast.amara, half.round), "A2", what="Ask the cook")
    form = form_read(browse, cast.leila, half.round, content)
    page = browse(cast.leila).get(form.get_absolute_url())
    assert ticks(page) == {}
    assert "Your role cannot change the plan" in words(page)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (("A2", CHOICE, "mostly"), "“mostly” is no choice here"),
        (("A2", CHOICE, "Does not apply"), "It says “Does not apply” without saying why"),
        (("A2", "Not sure?", "perhaps"), "“perhaps” is neither yes nor no"),
        (("A2", NOTES, "x" * 4001), "Notes must be 4,000 characters or fewer"),
        (("A2", "Code", "Z9"), "This review has no statement with this code"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(cast, half, browse, cell, why):
    content = taken(browse, cast.amara, half.round)
    content = with_cells(content, ("A2", NOTES, "Something"), cell)
    form = form_read(browse, cast.amara, half.round, content)
    page = browse(cast.amara).get(form.get_absolute_url())
    assert "row 7" in words(page)
    assert why in words(page)
    assert ticks(page) == {}


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"what": "Ask", "due": "after Easter"}, "“after Easter” is no date"),
        ({"what": "Ask", "start": "5/3/2027", "due": "4/3/2027"}, "The due date must be the same as or after"),
        ({"why": "Because"}, "It does not say what you will do"),
        ({"what": "x" * 301}, "“What will you do?” must be 300 characters or fewer"),
    ],
)
def test_a_plan_that_cannot_be_read_is_told(cast, half, browse, values, why):
    form = form_read(browse, cast.amara, half.round, with_plan(taken(browse, cast.amara, half.round), "A2", **values))
    page = browse(cast.amara).get(form.get_absolute_url())
    assert why in words(page)
    assert ticks(page) == {}


def test_a_form_of_another_review_is_refused(cast, half, browse, framework):
    theirs = taken(browse, cast.joanna, start(cast.joanna, framework))
    page = sent(browse, cast.amara, half.round, theirs)
    assert "This form belongs to a review of another setting" in words(page)
    content = taken(browse, cast.amara, half.round)
    for to in ("discussing", "agreed", "archived"):
        actions.move_round(round=half.round, to=to, by=cast.amara.acting)
    second = start(cast.amara, framework, period="Spring term 2027")
    page = sent(browse, cast.amara, second, content)
    assert "This form belongs to your review “Autumn term 2026”" in words(page)
    assert FilledForm.objects.count() == 0


def test_an_agreed_review_takes_no_form(cast, half, browse):
    content = with_cells(taken(browse, cast.amara, half.round), ("A2", CHOICE, "Secure"))
    form = form_read(browse, cast.amara, half.round, content)
    for to in ("discussing", "agreed"):
        actions.move_round(round=half.round, to=to, by=cast.amara.acting)
    page = sent(browse, cast.amara, half.round, content)
    assert "This review has been agreed, so no form can be read into it" in words(page)
    page = browse(cast.amara).post(form.get_absolute_url(), {"accept-A2": "on", "version-A2": "0"}, follow=True)
    assert "This review has been agreed" in page.content.decode()
    assert rating(half.round, "A2").version == 0


def test_any_other_file_is_refused(cast, half, browse):
    book = workbook(taken(browse, cast.amara, half.round))
    del book["For Trellis"]
    from trellis.review.tests.filled_forms import saved

    assert "This is not a form that was taken from here" in words(sent(browse, cast.amara, half.round, saved(book)))
    assert "The file must be a Word or Excel file" in words(
        sent(browse, cast.amara, half.round, b"%PDF-1.4 hello", "a.pdf")
    )
