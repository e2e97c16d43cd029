"""Background jobs: asked for in a transaction, run by a worker, told to whoever asked."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import IntegrityError, transaction

from trellis.core.audit import System
from trellis.core.jobs import cancel, run_again, start, worker
from trellis.core.jobs.progress import Progress, TakenAway
from trellis.core.jobs.registry import limit_of
from trellis.core.jobs.running import claim, give_up, run, take_back
from trellis.core.jobs.watching import Watch
from trellis.core.jobs.worker import Worker
from trellis.core.models import AuditEvent, Job, SentMail
from trellis.core.refusal import Refused
from trellis.core.rules.jobs import LEASE
from trellis.core.tests import jobs

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 5, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def clock(_noon):
    return _noon


def count(cast, **arguments) -> Job:
    return start(job="test.count", by=cast.amara.acting, arguments=arguments)


def work(job: Job) -> Job:
    Worker().run_one()
    job.refresh_from_db()
    return job


def test_a_job_runs_and_says_what_came_out(cast):
    job = work(count(cast, to=3))
    assert (job.state, job.done, job.total, job.percent, job.result) == ("done", 3, 3, 100, {"counted": 3})
    assert (job.held_by, job.held_until, job.finished_at) == ("", None, NOON)


def test_what_is_unknown_cannot_be_asked_for(cast):
    with pytest.raises(LookupError, match=r"test\.nothing"):
        start(job="test.nothing", by=cast.amara.acting)


def test_asking_is_recorded_with_who_and_what(cast):
    job = count(cast, to=1)
    event = AuditEvent.objects.get()
    assert (event.verb, event.record_id, event.actor_name) == ("job.asked_for", str(job.pk), "Amara Okafor")
    assert job.organisation_id == cast.amara.organisation.pk


def asked_in_vain(cast):
    count(cast, to=1)
    raise ZeroDivisionError


def test_a_job_whose_asking_is_rolled_back_never_was(cast):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        asked_in_vain(cast)
    assert not Worker().run_one()


@pytest.mark.parametrize(("attempt", "wait"), [(1, 10), (2, 60), (3, 300)])
def test_an_unexpected_error_is_tried_again_later_each_time(cast, clock, attempt, wait):
    job = count(cast, to=3, break_at=2, breaks=9)
    for _ in range(attempt):
        clock.move_to(Job.objects.get().next_try_at)
        before = Job.objects.get().next_try_at
        work(job)
    assert (job.state, job.attempts, job.next_try_at - before) == ("waiting", attempt, timedelta(seconds=wait))
    clock.move_to(job.next_try_at - timedelta(seconds=1))
    assert not Worker().run_one()


def test_the_next_attempt_goes_on_from_what_was_kept(cast, clock):
    job = work(count(cast, to=3, break_at=2))
    assert (job.state, job.kept, job.done) == ("waiting", {"number": 1, "counted": [1]}, 1)
    clock.move_to(job.next_try_at)
    assert work(job).kept == {"number": 3, "counted": [1, 2, 3]}


def test_after_the_last_attempt_it_has_failed_and_the_person_is_told(cast, clock):
    job = count(cast, to=3, break_at=2, breaks=9)
    for _ in range(4):
        clock.move_to(Job.objects.get().next_try_at)
        work(job)
    assert (job.state, job.kept["number"]) == ("failed", 1)
    assert "run this again" in job.failure
    letter = SentMail.objects.get()
    assert (letter.user, letter.kind, letter.link) == (cast.amara.user, "job_failed", f"/jobs/{job.pk}")


def test_what_is_stored_of_an_error_says_nothing_about_anybody(cast):
    job = work(count(cast, to=3, break_at=2))
    assert job.error.startswith("trellis.core.tests.jobs.Unforeseen at core/tests/jobs.py:")
    assert "Zofia" not in str(vars(job))


def test_what_cannot_be_done_fails_at_once_with_its_sentence(cast):
    job = work(start(job="test.refuse", by=cast.amara.acting))
    assert (job.state, job.attempts) == ("failed", 1)
    assert job.failure == "This file is not a register: it has no provider numbers."


def test_a_failed_job_is_run_again_from_where_it_stopped(cast, clock):
    job = count(cast, to=3, break_at=2, breaks=4)
    Job.objects.update(attempts=3)
    assert work(job).state == "failed"
    Job.objects.update(arguments={"to": 3})
    run_again(job=job, by=cast.amara.acting)
    assert (job.state, job.failure, job.attempts) == ("waiting", "", 0)
    assert work(job).kept["counted"] == [1, 2, 3]
    assert [event.verb for event in AuditEvent.objects.order_by("number")] == ["job.asked_for", "job.run_again"]


def test_a_job_that_the_clock_asked_for_fails_to_the_operator(cast, settings):
    job = work(start(job="test.refuse", by=System("The clock")))
    letter = SentMail.objects.get()
    assert (letter.user, letter.address, letter.link) == (None, settings.CONTACT_EMAIL, f"/operations/jobs/{job.pk}")


def test_somebody_is_told_of_the_end_only_when_it_took_long(cast, clock):
    work(count(cast, to=1))
    assert not SentMail.objects.exists()
    job = count(cast, to=1)
    clock.move_to(NOON + timedelta(minutes=5))
    work(job)
    assert SentMail.objects.get().kind == "job_done"


# A worker that dies, and two that want the same


def test_a_job_is_taken_by_one_worker(cast):
    count(cast, to=1)
    assert [bool(claim(worker, at=NOON)) for worker in ("one", "two")] == [True, False]


def test_the_job_of_a_killed_worker_is_tried_again_after_its_lease(cast, clock):
    count(cast, to=1)
    claim("killed", at=NOON)
    clock.move_to(NOON + LEASE)
    assert take_back("living", at=NOON + LEASE) == 0
    clock.move_to(NOON + LEASE + timedelta(seconds=1))
    assert take_back("living", at=NOON + LEASE + timedelta(seconds=1)) == 1
    job = Job.objects.get()
    assert (job.state, job.error) == ("waiting", "The worker was killed or lost its database")


def test_a_job_that_kills_every_worker_fails_in_the_end(cast, clock):
    count(cast, to=1)
    Job.objects.update(attempts=3)
    claim("killed", at=NOON)
    clock.move_to(NOON + timedelta(minutes=2))
    take_back("living", at=NOON + timedelta(minutes=2))
    assert Job.objects.get().failure == "The work stopped in the middle several times. You can run this again."


def test_a_job_that_hangs_is_tried_again_and_in_the_end_fails_to_whoever_asked(cast, clock):
    job = start(job="test.hang", by=cast.amara.acting, arguments={"inside": False})
    for attempt in range(1, 5):
        give_up(claim("hanging", at=NOON))
        job.refresh_from_db()
        assert (job.state, job.attempts) == ("waiting" if attempt < 4 else "failed", attempt)
        Job.objects.filter(state="waiting").update(next_try_at=NOON)
    assert job.failure == "The work stood still for too long, several times. You can run this again."
    assert SentMail.objects.get().user == cast.amara.user


def test_a_job_hangs_when_nothing_moved_for_longer_than_its_limit(monkeypatch, cast):
    seconds = iter([0.0, 599.0, 601.0, 602.0, 1201.0, 1203.0])
    monkeypatch.setattr("trellis.core.jobs.watching.time", SimpleNamespace(monotonic=lambda: next(seconds)))
    watch = Watch(count(cast, to=1), limit_of("test.count"))
    assert (watch.hangs, watch.hangs) == (False, True)
    watch.moved()
    assert (watch.hangs, watch.hangs) == (False, True)


def test_a_mail_service_that_is_slow_does_not_cost_a_worker_its_job(monkeypatch):
    answered, renewed = threading.Event(), threading.Semaphore(0)
    monkeypatch.setattr(worker, "deliver_due", lambda **_: answered.wait(30))
    monkeypatch.setattr(worker, "renew", lambda _name: renewed.release())
    monkeypatch.setattr(worker, "TURN", 0)
    monkeypatch.setattr(worker, "BEAT", 0.01)
    monkeypatch.setattr(Worker, "look_round", lambda _worker: None)
    with Worker()._companions():
        assert all(renewed.acquire(timeout=10) for _ in range(3))
        answered.set()


@pytest.mark.parametrize(("name", "limit"), [("test.hang", 0.5), ("audit.verify", 21600), ("gone.away", 600)])
def test_each_job_has_a_limit(name, limit):
    assert limit_of(name) == timedelta(seconds=limit)


def test_each_batch_and_step_is_a_sign_of_life(cast):
    signs = []
    count(cast, to=2)
    run(claim("one", at=NOON), moved=lambda: signs.append("sign"))
    assert len(signs) == 5  # two steps, two batches, and what came out


def test_a_worker_whose_job_another_took_over_stores_nothing_more(cast, clock):
    count(cast, to=1)
    progress = Progress(claim("slow", at=NOON))
    clock.move_to(NOON + timedelta(minutes=2))
    take_back("other", at=NOON + timedelta(minutes=2))
    with pytest.raises(TakenAway), progress.batch():
        SentMail.objects.create(address="someone@example.org", kind="account", subject="x", reason="x")
    assert not SentMail.objects.exists()


def test_a_worker_told_to_stop_finishes_its_batch_and_lets_the_job_go(cast):
    job = count(cast, to=3)
    run(claim("stopping", at=NOON), stopping=lambda: True)
    job.refresh_from_db()
    assert (job.state, job.kept["counted"], job.attempts, job.next_try_at) == ("waiting", [1], 0, NOON)
    assert work(job).kept["counted"] == [1, 2, 3]


# Calling off


def test_a_waiting_job_is_cancelled_at_once(cast):
    job = cancel(job=count(cast, to=1), by=cast.amara.acting)
    assert (job.state, job.finished_at) == ("cancelled", NOON)
    assert not Worker().run_one()


def test_a_running_job_stops_at_its_next_batch_and_keeps_what_it_did(cast):
    job = count(cast, to=3)
    progress = Progress(claim("working", at=NOON))
    with progress.batch():
        progress.kept["number"] = 1
    cancel(job=job, by=cast.amara.acting)
    with pytest.raises(TakenAway), progress.batch():
        progress.kept["number"] = 2
    job.refresh_from_db()
    assert (job.state, job.kept, progress.kept) == ("cancelled", {"number": 1}, {"number": 1})
    run_again(job=job, by=cast.amara.acting)
    assert work(job).kept["counted"] == [2, 3]


def test_what_is_done_is_neither_cancelled_nor_run_again(cast):
    job = work(count(cast, to=1))
    with pytest.raises(Refused, match="already done"):
        cancel(job=job, by=cast.amara.acting)
    with pytest.raises(Refused, match="already done"):
        run_again(job=job, by=cast.amara.acting)


def test_what_runs_is_not_run_again(cast):
    job = count(cast, to=1)
    claim("working", at=NOON)
    with pytest.raises(Refused, match="still running"):
        run_again(job=job, by=cast.amara.acting)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"state": "lost"}, "job_state_is_known|job_finished_has_a_time"),
        ({"state": "running"}, "job_is_held_while_it_runs"),
        ({"held_by": "somebody"}, "job_is_held_while_it_runs"),
        ({"state": "done"}, "job_finished_has_a_time"),
        ({"state": "failed", "finished_at": NOON}, "job_failed_says_why"),
    ],
)
def test_the_database_refuses(cast, changes, constraint):
    count(cast, to=1)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Job.objects.update(**changes)


def test_a_name_belongs_to_one_job():
    with pytest.raises(ValueError, match=r"Two jobs are called test\.count"):
        jobs.job("test.count", "Another")(jobs.refuse)
