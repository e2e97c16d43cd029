"""What the database itself never lets be untrue of a visit: each raises IntegrityError."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.visiting import visit_of
from trellis.core.append_only import protected_tables
from trellis.organisations.models import Invitation
from trellis.review.models import (
    ChecklistMark,
    Correction,
    CorrectionAnswer,
    Recommendation,
    ReportVersion,
    ReviewerRating,
    TimetableRow,
    Visit,
    VisitFeedback,
    VisitNote,
    VisitStep,
)
from trellis.review.tests.test_constraints import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(cast):
    return visit_of(cast.amara)


def test_visits(cast, visit):
    change = Visit.objects.filter(pk=visit.pk).update
    refused("visit_kind_is_known", change, kind="inspection")
    refused("visit_status_is_known", change, status="failed")
    refused("visit_says_why", change, why="")
    refused("visit_is_open_on_its_day", change, until=visit.visit_on - timedelta(days=1))
    refused("visit_has_a_day_once_prepared", change, visit_on=None)
    now = timezone.now()
    invitation = Invitation.objects.create(
        organisation=cast.amara.organisation,
        email="rosa@example.org",
        name="Rosa",
        role="peer_reviewer",
        token_hash="x",
        invited_by=cast.amara.user,
        expires_at=now + timedelta(days=1),
    )
    refused("visit_has_one_visitor", change, invitation=invitation)
    by = {"visit": visit, "by": cast.amara.user}
    refused("visit_step_status_is_known", VisitStep.objects.create, to_status="failed", **by)


def test_the_day(cast, visit):
    by = {"visit": visit, "by": cast.amara.user}
    mark = {"item": "policy", "number": 1, **by}
    ChecklistMark.objects.create(state="have", **mark)
    refused("checklist_mark_once_for_each_number", ChecklistMark.objects.create, state="needed", **mark)
    refused("checklist_mark_state_is_known", ChecklistMark.objects.create, state="x", **(mark | {"number": 2}))
    row = {"visit": visit, "start": 540, "minutes": 30, "activity": "Walk"}
    refused("timetable_row_says_what", TimetableRow.objects.create, **(row | {"activity": ""}))
    refused("timetable_row_begins_in_the_day", TimetableRow.objects.create, **(row | {"start": 1440}))
    refused("timetable_row_takes_a_while", TimetableRow.objects.create, **(row | {"minutes": 4}))
    rating = {"statement": visit.round.ratings.first().statement, "number": 1, **by}
    ReviewerRating.objects.create(**rating)
    refused("reviewer_rating_once_for_each_number", ReviewerRating.objects.create, **rating)
    refused("visit_note_says_something", VisitNote.objects.create, who="Amara", said="", **by)


def test_the_report(cast, visit):
    by = {"visit": visit, "by": cast.amara.user}
    says = "report_version_says_what_is_strong_and_what_to_work_on"
    refused(says, ReportVersion.objects.create, number=2, strong="Much", work_on="", **by)
    again = {"number": 1, "strong": "Much", "work_on": "Little"}
    refused("report_version_once_for_each_number", ReportVersion.objects.create, **again, **by)
    version = visit.versions.get()
    one = {"version": version, "statement": visit.round.ratings.first().statement}
    refused("recommendation_says_what", Recommendation.objects.create, number=2, what="", **one)
    refused("recommendation_once_for_each_number", Recommendation.objects.create, number=1, what="x", **one)
    both = "correction_says_what_is_and_what_should_be"
    refused(both, Correction.objects.create, version=version, says="x", should_say="", **by)
    answer = {"correction": visit.corrections.get(), "by": cast.hannah.user, "taken_in": False}
    refused("correction_answer_says_why_not", CorrectionAnswer.objects.create, **answer)
    known = {"useful": "yes", "fair": "yes", "kind": "perhaps"}
    refused("visit_feedback_answers_are_known", VisitFeedback.objects.create, **known, **by)


def test_what_was_said_only_grows(visit):
    grown = {"visitstep", "checklistmark", "reviewerrating", "visitnote", "reportversion", "recommendation"}
    grown |= {"recommendationtaken", "correction", "correctionanswer", "visitfeedback"}
    assert {f"review_{name}" for name in grown} <= set(protected_tables(connection))
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        ReportVersion.objects.filter(visit=visit).update(strong="Nothing")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        visit.corrections.all().delete()
