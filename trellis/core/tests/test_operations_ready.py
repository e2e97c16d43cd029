"""Is it alive, is it ready: what machines are told, and that it says no when something is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from trellis.core.jobs.clock import ask_for_what_is_due
from trellis.core.models import Job, Schedule, SentMail
from trellis.core.operations import readiness
from trellis.core.rules.mail import MailKind
from trellis.core.rules.operations import why_queue_stands

NOON = datetime(2027, 3, 5, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage_not_looked_at_yet():
    readiness._written_at.clear()


@pytest.fixture
def worker_was_there():
    ask_for_what_is_due(at=timezone.now())


def told(client):
    """What /ready answers, and the checks that are not in order with what they say."""
    answer = client.get("/ready")
    checks = answer.json()["checks"]
    assert answer.json()["ready"] is (answer.status_code == 200)
    return answer.status_code, {name: check["problem"] for name, check in checks.items() if not check["ok"]}


def test_alive_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/health")
    assert (answer.status_code, answer.content) == (200, b"alive")


def test_ready_when_all_is_in_order(client, worker_was_there):
    assert told(client) == (200, {})


def test_it_costs_a_handful_of_queries(client, worker_was_there, django_assert_max_num_queries):
    client.get("/ready")
    with django_assert_max_num_queries(9):
        client.get("/ready")


def test_it_says_what_and_how_many_and_no_secrets(client, worker_was_there):
    assert client.get("/ready").json() == {
        "ready": True,
        "checks": {
            "database": {"ok": True},
            "storage": {"ok": True},
            "migrations": {"ok": True},
            "queue": {"ok": True, "waiting": 0, "oldest_waits_seconds": 0},
        },
    }


def test_not_when_the_database_does_not_answer(client):
    def away(*_):
        raise OperationalError("could not connect to postgres://trellis:secret@db.example")

    with connection.execute_wrapper(away):
        answer = client.get("/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == {"ok": False, "problem": "The database does not answer"}
    assert "secret" not in answer.content.decode()


def test_not_when_a_migration_is_missing(client, worker_was_there):
    MigrationRecorder(connection).record_unapplied("core", "0002_audit_only_grows")
    assert told(client) == (503, {"migrations": "Not applied: 1. Run `manage.py migrate`"})


def test_not_when_files_cannot_be_written(client, worker_was_there, monkeypatch):
    def full(*_, **__):
        raise OSError("No space left on /srv/trellis")

    monkeypatch.setattr(default_storage, "save", full)
    assert told(client) == (503, {"storage": "Files cannot be written"})


def test_the_probe_leaves_nothing_and_is_not_written_each_time(client, worker_was_there, monkeypatch):
    written = []
    save = default_storage.save
    monkeypatch.setattr(default_storage, "save", lambda *args: written.append(save(*args)) or written[-1])
    client.get("/ready")
    client.get("/ready")
    assert [default_storage.exists(name) for name in written] == [False]


def test_not_before_a_worker_has_run(client):
    assert told(client) == (503, {"queue": "No worker has run yet"})


def test_not_when_no_worker_looks_at_the_clock(client, worker_was_there):
    Schedule.objects.filter(name="mail.arrivals").update(due_at=timezone.now() - timedelta(minutes=5, seconds=5))
    assert told(client) == (503, {"queue": "No worker has looked at the clock for 5 minutes"})


def test_a_regular_job_that_is_no_more_is_not_waited_for(client, worker_was_there):
    Schedule.objects.create(name="of.last.year", due_at=timezone.now() - timedelta(days=300))
    assert told(client) == (200, {})


def test_not_when_a_job_is_left_lying(client, worker_was_there):
    Job.objects.create(name="test.count", next_try_at=timezone.now() - timedelta(minutes=3, seconds=5))
    assert told(client) == (503, {"queue": "A job has waited for 3 minutes and no worker takes it"})
    assert client.get("/ready").json()["checks"]["queue"]["waiting"] == 1


def test_not_when_an_e_mail_is_left_lying(client, worker_was_there):
    SentMail.objects.create(
        address="amara@example.org", kind=MailKind.ACCOUNT, next_try_at=timezone.now() - timedelta(minutes=4, seconds=5)
    )
    assert told(client) == (503, {"queue": "An e-mail has waited for 4 minutes and no worker sends it"})


@pytest.mark.parametrize(
    ("minutes", "somebody_works", "stands"),
    [(1, False, False), (2, False, False), (3, False, True), (3, True, False), (60, True, False)],
)
def test_waiting_for_a_busy_worker_is_no_standstill(minutes, somebody_works, stands):
    problem = why_queue_stands(
        now=NOON,
        clock_due_at=NOON,
        job_due_at=NOON - timedelta(minutes=minutes),
        mail_due_at=None,
        somebody_works=somebody_works,
    )
    assert (problem is not None) is stands
