"""Telling people what became of what they asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from trellis.core.mail import MailKind, send

if TYPE_CHECKING:
    from trellis.core.models import Job

LONG = timedelta(minutes=2)


def tell_done(job: Job) -> None:
    """Write to the person when the work took so long that they will have left the page."""
    ended = job.finished_at or job.created_at
    if job.asked_by and ended - job.created_at >= LONG:
        send(
            to=job.asked_by,
            kind=MailKind.JOB_DONE,
            subject="What you asked for is done",
            reason=f"You asked for this: {job.title}. It is done.",
            link=reverse("job", args=[job.pk]),
            organisation_id=job.organisation_id,
            once_key=f"job {job.pk} done {ended:%Y%m%d%H%M%S}",
        )


def tell_failed(job: Job) -> None:
    """Write to the person who asked; when the clock asked, to whoever runs the installation, once a day."""
    ended = job.finished_at or job.created_at
    if job.asked_by:
        send(
            to=job.asked_by,
            kind=MailKind.JOB_FAILED,
            subject="What you asked for could not be finished",
            reason=f"You asked for this: {job.title}. It could not be finished. The page says why.",
            link=reverse("job", args=[job.pk]),
            organisation_id=job.organisation_id,
            once_key=f"job {job.pk} failed {ended:%Y%m%d%H%M%S}",
        )
        return
    send(
        to=settings.CONTACT_EMAIL,
        kind=MailKind.JOB_FAILED,
        subject="A regular job failed",
        reason=f"This runs by itself and failed: {job.title}. You get this because you run this installation.",
        link=reverse("operations_job", args=[job.pk]),
        once_key=f"schedule {job.name} failed {ended:%Y%m%d}",
    )
