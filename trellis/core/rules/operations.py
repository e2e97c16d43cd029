"""When the queue stands still, in the sense that somebody should go and look."""

from __future__ import annotations

from datetime import datetime, timedelta

# A worker looks at the queue every second and at the clock every quarter of a minute.
PATIENCE = timedelta(minutes=2)


def why_queue_stands(
    *,
    now: datetime,
    clock_due_at: datetime | None,
    job_due_at: datetime | None,
    mail_due_at: datetime | None,
    somebody_works: bool,
) -> str | None:
    """Why work is left lying, or None when it is not.

    `clock_due_at` is when the first regular job was or is due (None: no worker ever ran), `job_due_at` and
    `mail_due_at` since when the job and the e-mail that have waited longest could have been taken (None: none
    waits). Waiting for a worker that is busy with another job is no standstill.

    >>> from datetime import UTC
    >>> noon = datetime(2027, 3, 5, 12, tzinfo=UTC)
    >>> why_queue_stands(now=noon, clock_due_at=None, job_due_at=None, mail_due_at=None, somebody_works=False)
    'No worker has run yet'
    """
    if clock_due_at is None:
        return "No worker has run yet"
    if clock_due_at < now - PATIENCE:
        return f"No worker has looked at the clock for {_minutes(now - clock_due_at)}"
    if job_due_at and job_due_at < now - PATIENCE and not somebody_works:
        return f"A job has waited for {_minutes(now - job_due_at)} and no worker takes it"
    if mail_due_at and mail_due_at < now - PATIENCE:
        return f"An e-mail has waited for {_minutes(now - mail_due_at)} and no worker sends it"
    return None


def _minutes(how_long: timedelta) -> str:
    """A length of time in whole minutes.

    >>> _minutes(timedelta(seconds=150))
    '2 minutes'
    """
    return f"{how_long // timedelta(minutes=1)} minutes"
