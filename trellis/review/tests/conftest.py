"""Shared by the tests of a review: one in which everything is filled in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.reviewing import Half, rating, say
from trellis.review import actions
from trellis.review.actions.plan import Intention
from trellis.review.models import Action

TURN = ("secure", "partly", "development")


@pytest.fixture
def full(cast: Cast, half: Half) -> Half:
    """The half-way round, filled in: each level in each area, one that does not apply, one not yet discussed; and
    a plan in which one action is late, one is done and one is dropped."""
    round, amara, today = half.round, cast.amara, timezone.localdate()
    codes = list(round.ratings.order_by("statement__area", "statement__code").values_list("statement__code", flat=True))
    for number, code in enumerate(codes):
        if code == "B1":
            say(round, code, "not_applicable", amara, reason="Nobody here is older than four")
        elif code not in ("A1", "C1", "F6"):
            say(round, code, TURN[number % 3], amara, notes=f"What we said of {code}")
    weak = round.ratings.filter(level__code="development").exclude(statement__code="C1").first()
    actions.decide_no_action(rating=rating(round, weak.statement.code), because="It is on its way", by=amara.acting)
    actions.ask_person(round=round, name="Parents at pick-up", by=amara.acting)
    Action.objects.filter(pk=half.action.pk).update(start_on=today - timedelta(7), due_on=today + timedelta(7))
    half.action.refresh_from_db()
    statement = half.weak.statement
    soon = Intention(what="Write a welcome in three languages", owner_name="Our student", due_on=today + timedelta(20))
    late = Intention(what="Ring the Area SENCO", due_on=today - timedelta(9))
    done = Intention(what="Ask parents what works", owner=amara.user, due_on=today - timedelta(30))
    dropped = Intention(what="Buy a laminator")
    for each in (soon, late, done, dropped):
        action = actions.add_action(round=round, statement=statement, intention=each, by=amara.acting)
        if each is done:
            actions.move_action(action=action, to="done", impact="Nine families told us", by=amara.acting)
        if each is dropped:
            actions.move_action(action=action, to="dropped", note="Pictures are on the tablet", by=amara.acting)
    return half
