"""A worker: one process that runs jobs, hands over e-mail and looks at the clock."""

from __future__ import annotations

import itertools
import os
import socket
import threading
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog
from django.db import Error, close_old_connections, connection
from django.utils import timezone

from trellis.core.jobs.clock import ask_for_what_is_due
from trellis.core.jobs.running import claim, renew, run, take_back
from trellis.core.mail.delivery import deliver_due

if TYPE_CHECKING:
    from collections.abc import Iterator

log = structlog.get_logger("trellis.worker")
SLEEP = 1.0  # seconds between two looks at an empty queue
TURN = 15  # seconds between two looks at the clock and for jobs of killed workers; well below the lease


class Worker:
    """Runs one job at a time until it is told to stop; then it finishes the batch it is in."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:30]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._stop = threading.Event()

    def stop(self) -> None:
        """Stop after the current batch."""
        self._stop.set()

    def run_one(self) -> bool:
        """Run the job that has waited longest. False when none is due."""
        job = claim(self.name, at=timezone.now())
        if job is None:
            return False
        log.info("job_started", job=job.name, job_id=str(job.pk), attempt=job.attempts)
        run(job, stopping=self._stop.is_set)
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
        with self._companion():
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
    def _companion(self) -> Iterator[None]:
        """A thread that, whatever job runs, keeps it ours, hands over e-mail and looks round."""
        over = threading.Event()
        companion = threading.Thread(target=self._accompany, args=[over], name="companion", daemon=True)
        companion.start()
        try:
            yield
        finally:
            over.set()
            companion.join(timeout=30)

    def _accompany(self, over: threading.Event) -> None:
        """What the companion does every second, and every so many."""
        for second in itertools.count():
            close_old_connections()
            try:
                if second % TURN == 0:
                    renew(self.name)
                    self.look_round()
                deliver_due(most=20)
            except Exception as error:
                log.warning("companion_failed", error=type(error).__qualname__)
                connection.close()
            if over.wait(1):
                break
        connection.close()
