"""Workers as real processes: killed in the middle, told to stop, two at once. On SQLite in a file, or PostgreSQL."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from trellis.core.jobs import start
from trellis.core.jobs.worker import HUNG, Worker
from trellis.core.mail import MailKind, send
from trellis.core.models import Job, SentMail
from trellis.core.tests import jobs
from trellis.environment import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
JOBS_OF_TESTS = jobs


@dataclass
class Installation:
    """The database that worker processes share with the test, and how to start one."""

    environment: dict[str, str]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def worker(self, *how_long: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "trellis.core.tests.worker", *how_long]
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL)
        self.workers.append(process)
        return process

    def end(self) -> None:
        """Leave no worker behind that a failed test would have ended: it would keep the tables from being emptied."""
        for process in self.workers:
            process.kill()
            process.wait()


def minutes_later() -> None:
    """What another worker does once the lease of a killed one, and the wait for the next attempt, are over."""
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(state="running").update(held_until=past)
    Worker().run_until_empty()
    Job.objects.filter(state="waiting").update(next_try_at=past)
    Worker().run_until_empty()


def _ended(installation: Installation) -> Iterator[Installation]:
    try:
        yield installation
    finally:
        installation.end()


@pytest.fixture
def installation(cast, tmp_path):
    """The test’s database where other processes find it: PostgreSQL is there, SQLite moves from memory to a file."""
    environment = {**os.environ, "TRELLIS_DATA_FOLDER": str(tmp_path), "TRELLIS_SECRET_KEY": settings.SECRET_KEY}
    if connection.vendor == "postgresql":
        address = urlsplit(os.environ["TRELLIS_DATABASE_URL"])
        environment["TRELLIS_DATABASE_URL"] = address._replace(path="/" + connection.settings_dict["NAME"]).geturl()
        yield from _ended(Installation(environment))
        return
    in_memory, file = connections["default"], tmp_path / "trellis.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        in_memory.connection.backup(copy)
    as_file = in_memory.settings_dict | {"NAME": file, "OPTIONS": settings.SQLITE_OPTIONS}
    connections["default"] = type(in_memory)(as_file, "default")
    yield from _ended(Installation(environment))
    connections["default"].close()
    connections["default"] = in_memory


def until(happened: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def times_noted() -> Counter[str]:
    """How often each row was noted."""
    return Counter(SentMail.objects.filter(address="rows@example.org").values_list("subject", flat=True))


def test_a_worker_killed_in_the_middle_loses_nothing_and_repeats_nothing(cast, installation):
    start(job="test.note", by=cast.amara.acting, arguments={"rows": 40, "pause": 0.1})
    worker = installation.worker()
    until(lambda: Job.objects.get().done >= 10)
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)
    job = Job.objects.get()
    assert (job.state, 10 <= job.done < 40, job.kept) == ("running", True, {"rows": job.done})
    assert sum(times_noted().values()) == job.done

    minutes_later()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result) == ("done", 2, {"noted": 40})
    assert times_noted() == {f"row {number}": 1 for number in range(40)}


def test_a_worker_told_to_stop_ends_after_its_batch_and_mail_leaves_meanwhile(cast, installation):
    start(job="test.note", by=cast.amara.acting, arguments={"rows": 4000, "pause": 0.1})
    send(to=cast.priya.user, kind=MailKind.ACCOUNT, subject="A new password", reason="You asked for it.", link="/x")
    worker = installation.worker()
    until(lambda: SentMail.objects.get(subject="A new password").state == "sent")
    until(lambda: Job.objects.get().done >= 5)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(15) == 0
    job = Job.objects.get()
    assert (job.state, job.attempts, job.error) == ("waiting", 0, "")
    assert sum(times_noted().values()) == job.done == job.kept["rows"]


def test_two_workers_never_run_the_same_job(cast, installation):
    for _ in range(30):
        start(job="test.note", by=cast.amara.acting, arguments={"rows": 5, "pause": 0.02})
    workers = [installation.worker("--until-empty") for _ in range(2)]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    assert set(Job.objects.values_list("state", "attempts")) == {("done", 1)}
    assert times_noted() == {f"row {number}": 30 for number in range(5)}


@pytest.mark.parametrize("inside", [False, True], ids=["between two batches", "in the middle of a batch"])
def test_a_job_that_hangs_ends_its_worker_and_another_does_it(cast, installation, inside):
    """In the middle of a batch SQLite lets nobody write, so that there the lease has to run out."""
    start(job="test.hang", by=cast.amara.acting, arguments={"inside": inside})
    assert installation.worker().wait(60) == HUNG
    job = Job.objects.get()
    assert (job.attempts, job.done) == (1, 4)
    if job.state == "waiting":
        assert job.error == "It hung: there was no sign of life within its limit"
    else:
        assert (job.state, inside, connection.vendor) == ("running", True, "sqlite")
    minutes_later()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.done) == ("done", 2, 5)
    assert times_noted() == {"row 0": 1}
