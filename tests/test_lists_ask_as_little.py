"""Lists ask the database as often with many rows as with one, and as often as is written here.

Of the other lists (plan, evidence, people, releases, reviews, tokens and so on) it is said beside what they show.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model, UUIDField
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import training
from tests.campaigning import campaign_for, invitation_of
from tests.cast import Cast, authority
from tests.reviewing import Half, say
from tests.visiting import planned
from trellis.accounts.models import Session
from trellis.core.audit import record
from trellis.core.jobs import start
from trellis.core.models import SentMail
from trellis.organisations.models import Organisation
from trellis.review import actions
from trellis.review.models import (
    ActionStep,
    Evidence,
    EvidenceChange,
    EvidenceUse,
    FilledForm,
    RatingChange,
    SettingFile,
)

pytestmark = pytest.mark.django_db
MANY = 40
Made = Callable[[Cast, Half], Model]


@dataclass(frozen=True)
class Listed:
    """A page with a list: who opens it, how often it asks, a row of it, and in what the others differ."""

    page: str
    who: str
    times: int
    row: Made
    differs: Mapping[str, Callable[[int], Any]] = field(default_factory=dict)
    of: Callable[[Half, Any], list[Any]] = lambda _half, _row: []  # what the address names

    def __str__(self) -> str:
        return f"{self.page} {self.who}"


def more_of(row: Model, differs: Mapping[str, Callable[[int], Any]]) -> None:
    """Many rows that say what this one says, but for in what they differ: by the number of the row."""
    same = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}
    if isinstance(row._meta.pk, UUIDField):
        differs = {row._meta.pk.attname: lambda _number: uuid.uuid4(), **differs}
    rows = [same | {name: value(number) for name, value in differs.items()} for number in range(1, MANY + 1)]
    type(row)._default_manager.bulk_create([type(row)(**each) for each in rows])


def a_setting(number: int) -> uuid.UUID:
    made = Organisation.objects.create(name=f"Setting {number}", kind="setting", setting_kind="sessional")
    return made.pk


def a_named_invitation(cast: Cast, half: Half) -> Model:
    asked = invitation_of(cast.amara)
    actions.let_be_named(invitation=asked, named=True, by=cast.amara.acting)
    asked.refresh_from_db()
    return asked


def an_email(cast: Cast, half: Half) -> Model:
    values = {"address": "amara@example.org", "subject": "A review", "reason": "Because", "kind": "review_news"}
    return SentMail.objects.create(user=cast.amara.user, organisation_id=cast.amara.organisation.pk, **values)


def an_event(cast: Cast, half: Half) -> Model:
    return record(by=cast.amara.acting, verb="account.name_changed", subject=cast.amara.user)


def a_session(cast: Cast, half: Half) -> Model:
    now = timezone.now()
    values = {"handle": uuid.uuid4(), "since": now, "seen_at": now, "expire_date": now + timedelta(days=1)}
    return Session.objects.create(session_key="0", session_data="", user=cast.amara.user, browser="Firefox", **values)


def a_step(cast: Cast, half: Half) -> Model:
    actions.note_action(action=half.action, note="Asked two families", by=cast.priya.acting)
    return ActionStep.objects.get(note="Asked two families")


def a_form(cast: Cast, half: Half) -> Model:
    return FilledForm.objects.create(
        round=half.round, kind="xlsx", name="Form.xlsx", sha256="0" * 64, read_by=cast.amara.user, content={}
    )


def a_name(cast: Cast, half: Half) -> Model:
    say(half.round, "B1", "secure", cast.priya, notes="See Noah’s plan")
    return RatingChange.objects.get(notes="See Noah’s plan")


def a_setting_file(cast: Cast, half: Half) -> Model:
    return SettingFile.objects.create(organisation=cast.amara.organisation, asked_by=cast.amara.user)


def a_change(cast: Cast, half: Half) -> Model:
    return EvidenceChange.objects.get(evidence=half.evidence)


def of_campaign(half: Half, row: Any) -> list[Any]:
    return [row.campaign_id]


def later(number: int) -> Any:
    return timezone.now() + timedelta(minutes=number)


def a_use(cast: Cast, half: Half) -> Model:
    return EvidenceUse.objects.get(rating=half.strong)


def a_piece(number: int) -> uuid.UUID:
    other = Evidence.objects.get(title="SENCO job description")
    values = {"title": f"Minutes {number}", "added_by_id": other.added_by_id, "organisation_id": other.organisation_id}
    return Evidence.objects.create(**values).pk


def a_visit(cast: Cast, half: Half) -> Model:
    return planned(cast.amara, half.round)


def a_job(cast: Cast, half: Half) -> Model:
    return start(job="jobs.tidy", by=cast.amara.acting)


def of_round(half: Half, row: Model) -> list[Any]:
    return [half.round.pk]


def a_cohort(cast: Cast, half: Half) -> Model:
    return training.cohort_of(cast.mei)


def a_learner(cast: Cast, half: Half) -> Model:
    return training.place_of(cast.mei)


def a_training_session(cast: Cast, half: Half) -> Model:
    return training.session_of(cast.mei)


def a_duty(cast: Cast, half: Half) -> Model:
    return training.duty_of(cast.mei)


def an_authority(number: int) -> int:
    return authority(f"E9{number:07}", f"Authority {number}").pk


def of_programme(half: Half, row: Any) -> list[Any]:
    return [row.programme_id]


def of_cohort(half: Half, row: Any) -> list[Any]:
    return [row.cohort_id]


VERSION = {"version": lambda number: number + 100}
ADDRESS = {"email": lambda number: f"learner.{number}@example.org"}
LISTS = [
    Listed("account_activity", "amara", 4, an_event, {"number": lambda number: number + 1000}),
    Listed("campaigns", "daniel", 4, lambda cast, half: campaign_for(cast.amara)),
    Listed("full_report", "amara", 10, a_use, {"evidence_id": a_piece}, of_round),
    Listed("home", "amara", 13, a_visit),
    Listed("home", "daniel", 9, lambda cast, half: campaign_for(cast.amara)),
    Listed("jobs", "amara", 4, a_job),
    Listed("move_round", "amara", 6, a_name, VERSION, lambda half, _row: [half.round.pk, "discussing"]),
    Listed("names_in_review", "amara", 8, a_name, VERSION, of_round),
    Listed("on_paper", "amara", 5, a_form, of=of_round),
    Listed("operations_jobs", "sam", 4, a_job),
    Listed("operations_mail", "sam", 4, an_email),
    Listed("rate_area", "amara", 9, a_use, {"evidence_id": a_piece}, lambda half, _row: [half.round.pk, "A"]),
    Listed("sent_mail", "amara", 4, an_email),
    Listed("sessions", "amara", 4, a_session, {"session_key": str, "handle": lambda _number: uuid.uuid4()}),
    Listed("setting_files", "amara", 4, a_setting_file),
    Listed("show_action", "amara", 8, a_step, {"at": later}, lambda half, _row: [half.action.pk]),
    Listed("show_campaign", "daniel", 6, a_named_invitation, {"organisation_id": a_setting}, of_campaign),
    Listed("show_evidence", "amara", 7, a_change, VERSION, lambda half, _row: [half.evidence.pk]),
    Listed("show_round", "amara", 13, a_use, {"evidence_id": a_piece}, of_round),
    Listed("show_statement", "amara", 13, a_use, {"evidence_id": a_piece}, lambda half, _row: [half.round.pk, "A1"]),
    Listed("visits", "amara", 5, a_visit),
    # award programmes
    Listed("duties", "mei", 4, a_duty, {"authority_id": an_authority}),
    Listed("learners", "mei", 6, a_learner, ADDRESS, of_cohort),
    Listed("programme_report", "mei", 10, a_cohort, of=of_programme),
    Listed("programmes", "mei", 4, lambda cast, half: training.programme_of(cast.mei), {"title": str}),
    Listed("show_cohort", "mei", 11, a_training_session, {"number": lambda number: number + 100}, of_cohort),
    Listed("show_programme", "mei", 10, a_cohort, of=of_programme),
]


@pytest.mark.parametrize("listed", LISTS, ids=str)
def test_it_asks_as_often_for_many_as_for_one(cast, half, browse, listed):
    row, browser = listed.row(cast, half), browse(getattr(cast, listed.who))
    address = reverse(listed.page, args=listed.of(half, row))
    browser.get(address)  # so that the words are in memory
    with CaptureQueriesContext(connection) as few:
        assert browser.get(address).status_code == 200
    more_of(row, listed.differs)
    with CaptureQueriesContext(connection) as many:
        assert browser.get(address).status_code == 200
    assert len(many) == len(few), [each["sql"] for each in many]
    assert len(few) == listed.times, [each["sql"][:90] for each in few]
