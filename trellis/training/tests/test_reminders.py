"""Reminders of sessions and of second cohorts: each once, and not when it is not so any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests.training import cohort_of, duty_of, place_in
from trellis.core.models import SentMail
from trellis.training import actions
from trellis.training.jobs import remind_of_duties, remind_of_sessions
from trellis.training.models import Cohort, Duty, Session

pytestmark = pytest.mark.django_db


class Steps:
    """Stands for a job’s progress."""

    def batch(self):
        return transaction.atomic()

    def say(self, result):
        self.result = result


def run(job):
    {"training.reminders": remind_of_sessions, "training.duties": remind_of_duties}[job](Steps())


def told():
    return sorted(SentMail.objects.filter(state="queued").values_list("address", "subject"))


@pytest.fixture
def cohort(cast):
    cohort = cohort_of(cast.mei)
    actions.move_cohort(cohort=cohort, to="open", by=cast.mei.acting)
    place_in(cohort, "Niamh Byrne", by=cast.mei)
    SentMail.objects.all().delete()
    return cohort


def first_in(cohort, days):
    """Let the first session be in so many days, and the others long after."""
    today = timezone.localdate()
    for number, session in enumerate(cohort.sessions.order_by("number")):
        Session.objects.filter(pk=session.pk).update(on=today + timedelta(days=days if not number else 100 + number))
    return cohort.sessions.get(number=1)


@pytest.mark.parametrize(
    ("days", "subject"),
    [
        (15, None),
        (14, "Before your first session"),
        (4, "Before your first session"),
        (3, "Your session is in 3 days"),
        (1, "Your session is tomorrow"),
        (0, "Your session is today"),
    ],
)
def test_a_learner_is_told_once(cast, cohort, days, subject):
    first_in(cohort, days)
    run("training.reminders")
    run("training.reminders")
    assert told() == ([("niamh.byrne@example.org", subject)] if subject else [])


def test_what_has_moved_is_told_of_again_and_what_has_not_left_is_kept_back(cast, cohort):
    session = first_in(cohort, 3)
    run("training.reminders")
    friday = timezone.localdate() + timedelta(days=20)
    actions.move_session(session=session, on=friday, starts=session.starts, weekend=True, by=cast.mei.acting)
    assert told() == [
        ("niamh.byrne@example.org", "A session has moved"),
        ("zofia.marek@example.org", "A session has moved"),
    ]
    Session.objects.filter(pk=session.pk).update(on=timezone.localdate() + timedelta(days=1))
    run("training.reminders")
    assert ("niamh.byrne@example.org", "Your session is tomorrow") in told()


def test_whoever_withdrew_is_not_told(cast, cohort):
    place_in(cohort, "Oskar Lund", by=cast.mei)
    first_in(cohort, 3)
    SentMail.objects.all().delete()
    run("training.reminders")
    place = cohort.places.get(name="Oskar Lund")
    actions.withdraw_place(place=place, reason="sickness", on=timezone.localdate(), by=cast.mei.acting)
    assert told() == [("niamh.byrne@example.org", "Your session is in 3 days")]


def test_of_what_is_cancelled_or_only_planned_nobody_is_told(cast, cohort):
    first_in(cohort, 3)
    Cohort.objects.update(status="planned")
    run("training.reminders")
    assert told() == []
    Cohort.objects.update(status="running")
    Session.objects.update(status="cancelled", cancelled_because="Snow")
    run("training.reminders")
    assert told() == []


def test_an_authority_is_reminded_of_its_duty(cast):
    duty = duty_of(cast.mei)
    cohort = cohort_of(cast.mei)
    SentMail.objects.all().delete()

    def due_in(days):
        Duty.objects.filter(pk=duty.pk).update(due_on=timezone.localdate() + timedelta(days=days))
        run("training.duties")
        run("training.duties")
        found = told()
        SentMail.objects.all().delete()
        return found

    assert due_in(181) == []
    everybody = ["daniel.whitfield@example.org", "mei.castellano@example.org", "ruth.abara@example.org"]
    assert [address for address, _ in due_in(180)] == everybody
    assert [subject for _, subject in due_in(-1)] == ["A second cohort is overdue"] * 3
    run("training.duties")
    actions.move_duty(duty=duty, to="planned", cohort=cohort, by=cast.mei.acting)
    Cohort.objects.update(status="running")
    actions.move_duty(duty=duty, to="running", by=cast.mei.acting)
    assert told() == [], "what has not left is kept back"
    run("training.duties")
    assert told() == []
