"""Background jobs: their states, when a failed one is tried again, and when a schedule is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


JOB_STATE_LABELS: dict[JobState, str] = {
    JobState.WAITING: "Waiting",
    JobState.RUNNING: "Running",
    JobState.DONE: "Done",
    JobState.FAILED: "Failed",
    JobState.CANCELLED: "Cancelled",
}
JOB_MOVES: dict[JobState, frozenset[JobState]] = {
    JobState.WAITING: frozenset({JobState.RUNNING, JobState.CANCELLED}),
    # Back to waiting: its worker died or was stopped, or it will be tried again.
    JobState.RUNNING: frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED, JobState.WAITING}),
    JobState.DONE: frozenset(),
    JobState.FAILED: frozenset({JobState.WAITING}),
    JobState.CANCELLED: frozenset({JobState.WAITING}),
}
UNFINISHED = frozenset({JobState.WAITING, JobState.RUNNING})

# A worker holds a job for this long and renews it while it lives; a dead worker’s job is free after it.
LEASE = timedelta(seconds=60)
# A job that gives no sign of life for this long hangs, unless it was registered with a limit of its own.
LIMIT = timedelta(minutes=10)
# How long to wait after the first, second and third attempt; the fourth is the last.
WAITS = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5))


def states_before(state: JobState) -> list[JobState]:
    """The states from which a job may come to `state`: what a conditional update asks for.

    >>> [str(before) for before in states_before(JobState.CANCELLED)]
    ['waiting', 'running']
    """
    return [before for before, after in JOB_MOVES.items() if state in after]


def wait_after(attempts: int, waits: tuple[timedelta, ...] = WAITS) -> timedelta | None:
    """How long to wait after so many attempts, or None when there is no further one.

    >>> wait_after(1), wait_after(4)
    (datetime.timedelta(seconds=10), None)
    """
    return waits[attempts - 1] if attempts <= len(waits) else None


def why_not_cancel(state: str) -> str | None:
    """Why a job cannot be cancelled, or None if it can.

    >>> why_not_cancel("done")
    'This job is already done'
    """
    if JobState.CANCELLED in JOB_MOVES[JobState(state)]:
        return None
    return f"This job is already {JOB_STATE_LABELS[JobState(state)].lower()}"


def why_not_run_again(state: str) -> str | None:
    """Why a job cannot be run again, or None if it can.

    >>> why_not_run_again("running")
    'This job is still running'
    """
    if state in {JobState.FAILED, JobState.CANCELLED}:
        return None
    return "This job is already done" if state == JobState.DONE else f"This job is still {state}"


def percent(done: int, total: int | None) -> int | None:
    """How much of the work is done, in whole per cent from 0 to 100; None while nobody knows how much there is.

    >>> percent(1, 3), percent(5, 0), percent(7, None)
    (33, 100, None)
    """
    if total is None:
        return None
    return min(100, done * 100 // total) if total else 100


@dataclass(frozen=True)
class Rhythm:
    """How often something is due: every so often, or at a time of day (on one weekday, Monday being 0)."""

    every: timedelta | None = None
    at: time | None = None
    weekday: int | None = None


def next_due(rhythm: Rhythm, after: datetime) -> datetime:
    """The first moment after `after` at which something is due; `after` carries the local time zone.

    >>> next_due(Rhythm(at=time(3, 30)), datetime(2027, 3, 5, 12, 0, tzinfo=UTC)).isoformat()
    '2027-03-06T03:30:00+00:00'
    """
    if rhythm.at is None:
        return after.astimezone(UTC) + (rhythm.every or timedelta(days=1))
    due = after.replace(hour=rhythm.at.hour, minute=rhythm.at.minute, second=0, microsecond=0)
    while due <= after or rhythm.weekday not in {None, due.weekday()}:
        due += timedelta(days=1)
    return due
