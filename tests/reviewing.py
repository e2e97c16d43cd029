"""Reviews for tests: the shipped framework, and a round at Bramble Lane Nursery half way through."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast, Person
from trellis.core.audit import System
from trellis.core.files import check_upload
from trellis.review import actions
from trellis.review import framework as files
from trellis.review.actions.plan import Intention
from trellis.review.actions.ratings import Answer
from trellis.review.models import Action, Evidence, Framework, Level, Rating, Round

SHIPPED = Path(__file__).parent.parent / "trellis/review/reference/trellis-early-years-2026.yaml"
EIGHT_AREAS = Path(__file__).parent.parent / "trellis/review/tests/fixtures/eight-areas.yaml"


# The text of a file is read and checked once: it never changes.
read = functools.cache(files.load_framework)


def loaded(path: Path) -> Framework:
    """A framework of ours in the database."""
    framework, _ = actions.load_framework(text=read(path), by=System("tests"))
    return framework


@pytest.fixture
def framework(db: Any) -> Framework:
    return loaded(SHIPPED)


def start(person: Person, framework: Framework, **given: Any) -> Round:
    """A round of a person’s setting."""
    values: dict[str, Any] = {"period": "Autumn term 2026", "reason": "Two new room leaders"} | given
    return actions.start_round(organisation=person.organisation, framework=framework, by=person.acting, **values)


def rating(round: Round, code: str) -> Rating:
    """A rating as the database has it now."""
    found = Rating.objects.select_related("round", "statement", "level", "changed_by")
    return found.get(round=round, statement__code=code)


def say(round: Round, code: str, level: str, by: Person, **more: Any) -> Rating:
    """Rate a statement: a level’s code, `not_applicable` or `not_discussed`."""
    now = rating(round, code)
    found = Level.objects.filter(framework=round.framework, code=level).first()
    answer = Answer(state="rated" if found else level, level=found, **more)
    return actions.rate(rating=now, answer=answer, version=now.version, by=by.acting)


@dataclass
class Half:
    """A round half way through, with everything in it once."""

    round: Round
    action: Action
    evidence: Evidence
    strong: Rating
    weak: Rating


@pytest.fixture
def half(cast: Cast, framework: Framework) -> Half:
    round = start(cast.amara, framework, colleagues=[cast.priya.user, cast.leila.user])
    strong = say(round, "A1", "secure", cast.amara, notes="Priya has two hours on Wednesdays")
    weak = say(round, "C1", "development", cast.priya, unsure=True)
    piece = actions.add_evidence(
        title="SENCO job description",
        where_kept="Blue folder in the office",
        look_again_on=date(2027, 1, 8),
        by=cast.amara.acting,
    )
    actions.link_evidence(evidence=piece, rating=strong, by=cast.amara.acting)
    action = actions.add_action(
        round=round,
        statement=weak.statement,
        intention=Intention(
            what="Agree with each family how we tell them about support",
            why="Two families heard late",
            owner=cast.priya.user,
            start_on=date(2026, 11, 1),
            due_on=date(2026, 12, 18),
            success="Every family has been asked before support starts",
        ),
        by=cast.amara.acting,
    )
    return Half(round, action, piece, strong, weak)


def review_of(person: Person) -> Half:
    """A review of a person’s own setting with everything in it once: the one that is there, or a new one."""
    there = Round.objects.filter(organisation=person.organisation).newest_first().first()
    if there:
        action, piece = Action.objects.get(rounds=there), Evidence.objects.get(organisation=person.organisation)
        return Half(there, action, piece, rating(there, "A1"), rating(there, "C1"))
    round = start(person, loaded(SHIPPED))
    strong, weak = say(round, "A1", "secure", person), say(round, "C1", "development", person)
    upload = SimpleUploadedFile("minutes.txt", b"Minutes of our SEND meeting")
    piece = actions.add_evidence(
        title="Minutes", where_kept="Office", look_again_on=None, upload=check_upload(upload), by=person.acting
    )
    actions.link_evidence(evidence=piece, rating=strong, by=person.acting)
    intention = Intention(what="Ask each family", owner=person.user)
    action = actions.add_action(round=round, statement=weak.statement, intention=intention, by=person.acting)
    return Half(round, action, piece, strong, weak)


def earlier_of(person: Person) -> Round:
    """The agreed review that came before the review of a person’s setting, with one statement rated."""
    now = review_of(person).round
    then = now.started_at - timedelta(days=365)
    before = Round.objects.create(
        organisation=person.organisation,
        framework=now.framework,
        audience=now.audience,
        period="Autumn term 2025",
        status="archived",
        started_at=then,
        started_by=person.user,
        agreed_at=then,
        agreed_by=person.user,
    )
    level = Level.objects.get(framework=now.framework, code="development")
    statement = rating(now, "A1").statement
    Rating.objects.create(
        round=before,
        statement=statement,
        state="rated",
        level=level,
        version=1,
        changed_at=then,
        changed_by=person.user,
    )
    Round.objects.filter(pk=now.pk).update(previous=before)
    return before
