"""What reads as if one child were meant: said at once beside the words, said again before agreeing, taken out for good."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from tests.hearing import seen_of_children
from tests.releasing import agreed, released_by
from tests.reviewing import rating, review_of, say
from trellis.core.audit import broken_links
from trellis.core.models import AuditEvent
from trellis.core.rules.taking_out import is_mark, mark_of
from trellis.review import actions
from trellis.review.actions.plan import Intention
from trellis.review.models import TEXTS_OF, WRITTEN, Action, Evidence, Rating, RatingChange, Release
from trellis.review.reading import where_names_stand
from trellis.review.tests.test_pages import area_form

pytestmark = pytest.mark.django_db
NAMED = "We changed Noah’s plan"
SENTENCE = "This looks as if it names a child (“Noah”)"
NUMBER = "NHS 943 476 5919"


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def taking_out(kind, record, text):
    return reverse("take_out_words", args=[kind, record.pk, text])


def test_it_is_said_at_once_beside_the_field(cast, half, browse):
    browser, address = browse(cast.priya), reverse("rate_area", args=[half.round.pk, "A"])
    data = area_form(browser, half.round, "A") | {"A2-choice": "secure", "A2-notes": NAMED}
    answer = browser.post(address, data)
    assert answer["Location"] == f"{address}#A2", "not on to the next area"
    page = soup(browser.get(address))
    assert SENTENCE in page.select_one("#A2-notes-warning").text
    assert page.select_one("#A2-notes-warning").parent.select_one("#A2-notes") is not None
    assert page.select_one("#A1-notes-warning").text == ""
    assert rating(half.round, "A2").notes == NAMED, "it is saved all the same"
    again = area_form(browser, half.round, "A")
    assert browser.post(address, again)["Location"] == reverse("rate_area", args=[half.round.pk, "B"])


def test_it_is_said_at_once_when_saved_on_the_way(cast, half, browse):
    data = {"B1-choice": "secure", "B1-notes": NUMBER, "B1-work": "to_do", "B1-version": "0"}
    told = browse(cast.amara).post(reverse("save_rating", args=[half.round.pk]), data).json()
    assert "looks like an NHS number" in told["beside"]["B1-notes"]
    assert told["beside"]["B1-reason"] == ""


def test_who_rates_alone_is_told_beside_the_note(cast, half, browse):
    browser, address = browse(cast.leila), reverse("own_area", args=[half.round.pk, "A"])
    data = {"A1-choice": "secure", "A1-note": NAMED, "A1-version": "0"}
    assert browser.post(address, data)["Location"] == f"{address}#A1"
    assert SENTENCE in soup(browser.get(address)).select_one("#A1-note-warning").text
    told = browser.post(reverse("save_own_rating", args=[half.round.pk]), data | {"A1-version": "1"}).json()
    assert SENTENCE in told["beside"]["A1-note"]


@pytest.fixture
def named(cast, half):
    """A child’s name in every kind of text of a review; of the notes on A1 only in an earlier version."""
    round, by = half.round, cast.priya.acting
    say(round, "A1", "secure", cast.priya, notes=NAMED)
    say(round, "A1", "secure", cast.priya, notes="We changed a plan")
    actions.decide_no_action(rating=rating(round, "A1"), because="Noah’s mum has left", by=by)
    intention = Intention(what="Look at Noah’s targets", why="Noah’s needs", owner_name="Noah’s key person")
    action = actions.add_action(round=round, statement=half.weak.statement, intention=intention, by=by)
    actions.note_action(action=action, note="Noah’s mum was here", by=by)
    piece = actions.add_evidence(title="Noah’s plan", where_kept="Office", look_again_on=None, by=by)
    actions.link_evidence(evidence=piece, rating=rating(round, "A1"), by=by)
    actions.ask_person(round=round, name="Noah’s dad", by=by)
    actions.dismiss_prompt(round=round, prompt="no_evidence", subject="A2", word="Noah’s progress", by=by)
    type(round).objects.filter(pk=round.pk).update(reason="Noah’s assessment")
    return half


def test_before_agreeing_every_place_is_listed_with_a_link(cast, named, browse):
    round, browser = named.round, browse(cast.priya)
    actions.move_round(round=round, to="discussing", note="After Noah’s assessment", by=cast.priya.acting)
    page = soup(browser.get(reverse("move_round", args=[round.pk, "agreed"])))
    listed = {
        " ".join(line.a.find(string=True).split()): line.a["href"]
        for line in page.select("li:has(.review-work__reason)")
    }
    statement, action = reverse("show_statement", args=[round.pk, "A1"]), Action.objects.get(what__contains="Noah")
    assert listed == {
        "A1, notes, in an earlier version": statement,
        "A1, why no action is needed": statement,
        "C1, what you will do": action.get_absolute_url(),
        "C1, why": action.get_absolute_url(),
        "C1, who sees to it": action.get_absolute_url(),
        "C1, a note on how it went": action.get_absolute_url(),
        "What it is": Evidence.objects.get(title__contains="Noah").get_absolute_url(),
        "Why now": round.get_absolute_url(),
        "A word on moving the review on": round.get_absolute_url(),
        "Who was asked": round.get_absolute_url(),
        "The answer to a question": round.get_absolute_url(),
    }
    assert "Take it out for good" not in page.text, "that is for the manager"
    assert "unless your manager takes them out for good" in page.text
    browser.post(reverse("move_round", args=[round.pk, "agreed"]), {"note": ""})
    round.refresh_from_db()
    assert round.status == "agreed", "it is a warning and no more"
    assert (
        "Take it out for good" in browse(cast.amara).get(reverse("names_in_review", args=[round.pk])).content.decode()
    )


def test_a_review_that_names_nobody_is_agreed_without_a_word(cast, half, browse):
    actions.move_round(round=half.round, to="discussing", by=cast.amara.acting)
    browser = browse(cast.amara)
    assert "may name a child" not in browser.get(reverse("move_round", args=[half.round.pk, "agreed"])).content.decode()
    assert (
        "Nothing here looks like that" in browser.get(reverse("names_in_review", args=[half.round.pk])).content.decode()
    )


def test_a_manager_takes_words_out_for_good(cast, half, browse):
    round, browser = half.round, browse(cast.amara)
    say(round, "A1", "secure", cast.priya, notes="It was Noah’s plan first")
    say(round, "A1", "secure", cast.priya, notes=NAMED)
    statement, address = reverse("show_statement", args=[round.pk, "A1"]), taking_out("rating", half.strong, "notes")
    assert soup(browser.get(statement)).find("a", href=address) is not None
    asked = browser.get(address).content.decode()
    assert NAMED in asked
    assert "It was Noah’s plan first" in asked
    assert browser.post(address, follow=True).redirect_chain[-1][0] == statement
    page = browser.get(statement).content.decode()
    assert "Noah" not in page
    assert f"[taken out on {timezone.localdate().day} " in page
    now = rating(round, "A1")
    assert (now.version, now.changed_by, now.label) == (4, cast.amara.user, "Secure")
    assert all(is_mark(change.notes) for change in now.changes.all())
    assert soup(browser.get(statement)).find("a", href=address) is None, "there is nothing left to take out"
    assert "There are no words here any more" in browser.post(address, follow=True).content.decode()


def test_the_audit_says_who_when_and_where_and_not_what(cast, named, browse):
    browse(cast.amara).post(taking_out("rating", named.strong, "notes"))
    written = AuditEvent.objects.get(verb="words.taken_out")
    assert (written.actor_name, written.record_id) == ("Amara Okafor", str(named.strong.pk))
    assert written.change == {"text": "notes", "statement": "A1"}
    assert list(broken_links()) == []
    everything = str(list(AuditEvent.objects.values_list("change", flat=True)))
    assert "Noah" not in everything, "the audit never held the words, so its chain stays whole"
    page = browse(cast.amara).get(reverse("activity")).content.decode()
    assert "Took words out of a review for good" in page


def everything_written():
    """Every text of every kind of record of a review, with its history."""
    for written in WRITTEN.values():
        for text in written.texts:
            yield from written.model.objects.values_list(text, flat=True)
        for kept in written.kept.values():
            yield from kept.model.objects.values_list(kept.column, flat=True)


def test_every_kind_of_text_can_be_taken_out(cast, named, browse):
    seen_of_children(named.round, cast.priya)
    browser = browse(cast.amara)
    for kind, written in WRITTEN.items():
        for record in written.model.objects.all():
            for text in written.texts:
                browser.post(taking_out(kind, record, text))
    colleagues = {person.name for person in named.round.people.exclude(user=None)}
    left = {words for words in everything_written() if words} - colleagues
    assert left
    assert all(is_mark(words) for words in left), left


def test_words_of_a_review_that_was_agreed_go_too(cast, named, browse):
    round = named.round
    for to in ("discussing", "agreed"):
        actions.move_round(round=round, to=to, by=cast.amara.acting)
    browse(cast.amara).post(taking_out("rating", named.strong, "notes"))
    now = rating(round, "A1")
    assert is_mark(now.notes)
    assert now.version == 3, "a frozen rating counts no version: nobody can write over it"


def test_a_page_that_was_open_does_not_bring_the_words_back(cast, half, browse):
    browser, round = browse(cast.priya), half.round
    say(round, "A1", "secure", cast.priya, notes=NAMED)
    stale = area_form(browser, round, "A")
    browse(cast.amara).post(taking_out("rating", half.strong, "notes"))
    browser.post(reverse("rate_area", args=[round.pk, "A"]), stale | {"A1-notes": f"{NAMED} again"})
    assert is_mark(rating(round, "A1").notes)


def test_what_was_released_loses_the_words_as_well(cast, browse):
    round = review_of(cast.amara).round
    say(round, "A1", "secure", cast.amara, notes=NAMED)
    agreed(cast.amara)
    released_by(cast.amara)
    assert NAMED in str(Release.objects.get().content)
    browse(cast.amara).post(taking_out("rating", rating(round, "A1"), "notes"))
    content = str(Release.objects.get().content)
    assert "Noah" not in content
    assert mark_of(timezone.localdate()) in content


@pytest.mark.parametrize(("who", "status"), [("amara", 200), ("priya", 403), ("leila", 403), ("megan", 404)])
def test_only_who_answers_for_the_setting_takes_out(cast, half, browse, who, status):
    assert browse(getattr(cast, who)).get(taking_out("action", half.action, "what")).status_code == status


@pytest.mark.parametrize(("kind", "text"), [("rating", "level"), ("action", "status"), ("round", "period")])
def test_only_words_can_be_taken_out(cast, half, browse, kind, text):
    assert browse(cast.amara).post(taking_out(kind, half.action, text)).status_code == 404


KEPT = RatingChange._meta.db_table
MARK = "[taken out on 5 March 2027]"


@pytest.mark.parametrize(
    "change",
    [
        "notes = 'something else'",
        "notes = '[taken out on 5 March 2027] and more'",
        "notes = '[taken out on 5 Noah 2027]'",
        "notes = ''",
        "unsure = NOT unsure",
        f"notes = '{MARK}', unsure = NOT unsure",
        f"notes = '{MARK}', version = version + 1",
        f"reason = '{MARK}'",
    ],
)
def test_the_database_takes_a_mark_and_nothing_else(half, change):
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {KEPT} SET {change} WHERE notes <> ''")
    assert "Wednesdays" in half.strong.changes.get().notes


def test_the_database_takes_a_mark(half):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {KEPT} SET notes = %s WHERE notes <> ''", [MARK])
    assert half.strong.changes.get().notes == MARK


def test_every_column_but_the_texts_is_guarded(only_grow):
    """On SQLite the columns are named one by one; a column that comes later must be, too."""
    if connection.vendor != "sqlite":
        return
    for written in WRITTEN.values():
        for model in [written.model, *(kept.model for kept in written.kept.values())]:
            table = model._meta.db_table
            if table not in only_grow:
                continue
            with connection.cursor() as cursor:
                cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [f"{table}_no_update"])
                (guard,) = cursor.fetchone()
            for field in model._meta.concrete_fields:
                alone = f'OLD."{field.column}" IS NEW."{field.column}"'
                assert alone in guard, (table, field.column)
                assert (f"({alone} OR" in guard) == (field.column in TEXTS_OF[table]), (table, field.column)


def test_only_the_newest_version_of_what_was_found_is_named(cast, half):
    say(half.round, "A1", "secure", cast.amara, notes=NAMED)
    found = where_names_stand(half.round, today=timezone.localdate())
    assert [(place.where, place.earlier) for place in found] == [("A1, notes", False)]


def test_a_birthday_is_found_and_a_date_in_the_future_is_not(cast, half):
    today = timezone.localdate()
    born, due = today - timedelta(3 * 365), today + timedelta(30)
    say(half.round, "A2", "secure", cast.amara, notes=f"Born {born.day}/{born.month}/{born.year}")
    say(half.round, "A3", "secure", cast.amara, notes=f"By {due.day}/{due.month}/{due.year}")
    assert [place.code for place in where_names_stand(half.round, today=today)] == ["A2"]
    assert Rating.objects.filter(round=half.round).count() == 39
