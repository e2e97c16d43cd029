"""Asking for a job, calling it off, and asking again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from trellis.core.audit import LONGEST_ROLE, record
from trellis.core.jobs.registry import work_called
from trellis.core.models import Job
from trellis.core.refusal import refuse
from trellis.core.rules.jobs import JobState, states_before, why_not_cancel, why_not_run_again

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.core.audit import Actor


@transaction.atomic
def start(
    *,
    job: str,
    by: Actor,
    arguments: dict[str, Any] | None = None,
    organisation_id: UUID | None = None,
    title: str = "",
) -> Job:
    """Ask for the job registered as `job`; a worker runs it once this transaction has been committed.

    `arguments` are ids and counts that JSON can hold (a UUID arrives as text), never anything about a person. `organisation_id` is whose
    job it is (the actor’s own organisation unless told), `title` what its page is called. Raises `LookupError`
    when no app registers `job`.
    """
    asked = Job.objects.create(
        name=job,
        title=title or work_called(job).title,
        arguments=arguments or {},
        asked_by_id=by.actor_id,
        actor_name=by.actor_name,
        acting_as=by.acting_as[:LONGEST_ROLE],
        organisation_id=organisation_id or by.organisation_id,
    )
    if by.actor_id:
        record(by=by, verb="job.asked_for", subject=asked, change={"job": job}, organisation_id=asked.organisation_id)
    return asked


@transaction.atomic
def cancel(*, job: Job, by: Actor) -> Job:
    """Call a job off. A running one stops at its next batch; what it has done so far stays.

    Raises `Refused` with the reason when it has finished meanwhile.
    """
    now = timezone.now()
    if not _move(job, JobState.CANCELLED, held_by="", held_until=None, finished_at=now):
        refuse(why_not_cancel(job.state))
    record(by=by, verb="job.cancelled", subject=job, organisation_id=job.organisation_id)
    return job


@transaction.atomic
def run_again(*, job: Job, by: Actor) -> Job:
    """Let a failed or cancelled job go on from where it stopped, with a fresh number of attempts.

    Raises `Refused` with the reason when there is nothing to run again.
    """
    now = timezone.now()
    if not _move(job, JobState.WAITING, failure="", error="", attempts=0, next_try_at=now, finished_at=None):
        refuse(why_not_run_again(job.state))
    record(by=by, verb="job.run_again", subject=job, organisation_id=job.organisation_id)
    return job


def _move(job: Job, to: JobState, **changes: Any) -> bool:
    """Bring a job to a state if the table of states allows it from where it stands in the database."""
    before = set(states_before(to)) - ({JobState.RUNNING} if to is JobState.WAITING else set())
    moved = Job.objects.filter(pk=job.pk, state__in=before).update(state=to, **changes)
    job.refresh_from_db()
    return bool(moved)
