"""Taking a job, running it, and what becomes of it. Every change of state asks the database for the state before."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any

import structlog
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from trellis.core.context import Origin, coming_from
from trellis.core.jobs.progress import Interrupted, JobFailed, Progress, TakenAway
from trellis.core.jobs.registry import work_called
from trellis.core.jobs.telling import tell_done, tell_failed
from trellis.core.models import Job
from trellis.core.rules.jobs import LEASE, JobState, wait_after

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

log = structlog.get_logger("trellis.jobs")
UNEXPECTED = "Something went wrong that we did not expect. We have noted it. You can run this again."
HUNG = "The work stood still for too long, several times. You can run this again."
STOPPED_IN_THE_MIDDLE = "The work stopped in the middle several times. You can run this again."


def claim(worker: str, *, at: datetime) -> Job | None:
    """Take the job that has waited longest, if there is one. Of several workers, one gets it."""
    for pk in Job.objects.due(at).values_list("pk", flat=True)[:10]:
        taken = (
            Job.objects.due(at)
            .filter(pk=pk)
            .order_by()
            .update(
                state=JobState.RUNNING,
                held_by=worker,
                held_until=at + LEASE,
                attempts=F("attempts") + 1,
                started_at=Coalesce("started_at", at),
            )
        )
        if taken:
            return Job.objects.get(pk=pk)
    return None


def renew(worker: str) -> None:
    """Keep what this worker holds for another while."""
    Job.objects.filter(held_by=worker, state=JobState.RUNNING).update(held_until=timezone.now() + LEASE)


def take_back(worker: str, *, at: datetime) -> int:
    """Free the jobs whose worker was killed, to be tried again or, after too many attempts, to fail. Returns how many."""
    lost = list(Job.objects.lost(at))
    for job in lost:
        mine = Job.objects.lost(at).filter(pk=job.pk).update(held_by=worker, held_until=at + LEASE)
        if mine:
            job.held_by = worker
            _try_again(job, error="The worker was killed or lost its database", sentence=STOPPED_IN_THE_MIDDLE)
    return len(lost)


def give_up(job: Job) -> None:
    """Let a job that hangs be tried again by another worker or, after too many attempts, fail."""
    _try_again(job, error="It hung: there was no sign of life within its limit", sentence=HUNG)


def run(job: Job, *, stopping: Callable[[], bool] = lambda: False, moved: Callable[[], None] = lambda: None) -> None:
    """Run a job that this worker has taken, to its end, its next batch after `stopping()`, or its failure.

    `moved()` is called at each sign of life.
    """
    try:
        with coming_from(Origin(request_id=job.pk.hex, address=f"job {job.name}"[:60])):
            progress = Progress(job, stopping, moved)
            work_called(job.name).do(progress, job.arguments)
    except TakenAway:
        log.info("job_taken_away", job=job.name, job_id=str(job.pk))
    except Interrupted:
        _let_go(job, attempts=job.attempts - 1, next_try_at=timezone.now())
    except JobFailed as refusal:
        _fail(job, sentence=str(refusal), error="")
    except Exception as error:
        log.warning("job_failed", job=job.name, job_id=str(job.pk), error=where(error), attempt=job.attempts)
        _try_again(job, error=where(error), sentence=UNEXPECTED)
    else:
        _finish(job)


def where(error: Exception) -> str:
    """What kind of error and in which line of ours; never its message or values, which may be about a person."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "/trellis/" in frame.filename]
    place = f" at {ours[-1].filename.rpartition('/trellis/')[2]}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__module__}.{type(error).__qualname__}{place}"[:300]


def _try_again(job: Job, *, error: str, sentence: str) -> None:
    """Let a job wait for its next attempt, longer each time, or fail after the last."""
    wait: timedelta | None = wait_after(job.attempts)
    if wait is None:
        _fail(job, sentence=sentence, error=error)
    else:
        _let_go(job, error=error, next_try_at=timezone.now() + wait)


def _let_go(job: Job, **changes: Any) -> bool:
    """Put a running job back among the waiting."""
    return _leave(job, JobState.WAITING, **changes)


@transaction.atomic
def _finish(job: Job) -> None:
    """The work is done; a person who has gone to do something else is told."""
    if _leave(job, JobState.DONE, finished_at=timezone.now(), note="", error=""):
        job.refresh_from_db()
        tell_done(job)


@transaction.atomic
def _fail(job: Job, *, sentence: str, error: str) -> None:
    """The job failed for good; whoever asked is told."""
    if _leave(job, JobState.FAILED, finished_at=timezone.now(), failure=sentence[:300], error=error):
        job.refresh_from_db()
        tell_failed(job)


def _leave(job: Job, to: JobState, **changes: Any) -> bool:
    """Bring a job that this worker still holds from running to another state; False if it lost it meanwhile."""
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, held_by=job.held_by)
    return bool(mine.update(state=to, held_by="", held_until=None, **changes))
