"""Somebody writes in a review at the very moment in which another agrees or archives it: it is in, or it is refused.

Never does anything change in a review that has been agreed. On PostgreSQL both are at work at once; on SQLite the
second waits for the first to end.
"""

from __future__ import annotations

import re
import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.reviewing import rating
from trellis.core.models import AuditEvent
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review.actions.own_rating import OwnAnswer
from trellis.review.actions.plan import Intention
from trellis.review.actions.ratings import Answer, answer_of
from trellis.review.models import Evidence, EvidenceUse, Level, Round

pytestmark = pytest.mark.django_db(transaction=True)
HEAD_START = 0.4  # seconds in which the other has long begun, and would have written if nothing kept them


def rates(half, by):
    level = Level.objects.get(framework=half.round.framework, code="secure")
    now = rating(half.round, "A2")
    return lambda: actions.rate(rating=now, answer=Answer("rated", level), version=0, by=by)


def links(half, by):
    piece, now = Evidence.objects.get(), rating(half.round, "C1")
    return lambda: actions.link_evidence(evidence=piece, rating=now, by=by)


def adds_evidence(half, by):
    said = {"title": "Minutes", "where_kept": "Office", "look_again_on": None}
    now = rating(half.round, "C1")
    return lambda: actions.add_evidence(**said, rating=now, by=by)


def takes_away(half, by):
    use = EvidenceUse.objects.select_related("evidence", "rating__round", "rating__statement").get()
    return lambda: actions.unlink_evidence(use=use, by=by)


def asks(half, by):
    round = Round.objects.get()
    return lambda: actions.ask_person(round=round, name="Parents at pick-up", by=by)


def dismisses(half, by):
    round = Round.objects.get()
    return lambda: actions.dismiss_prompt(round=round, prompt="one_person", subject="", word="Yes", by=by)


def aims(half, by):
    round, level = Round.objects.get(), Level.objects.get(framework=half.round.framework, code="secure")
    return lambda: actions.set_targets(round=round, levels={"A": level}, by=by)


def plans(half, by):
    round, statement = Round.objects.get(), half.weak.statement
    return lambda: actions.add_action(round=round, statement=statement, intention=Intention(what="Ask"), by=by)


def decides(half, by):
    now = rating(half.round, "A1")
    return lambda: actions.decide_no_action(rating=now, because="It is in place", by=by)


def thinks_again(half, by):
    decides(half, by)()
    now = rating(half.round, "A1")
    return lambda: actions.take_back_no_action(rating=now, by=by)


def rates_alone(half, by):
    round, level = Round.objects.get(), Level.objects.get(framework=half.round.framework, code="secure")
    said = {"statement": half.weak.statement, "answer": OwnAnswer("rated", level), "version": 0}
    return lambda: actions.rate_alone(round=round, by=by, **said)


def shows_a_name(half, by):
    round = Round.objects.get()
    return lambda: actions.choose_name(round=round, shows_name=True, by=by)


def hears_children(half, by):
    round = Round.objects.get()
    seen = {"area": "A", "statement": None, "seen": "Two children hide when the hall gets loud"}
    return lambda: actions.note_child_voice(round=round, by=by, **seen)


def takes_back_what_was_heard(half, by):
    voice = hears_children(half, by)()
    return lambda: actions.withdraw_child_voice(voice=voice, by=by)


def asks_parents(half, by):
    round, closes_on = Round.objects.get(), timezone.localdate() + timedelta(days=14)
    return lambda: actions.open_parent_form(round=round, closes_on=closes_on, by=by)


def agrees(half, by):
    now, people = rating(half.round, "A1"), list(half.round.people.all())
    return lambda: actions.agree(rating=now, answer=answer_of(now), version=now.version, people=people, by=by)


BEFORE = {"discussing": (), "agreed": ("discussing",), "archived": ("discussing", "agreed")}
FREEZING = [
    (rates_alone, "discussing"),
    *[(what, "agreed") for what in (rates, links, adds_evidence, takes_away, asks, dismisses, aims)],
    *[(what, "agreed") for what in (shows_a_name, hears_children, takes_back_what_was_heard, asks_parents, agrees)],
    *[(what, "archived") for what in (plans, decides, thinks_again)],
]


class Somebody(threading.Thread):
    """Does one thing, once told to, on a connection of their own."""

    def __init__(self, what, *, go):
        super().__init__()
        self.what, self.go, self.outcome = what, go, None

    def run(self):
        try:
            self.go.wait(timeout=30)
            self.outcome = self.what()
        except Exception as wrong:
            self.outcome = wrong
        finally:
            connection.close()


def moving(round, to, by, moved):
    """Move the round, and stay in the transaction until the other has begun."""

    def move():
        with transaction.atomic():
            actions.move_round(round=round, to=to, by=by)
            moved.set()
            time.sleep(HEAD_START)

    return move


@pytest.mark.parametrize(("what", "to"), FREEZING, ids=lambda value: getattr(value, "__name__", value))
def test_what_comes_while_the_review_is_being_frozen_is_refused(cast, half, what, to):
    for before in BEFORE[to]:
        actions.move_round(round=half.round, to=before, by=cast.amara.acting)
    write = what(half, cast.priya.acting)  # with everything read while it was still allowed
    moved = threading.Event()
    moving_on = Somebody(moving(Round.objects.get(), to, cast.amara.acting, moved), go=threading.Event())
    moving_on.go.set()
    writing = Somebody(write, go=moved)
    for thread in (moving_on, writing):
        thread.start()
    for thread in (moving_on, writing):
        thread.join()
    assert moving_on.outcome is None
    assert isinstance(writing.outcome, Refused), writing.outcome
    assert re.search(f"This review has been {to}|This review is finished|The talk has begun", str(writing.outcome))
    assert AuditEvent.objects.order_by("-at").first().verb == "round.moved", "nothing came after"


def test_what_is_being_written_when_the_review_is_agreed_is_in_it(cast, half):
    """Whoever agrees waits for it, and what they agree is counted with it."""
    actions.move_round(round=half.round, to="discussing", by=cast.amara.acting)
    for code in ("A1", "C1"):
        now = rating(half.round, code)
        actions.rate(rating=now, answer=Answer("not_discussed"), version=now.version, by=cast.amara.acting)
    round, rate, rated = Round.objects.get(), rates(half, cast.priya.acting), threading.Event()

    def rate_slowly():
        with transaction.atomic():
            rate()
            rated.set()
            time.sleep(HEAD_START)

    def agree():
        actions.move_round(round=round, to="agreed", by=cast.amara.acting)

    begun = threading.Event()
    begun.set()
    rating_it, agreeing = Somebody(rate_slowly, go=begun), Somebody(agree, go=rated)
    for thread in (rating_it, agreeing):
        thread.start()
    for thread in (rating_it, agreeing):
        thread.join()
    assert (rating_it.outcome, agreeing.outcome) == (None, None)
    assert (Round.objects.get().status, rating(half.round, "A2").label) == ("agreed", "Secure")
