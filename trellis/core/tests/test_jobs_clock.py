"""What the clock asks for: once each time, however many workers look, and once after a standstill."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from trellis.core.append_only import unprotect
from trellis.core.jobs import registry, regular
from trellis.core.jobs.clock import ask_for_what_is_due
from trellis.core.jobs.worker import Worker
from trellis.core.models import Job, Schedule, SentMail
from trellis.core.rules.jobs import Rhythm, next_due

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2027, 3, 5, 12, 0, tzinfo=UTC)
AT_THREE_THIRTY = datetime(2027, 3, 6, 3, 30, tzinfo=UTC)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(LONDON))  # noqa: DTZ001


@given(after=moments, at=st.times(), weekday=st.none() | st.integers(0, 6))
def test_a_time_of_day_comes_next_within_its_day_or_week(after, at, weekday):
    due = next_due(Rhythm(at=at, weekday=weekday), after)
    assert (due.hour, due.minute) == (at.hour, at.minute)
    assert weekday in (None, due.weekday())
    assert (
        timedelta(0)
        < due.replace(tzinfo=None) - after.replace(tzinfo=None)
        <= timedelta(days=1 if weekday is None else 7)
    )


@given(after=moments, minutes=st.integers(1, 60 * 24))
def test_every_so_often_is_so_long_also_when_the_clocks_change(after, minutes):
    due = next_due(Rhythm(every=timedelta(minutes=minutes)), after)
    assert due - after.astimezone(UTC) == timedelta(minutes=minutes)


def test_three_in_the_morning_stays_three_in_summer():
    assert next_due(Rhythm(at=time(3)), datetime(2027, 7, 1, 12, tzinfo=LONDON)).astimezone(UTC).hour == 2


def test_a_schedule_has_one_rhythm():
    with pytest.raises(ValueError, match="either"):
        registry.schedule("x", every=timedelta(days=1), at=time(3))
    with pytest.raises(ValueError, match="either"):
        registry.schedule("x")


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as standing:
        yield standing


@pytest.fixture
def due(db, clock):
    """The schedules are known, and the check of the audit is due."""
    ask_for_what_is_due(at=NOON)
    clock.move_to(AT_THREE_THIRTY)


def asked() -> int:
    return Job.objects.filter(name="audit.verify").count()


@pytest.mark.django_db
def test_nothing_is_asked_for_before_its_time(clock):
    ask_for_what_is_due(at=NOON)
    ask_for_what_is_due(at=AT_THREE_THIRTY - timedelta(seconds=1))
    assert asked() == 0


@pytest.mark.usefixtures("due")
def test_it_is_asked_for_once_however_often_workers_look():
    for _ in range(3):
        ask_for_what_is_due(at=AT_THREE_THIRTY)
    assert asked() == 1
    assert Schedule.objects.get(name="audit.verify").due_at == AT_THREE_THIRTY + timedelta(days=1)


@pytest.mark.usefixtures("due")
def test_two_workers_that_read_the_same_time_ask_once(monkeypatch):
    stale = {"audit.verify": AT_THREE_THIRTY}
    monkeypatch.setattr("trellis.core.jobs.clock.dict", lambda _: stale, raising=False)
    for _ in range(2):
        ask_for_what_is_due(at=AT_THREE_THIRTY)
    assert asked() == 1


@pytest.mark.usefixtures("due")
def test_after_a_standstill_it_is_asked_for_once():
    ask_for_what_is_due(at=AT_THREE_THIRTY + timedelta(days=9))
    assert asked() == 1


@pytest.mark.usefixtures("due")
def test_while_the_last_one_is_unfinished_no_other_is_asked_for():
    for day in range(3):
        ask_for_what_is_due(at=AT_THREE_THIRTY + timedelta(days=day))
    assert asked() == 1


@pytest.mark.usefixtures("due")
def test_sessions_that_ended_are_forgotten():
    sessions = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects
    sessions.create(session_key="ended", expire_date=NOON)
    sessions.create(session_key="open", expire_date=AT_THREE_THIRTY + timedelta(hours=1))
    Worker().run_until_empty()
    assert [session.session_key for session in sessions.all()] == ["open"]


def old_mail(days: int, **fields: object) -> SentMail:
    told = {"address": "amara@example.org", "kind": "account", "subject": f"{days} days", "reason": "x"}
    sent = {"state": "sent", "sent_at": NOON, "created_at": NOON - timedelta(days=days)}
    return SentMail.objects.create(**told | sent | fields)


@pytest.mark.usefixtures("due")
def test_e_mail_of_long_ago_is_forgotten_unless_it_still_waits(monkeypatch):
    monkeypatch.setattr(regular, "AT_ONCE", 2)
    for days in (399, 402, 403, 404):
        old_mail(days)
    old_mail(410, subject="has not left", state="queued", next_try_at=NOON + timedelta(days=9))
    summary = old_mail(405, subject="an old summary")
    old_mail(406, subject="told in it", summary=summary)
    held = old_mail(407, subject="a summary of what waits")
    old_mail(408, subject="still waits", state="gathered", sent_at=None, summary=held)
    Worker().run_until_empty()
    assert set(SentMail.objects.values_list("subject", flat=True)) == {
        "399 days", "has not left", "a summary of what waits", "still waits",
    }  # fmt: skip
    assert Job.objects.get(name="mail.tidy").result == {"forgotten": 5}


@pytest.mark.usefixtures("due")
def test_regular_jobs_of_long_ago_are_forgotten_and_people_s_stay(cast):
    long_ago = NOON - timedelta(days=31)
    for who in (None, cast.amara.user):
        Job.objects.create(name="test.count", title="x", asked_by=who, state="done", finished_at=long_ago)
    Worker().run_until_empty()
    assert [job.asked_by for job in Job.objects.filter(name="test.count")] == [cast.amara.user]


@pytest.mark.usefixtures("due")
def test_a_whole_audit_is_found_whole(cast):
    Worker().run_until_empty()
    assert Job.objects.get(name="audit.verify").state == "done"


@pytest.mark.usefixtures("due")
def test_a_broken_audit_fails_the_job_and_reaches_the_operator(cast, settings):
    from trellis.core.audit import record

    record(by=cast.amara.acting, verb="organisation.renamed", subject=cast.amara.organisation)
    unprotect(connection, "core_auditevent")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_auditevent SET actor_name = 'Nobody'")
    Worker().run_until_empty()
    job = Job.objects.get(name="audit.verify")
    assert (job.state, job.failure.startswith("The audit is broken at event 1 of ")) == ("failed", True)
    assert SentMail.objects.get(kind="job_failed").address == settings.CONTACT_EMAIL
