"""What a job knows while it runs: how far it is, what it has kept, and whether it may go on."""

from __future__ import annotations

import copy
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from trellis.core.models import Job
from trellis.core.rules.jobs import LEASE, JobState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID


LONGEST_WAY = 0.025  # seconds


class JobFailed(Exception):
    """The job cannot be done, and trying again would not help; the message is the sentence for the person."""


class Interrupted(Exception):
    """The worker is being stopped: another one goes on from the last batch."""


class TakenAway(Exception):
    """The job is not this worker’s any more: it was cancelled, or another worker took it over."""


@dataclass(frozen=True)
class AskedBy:
    """Who asked for a job, as an actor: what the job does is recorded as theirs."""

    actor_id: UUID | None
    actor_name: str
    acting_as: str
    organisation_id: UUID | None


class Progress:
    """How far a running job is. `kept` survives the worker; `by` is who asked; `job_id` is whose
    page to link to; `attempt` counts from 1.

    `kept` holds whatever JSON can hold, and is stored together with each batch.
    """

    def __init__(
        self, job: Job, stopping: Callable[[], bool] = lambda: False, moved: Callable[[], None] = lambda: None
    ) -> None:
        self.job_id = job.pk
        self.organisation_id = job.organisation_id
        self.attempt = job.attempts
        self.by = AskedBy(job.asked_by_id, job.actor_name, job.acting_as, job.organisation_id)
        self.kept: dict[str, Any] = job.kept
        self.result: dict[str, Any] = job.result
        self._held_by = job.held_by
        self._reached: dict[str, Any] = {}
        self._stopping = stopping
        self._moved = moved
        self._in_batch = False

    @contextmanager
    def batch(self) -> Iterator[None]:
        """One piece of the work, in one transaction with what it has reached: both are stored, or neither."""
        before = copy.deepcopy(self.kept), copy.deepcopy(self.result)
        began = time.monotonic()
        try:
            with transaction.atomic():
                self._in_batch = True
                yield
                self._store()
        except BaseException:
            self.kept, self.result = before
            raise
        finally:
            self._in_batch = False
        _give_way(time.monotonic() - began)
        self._pause()

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        """Say how far it is: so many of so many (None while nobody knows), and what it is doing, in a few words."""
        self._moved()
        self._reached = {"done": done, "total": total, "note": note[:200]}
        if not self._in_batch:
            self._store()
            self._pause()

    def say(self, result: dict[str, Any]) -> None:
        """Add to what came out: counts by name, and `link` with `link_text` for what there is to open."""
        self.result.update(result)
        if not self._in_batch:
            self._store()

    def _store(self) -> None:
        """Keep what was reached, and the job itself for another while; `TakenAway` if it is not ours any more."""
        mine = Job.objects.filter(pk=self.job_id, state=JobState.RUNNING, held_by=self._held_by)
        until = timezone.now() + LEASE
        if not mine.update(kept=self.kept, result=self.result, held_until=until, **self._reached):
            raise TakenAway
        self._moved()

    def _pause(self) -> None:
        """Between two batches is where a worker may stop."""
        if self._stopping():
            raise Interrupted


def _give_way(held: float) -> None:
    """Let others write after a batch that took `held` seconds: SQLite has one writer, and those who wait for it
    look now and then whether it is free, so that batch upon batch would leave them no chance."""
    if connection.vendor == "sqlite":
        time.sleep(min(LONGEST_WAY, held / 4))
