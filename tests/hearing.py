"""Voices for tests: a parents’ form with replies, colleagues who rated alone, something seen of children."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.cast import Person
from tests.reviewing import rating
from trellis.review import actions
from trellis.review.models import ChildVoice, Level, OwnRating, ParentForm, Round


def form_for_parents(round: Round, by: Person, days: int = 14) -> ParentForm:
    """An open form."""
    closes_on = timezone.localdate() + timedelta(days=days)
    return actions.open_parent_form(round=round, closes_on=closes_on, by=by.acting)


def replies(form: ParentForm, number: int, comment: str = "", **answers: str) -> ParentForm:
    """So many replies that say the same, of which the first has the comment."""
    for each in range(number):
        key = f"{form.replies} {each}"
        words = "" if each else comment
        assert actions.count_reply(form=form, answers=answers, comment=words, page_key=key)
    form.refresh_from_db()
    return form


def says_alone(round: Round, code: str, level: str, by: Person, **more: Any) -> OwnRating:
    """What somebody says alone: a level’s code, or a state."""
    statement = rating(round, code).statement
    found = Level.objects.filter(framework=round.framework, code=level).first()
    answer = actions.OwnAnswer(state="rated" if found else level, level=found, **more)
    before = OwnRating.objects.filter(round=round, statement=statement, user=by.user).first()
    version = before.version if before else 0
    own = actions.rate_alone(round=round, statement=statement, answer=answer, version=version, by=by.acting)
    assert own
    return own


def seen_of_children(round: Round, by: Person, seen: str = "Two children hide when the hall gets loud") -> ChildVoice:
    """An observation about the statement on spaces."""
    statement = rating(round, "E2").statement
    return actions.note_child_voice(round=round, area="E", statement=statement, seen=seen, by=by.acting)
