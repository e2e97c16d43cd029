"""A worker: one process that runs jobs, hands over e-mail and looks at the clock."""

from __future__ import annotations

import os
import socket
import threading
import time
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog
from django.db import Error, close_old_connections, connection
from django.utils import timezone

from trellis.core.jobs.clock import ask_for_what_is_due
from trellis.core.jobs.registry import limit_of
from trellis.core.jobs.running import claim, give_up, renew, run, take_back
from trellis.core.jobs.watching import Watch
from trellis.core.mail.delivery import deliver_due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

log = structlog.get_logger("trellis.worker")
SLEEP = 1.0  # seconds between two looks at an empty queue
BEAT = 1.0  # seconds between two rounds of a companion
PATIENCE = 3.0  # seconds with a database that does not answer
HUNG = 75  # exit status of a worker whose job hangs
TURN = 15  # seconds between two looks at the clock and for jobs of killed workers; well below the lease


class Worker:
    """Runs one job at a time until it is told to stop; then it finishes the batch it is in."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:30]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._stop = threading.Event()
        self._watch: Watch | None = None
        self._next_turn = 0.0

    def stop(self) -> None:
        """Stop after the current batch."""
        self._stop.set()

    def run_one(self) -> bool:
        """Run the job that has waited longest. False when none is due."""
        job = claim(self.name, at=timezone.now())
        if job is None:
            return False
        log.info("job_started", job=job.name, job_id=str(job.pk), attempt=job.attempts)
        self._watch = Watch(job, limit_of(job.name))
        try:
            run(job, stopping=self._stop.is_set, moved=self._watch.moved)
        finally:
            self._watch = None
        return True

    def look_round(self) -> None:
        """Take back the jobs of killed workers, and ask for what is due by the clock."""
        now = timezone.now()
        take_back(self.name, at=now)
        ask_for_what_is_due(at=now)

    def run_until_empty(self) -> None:
        """Run what is due now, hand over the e-mail, and end."""
        self.look_round()
        while self.run_one() and not self._stop.is_set():
            pass
        while deliver_due() and not self._stop.is_set():
            pass

    def run_for_ever(self) -> None:
        """Run jobs until told to stop. A database that is away for a while is waited for."""
        with self._companions():
            while not self._stop.is_set():
                close_old_connections()
                try:
                    busy = self.run_one()
                except Error as error:
                    log.warning("database_away", error=type(error).__qualname__)
                    connection.close()
                    busy = False
                if not busy:
                    self._stop.wait(SLEEP)

    @contextmanager
    def _companions(self) -> Iterator[None]:
        """Two threads, whatever job runs: one keeps it ours while it gets on and looks round, one hands over e-mail.

        They are two, so that a mail service that is slow to answer does not cost us the job.
        """
        over = threading.Event()
        tasks = {"companion": self._look_after, "postman": lambda: deliver_due(most=20)}
        threads = [
            threading.Thread(target=_again_and_again, args=[task, over], name=name, daemon=True)
            for name, task in tasks.items()
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join(timeout=15)

    def _look_after(self) -> None:
        """What the companion does every second, and every so many."""
        self._end_if_it_hangs()
        if time.monotonic() >= self._next_turn:
            self._next_turn = time.monotonic() + TURN
            renew(self.name)
            self.look_round()

    def _end_if_it_hangs(self) -> None:
        """End this process at once when its job hangs: nothing else stops what may stand in any library.

        The job is given up first if the database lets us; on SQLite it does not while the job hangs in a batch, and
        then its lease runs out. Whoever looks after the
        process starts it again.
        """
        watch = self._watch
        if watch is None or not watch.hangs:
            return
        log.error("job_hangs", job=watch.job.name, job_id=str(watch.job.pk), attempt=watch.job.attempts)
        at_the_latest = threading.Timer(PATIENCE, os._exit, [HUNG])
        at_the_latest.start()
        try:
            give_up(watch.job)
        finally:
            at_the_latest.cancel()
            if self._watch is watch:
                os._exit(HUNG)


def _again_and_again(task: Callable[[], object], over: threading.Event) -> None:
    """Do something every second until it is over. A database that is away for a while is waited for."""
    while True:
        close_old_connections()
        try:
            task()
        except Exception as error:
            log.warning("companion_failed", error=type(error).__qualname__)
            connection.close()
        if over.wait(BEAT):
            break
    connection.close()
