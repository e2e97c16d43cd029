"""Reminders come once, say nothing, and stop when the thing is done."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from trellis.core.models import SentMail
from trellis.environment import Environment
from trellis.organisations.models import Membership
from trellis.review import actions
from trellis.review.jobs import BACK, due_for_a_word, remind
from trellis.review.models import Action

pytestmark = pytest.mark.django_db


class Steps:
    """Stands for a job’s progress."""

    def batch(self):
        from django.db import transaction

        return transaction.atomic()

    def say(self, result):
        self.result = result


def run(day):
    steps = Steps()
    with time_machine.travel(f"{day}T09:00:00+00:00", tick=False):
        remind(steps)
    return steps.result["told"]


def test_nothing_is_said_long_before(half):
    assert run("2026-12-01") == 0


def test_once_before_and_once_after_the_day(half):
    assert [run("2026-12-12"), run("2026-12-13"), run("2026-12-19"), run("2026-12-20")] == [1, 0, 1, 0]
    messages = SentMail.objects.filter(kind="action_reminder").order_by("subject")
    assert [message.subject for message in messages] == [
        "An action of yours is due within a week",
        "An action of yours is overdue",
    ]
    assert "family" not in "".join(f"{message.subject}{message.reason}{message.link}" for message in messages)


def test_nobody_is_reminded_of_what_was_due_more_than_a_year_ago(half):
    """By then it may be forgotten that they were told, and a reminder does not repeat itself."""
    assert run("2027-12-18") == 1
    SentMail.objects.all().delete()
    assert run("2027-12-20") == 0
    assert Environment.model_fields["keep_sent_mail_days"].metadata[0].ge > BACK.days


def test_a_new_date_is_a_new_reason(cast, half):
    assert run("2026-12-19") == 1
    Action.objects.filter(pk=half.action.pk).update(due_on=date(2026, 12, 22))
    assert run("2026-12-20") == 1


def test_they_stop_when_it_is_done(cast, half):
    actions.move_action(action=half.action, to="done", impact="Every family was asked", by=cast.amara.acting)
    assert list(due_for_a_word(date(2027, 1, 1))) == []


def test_whoever_has_left_hears_nothing_more(cast, half):
    assert [owner for _, owner, _ in due_for_a_word(date(2027, 1, 1))] == [half.action.owner]
    Membership.objects.filter(user=half.action.owner).update(ended_at=timezone.now(), ended_by=cast.amara.user)
    assert list(due_for_a_word(date(2027, 1, 1))) == []
    assert run("2026-12-19") == 0


def test_colleagues_hear_of_a_review_once_and_only_that(cast, half):
    SentMail.objects.all().delete()
    for to in ("discussing", "draft", "discussing"):
        actions.move_round(round=half.round, to=to, by=cast.amara.acting)
    told = SentMail.objects.values_list("user__name", "subject")
    assert sorted(told) == [
        ("Leila Haddad", "A review is ready to discuss"),
        ("Priya Nair", "A review is ready to discuss"),
    ]
