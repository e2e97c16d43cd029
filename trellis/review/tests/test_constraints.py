"""What the database itself never lets be untrue of a review."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import UniqueConstraint
from django.utils import timezone

from tests.reviewing import rating
from trellis.core.models import StoredFile
from trellis.review.actions import decide_no_action
from trellis.review.models import (
    Action,
    ActionChange,
    ActionStep,
    Evidence,
    EvidenceChange,
    EvidenceUse,
    EvidenceVersion,
    Framework,
    Level,
    LocalOverlay,
    PromptDismissal,
    Rating,
    RatingChange,
    Round,
    RoundPerson,
    RoundStep,
    Statement,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now


def refused(constraint, write, *args, **kwargs):
    """Writing this breaks the constraint of that name: PostgreSQL says the name, SQLite of a unique one the columns.

    A row may break two at once, of which each database names another: then both stand there, as `one|other`.
    """
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write(*args, **kwargs)
    said = str(error.value)
    expected = [text for name in constraint.split("|") for text in (name, in_columns(name)) if text]
    assert any(re.search(rf"{re.escape(text)}(?![\w,])", said) for text in expected), f"{said!r} is not {constraint!r}"


def in_columns(name):
    """What SQLite says when the unique constraint of this name is broken; nothing for any other."""
    for model in apps.get_models():
        for each in model._meta.constraints:
            if each.name == name and isinstance(each, UniqueConstraint):
                columns = [model._meta.get_field(field).column for field in each.fields]
                return (
                    f"UNIQUE constraint failed: {', '.join(f'{model._meta.db_table}.{column}' for column in columns)}"
                )
    return None


def test_another_constraint_is_not_taken_for_the_one_that_is_meant(cast, half):
    again = {"period": "x", "audience": "group", "organisation": half.round.organisation, "started_by": cast.amara.user}
    with pytest.raises(AssertionError, match="is not 'round_person_once'"):
        refused("round_person_once", Round.objects.create, framework=half.round.framework, **again)
    refused("round_one_open_for_each_framework", Round.objects.create, framework=half.round.framework, **again)


def test_frameworks(cast, framework):
    level, statement = framework.levels.first(), framework.statements.first()
    again = {"framework": framework, "code": statement.code, "area": "A"}
    refused(
        "framework_edition_unique",
        Framework.objects.create,
        key=framework.key,
        edition=framework.edition,
        title="x",
        content={},
        fingerprint="x",
    )
    refused(
        "level_code_unique_in_framework",
        Level.objects.create,
        framework=framework,
        code=level.code,
        label="x",
        position=9,
    )
    refused("statement_code_unique_in_framework", Statement.objects.create, **again)
    authority = cast.daniel.organisation.authority
    Statement.objects.create(**again, authority=authority)
    refused("statement_code_unique_in_authority", Statement.objects.create, **again, authority=authority)
    overlay = {"framework": framework, "authority": authority, "title": "x", "content": {}, "fingerprint": "x"}
    LocalOverlay.objects.create(**overlay)
    refused("overlay_text_loaded_once", LocalOverlay.objects.create, **overlay)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("round_says_its_period", {"period": ""}),
        ("round_status_is_known|round_agreed_exactly_when_it_says_so", {"status": "dreamt"}),
        ("round_audience_is_known", {"audience": "everyone"}),
        ("round_agreement_says_who_and_when", {"status": "archived", "agreed_at": NOW()}),
        ("round_agreed_exactly_when_it_says_so", {"status": "agreed"}),
    ],
)
def test_a_round(half, name, changes):
    refused(name, Round.objects.filter(pk=half.round.pk).update, **changes)


def test_one_open_round_for_each_framework(cast, half):
    same = {"organisation": half.round.organisation, "framework": half.round.framework, "audience": "group"}
    refused("round_one_open_for_each_framework", Round.objects.create, **same, period="x", started_by=cast.amara.user)


def test_people_and_steps_of_a_round(cast, half):
    round, amara = half.round, cast.amara.user
    refused("round_person_has_a_name", RoundPerson.objects.create, round=round, name="", part="was_asked")
    refused("round_person_part_is_known", RoundPerson.objects.create, round=round, name="x", part="watched")
    refused("round_person_once", RoundPerson.objects.create, round=round, user=amara, name="x", part="takes_part")
    refused("round_step_status_is_known", RoundStep.objects.create, round=round, to_status="gone", by=amara)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("rating_has_a_level_exactly_when_rated", {"level": None}),
        ("rating_does_not_apply_needs_a_reason", {"state": "not_applicable", "level": None, "reason": ""}),
        ("rating_work_is_known", {"work": "asleep"}),
        ("rating_change_says_who_and_when", {"changed_by": None}),
        ("rating_no_action_says_why_who_and_when", {"no_action_because": "We wait"}),
    ],
)
def test_a_rating(half, name, changes):
    refused(name, Rating.objects.filter(pk=half.strong.pk).update, **changes)


def test_a_rating_stands_once_and_keeps_its_history(cast, half):
    round, now = half.round, half.strong
    refused("rating_one_for_each_statement_in_a_round", Rating.objects.create, round=round, statement=now.statement)
    change = {"rating": now, "version": 1, "state": "not_discussed", "work": "to_do", "by": cast.amara.user}
    refused("rating_change_once_for_each_version", RatingChange.objects.create, **change)


def test_a_dismissal(cast, half):
    same = {"round": half.round, "prompt": "one_person", "subject": "", "by": cast.amara.user}
    PromptDismissal.objects.create(**same, word="Yes")
    refused("prompt_dismissed_once", PromptDismissal.objects.create, **same, word="Again")
    refused("prompt_dismissed_with_a_word", PromptDismissal.objects.create, **same | {"subject": "x"}, word="")


def test_evidence(cast, half):
    amara, bramble = cast.amara.user, half.round.organisation
    refused("evidence_has_a_title", Evidence.objects.create, organisation=bramble, title="", added_by=amara)
    again = {"evidence": half.evidence, "rating": half.strong, "by": amara}
    refused("evidence_used_once_for_a_rating", EvidenceUse.objects.create, **again)
    gone = {"taken_away_at": timezone.now()}
    refused("evidence_taken_away_says_who_and_when", EvidenceUse.objects.create, **again | gone)
    looked = {"looked_at": timezone.now(), "title": "Minutes", "added_by": amara}
    refused("evidence_looked_at_says_who_and_when", Evidence.objects.create, organisation=bramble, **looked)
    file = stored(cast)
    version = {"evidence": half.evidence, "number": 1, "file": file, "added_by": amara}
    EvidenceVersion.objects.create(**version)
    refused("evidence_version_number_unique", EvidenceVersion.objects.create, **version)


def stored(cast):
    """A file as the storage would know it."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from trellis.core.files import keep_file

    upload = SimpleUploadedFile("minutes.txt", b"Minutes of our SEND meeting")
    file = keep_file(upload=upload, organisation_id=cast.amara.acting.organisation_id, by=cast.amara.acting)
    assert isinstance(file, StoredFile)
    return file


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("action_says_what", {"what": ""}),
        ("action_status_is_known|action_closed_says_who_and_when", {"status": "dreamt"}),
        ("action_starts_before_it_is_due", {"start_on": date(2027, 1, 1), "due_on": date(2026, 1, 1)}),
        ("action_closed_says_who_and_when", {"status": "dropped"}),
        ("action_done_needs_its_impact", {"status": "done", "impact": ""}),
    ],
)
def test_an_action(cast, half, name, changes):
    if name == "action_done_needs_its_impact":
        changes = changes | {"closed_at": NOW(), "closed_by": cast.amara.user}
    refused(name, Action.objects.filter(pk=half.action.pk).update, **changes)


def test_a_step_of_an_action(cast, half):
    step = {"action": half.action, "from_status": "planned", "to_status": "flown", "by": cast.amara.user}
    refused("action_step_status_is_known", ActionStep.objects.create, **step)


def test_earlier_versions_are_kept_once(cast, half):
    amara = cast.amara.user
    refused(
        "action_change_once_for_each_version",
        ActionChange.objects.create,
        action=half.action,
        version=1,
        what="x",
        by=amara,
    )
    refused(
        "evidence_change_once_for_each_version",
        EvidenceChange.objects.create,
        evidence=half.evidence,
        version=1,
        title="x",
        by=amara,
    )


@pytest.mark.parametrize(
    "table",
    [
        "review_ratingchange",
        "review_roundstep",
        "review_actionchange",
        "review_evidencechange",
        "review_noactionchange",
    ],
)
@pytest.mark.parametrize("how", ["DELETE FROM {}", "UPDATE {} SET by_id = by_id"])
def test_history_only_grows(cast, half, table, how):
    decide_no_action(rating=half.strong, because="It is in place", by=cast.amara.acting)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(how.format(table))


def test_a_statement_in_use_cannot_go(half):
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        rating(half.round, "A1").statement.delete()
