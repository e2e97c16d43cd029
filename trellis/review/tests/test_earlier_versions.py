"""Nothing is silently overwritten: what an action, a piece of evidence or a decision said earlier can be read."""

from __future__ import annotations

import importlib
from datetime import date
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests.reviewing import rating, say, start
from trellis.core.models import AuditEvent
from trellis.review import actions
from trellis.review.actions.plan import Intention
from trellis.review.models import Action, ActionChange, Evidence, EvidenceChange, NoActionChange, Rating

pytestmark = pytest.mark.django_db
ACTION = {"what": "Ask every family first", "owner": "", "owner_name": "", "version": "1"}
DUE = {"due_on-day": "8", "due_on-month": "1", "due_on-year": "2027"}


def told(page, heading):
    """The words behind a summary that is closed at first, as a person reads them."""
    for closed in BeautifulSoup(page.content, "html.parser").select("details:not([open])"):
        if closed.summary.get_text(strip=True) == heading:
            return " ".join(closed.select_one(".govuk-details__text").get_text(" ").split())
    return ""


def test_an_action_shows_what_it_said_earlier(cast, half, browse):
    browser, page = browse(cast.amara), half.action.get_absolute_url()
    assert told(browser.get(page), "What it said earlier") == ""
    browser.post(reverse("change_action", args=[half.action.pk]), ACTION | DUE)
    earlier = told(browser.get(page), "What it said earlier")
    assert "Amara Okafor" in earlier
    assert "What: from “Agree with each family how we tell them about support” to “Ask every family first”" in earlier
    assert "Due: from “18 December 2026” to “8 January 2027”" in earlier
    assert "Who: “Priya Nair” taken out" in earlier
    assert "What it needs" not in earlier, "this did not change"


def test_an_action_keeps_a_row_for_each_version(cast, half):
    moved = actions.move_action(action=half.action, to="under_way", by=cast.priya.acting)
    changed = actions.change_action(
        action=moved,
        intention=Intention(what="Ask", owner=cast.leila.user),
        version=moved.version,
        by=cast.priya.acting,
    )
    kept = changed.changes.values_list("version", "what", "owner__name", "by__name")
    first = (1, "Agree with each family how we tell them about support", "Priya Nair", "Amara Okafor")
    assert list(kept) == [(3, "Ask", "Leila Haddad", "Priya Nair"), first]
    assert changed.changes.last().at == changed.created_at


def test_a_change_that_changes_nothing_is_no_version(cast, half):
    first = half.action.changes.get()
    same = Intention(**{name: getattr(first, name) for name in Intention.__dataclass_fields__})
    actions.change_action(action=half.action, intention=same, version=1, by=cast.priya.acting)
    assert half.action.changes.count() == 1


def test_evidence_shows_what_was_said_of_it_earlier(cast, half, browse):
    browser, page = browse(cast.priya), half.evidence.get_absolute_url()
    assert told(browser.get(page), "What it said earlier") == ""
    answers = {"title": "SENCO job description", "where_kept": "", "version": "1"}
    browser.post(reverse("change_evidence", args=[half.evidence.pk]), answers | {"where_kept": "Shared drive"})
    earlier = told(browser.get(page), "What it said earlier")
    assert "Priya Nair" in earlier
    assert "Where it is kept: from “Blue folder in the office” to “Shared drive”" in earlier
    assert "Look at it again: “8 January 2027” taken out" in earlier
    kept = half.evidence.changes.values_list("version", "where_kept", "look_again_on")
    assert list(kept) == [(2, "Shared drive", None), (1, "Blue folder in the office", date(2027, 1, 8))]


def test_a_statement_shows_earlier_reasons_for_no_action(cast, half, browse):
    browser, address = browse(cast.amara), reverse("no_action", args=[half.round.pk, "A1"])
    statement = reverse("show_statement", args=[half.round.pk, "A1"])
    browser.post(address, {"because": "It is in place"})
    assert told(browser.get(statement), "What was decided earlier") == "", "it stands on the page"
    browser.post(address, {"because": "It is in place"})
    browser.post(address, {"because": "We wait for the authority"})
    browser.post(address, {"take_back": "1"})
    browser.post(address, {"take_back": "1"})
    earlier = told(browser.get(statement), "What was decided earlier")
    assert "It is in place" in earlier
    assert "We wait for the authority" in earlier
    assert "Amara Okafor" in earlier
    kept = list(NoActionChange.objects.order_by("at").values_list("because", flat=True))
    assert kept == ["It is in place", "We wait for the authority", ""]


def test_the_audit_says_which_fields_and_none_of_the_words(cast, half, browse):
    browser = browse(cast.amara)
    browser.post(reverse("change_action", args=[half.action.pk]), ACTION | {"what": "About Noah"})
    browser.post(
        reverse("change_evidence", args=[half.evidence.pk]),
        {"title": "Noah’s plan", "where_kept": "Office", "version": "1"},
    )
    browser.post(reverse("no_action", args=[half.round.pk, "A1"]), {"because": "Noah has left"})
    written = AuditEvent.objects.filter(verb__in=["action.changed", "evidence.changed", "rating.no_action"])
    assert written.count() == 3
    assert "Noah" not in str(list(written.values_list("change", flat=True)))


def test_what_was_there_before_gets_its_first_version(cast, framework):
    """The migration, on rows as they were before it."""
    amara, round = cast.amara.user, start(cast.amara, framework)
    of = {"organisation": cast.amara.organisation}
    statement = rating(round, "A1").statement
    action = Action.objects.create(
        **of, statement=statement, what="Ask", due_on=date(2027, 1, 8), version=4, created_by=amara
    )
    piece = Evidence.objects.create(**of, title="Minutes", where_kept="Office", added_by=amara)
    decided = {"no_action_because": "It is in place", "no_action_at": timezone.now(), "no_action_by": amara}
    Rating.objects.filter(round=round, statement=statement).update(**decided)
    migration = importlib.import_module("trellis.review.migrations.0005_first_versions")
    migration.forwards(apps, SimpleNamespace(connection=connection))
    said = ActionChange.objects.get()
    assert (said.action, said.version, said.what, said.due_on) == (action, 4, "Ask", date(2027, 1, 8))
    assert (said.at, said.by) == (action.created_at, amara)
    kept = EvidenceChange.objects.get()
    assert (kept.evidence, kept.version, kept.where_kept, kept.at) == (piece, 1, "Office", piece.added_at)
    assert NoActionChange.objects.get().because == "It is in place"
    action = actions.change_action(
        action=action, intention=Intention(what="Ask again"), version=4, by=cast.amara.acting
    )
    assert [each.version for each in action.changes.all()] == [5, 4]


def test_a_long_history_is_shown_a_page_at_a_time(cast, half, browse, django_assert_max_num_queries):
    for number in range(14):
        say(half.round, "A1", "secure", cast.amara, notes=f"Thought {number}")
    address = reverse("show_statement", args=[half.round.pk, "A1"])
    browser = browse(cast.amara)
    browser.get(address)
    with django_assert_max_num_queries(14):
        newest = browser.get(address).content.decode()
    earlier = browser.get(f"{address}?page=2").content.decode()
    assert newest.count('class="review-history__item"') == 10
    assert earlier.count('class="review-history__item"') == 5
    assert "Thought 4</span>" in newest
    assert "Thought 3</span>" in earlier
    assert 'href="?page=2#history"' in newest
    assert 'href="?page=1#history"' in earlier
