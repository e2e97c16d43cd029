"""What whoever runs the installation sees: every background job, and whether e-mail arrives. No content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core import jobs
from trellis.core.models import Job, SentMail
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.core.rules.jobs import JOB_STATE_LABELS, JobState
from trellis.core.rules.mail import MAIL_STATE_LABELS, MailState

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request


@require_safe
@requires(Permission.SEE_OPERATIONS)
def operations_jobs(request: Request) -> HttpResponse:
    """Every job, newest first; `?state=` narrows to those that failed, wait or run."""
    every = Job.objects.visible_to(request.acting, operating=True)
    state = request.GET.get("state", "")
    page = page_of((every.filter(state=state) if state in set(JobState) else every).newest_first(), request.GET)
    context = {"page": page, "state": state, "states": JOB_STATE_LABELS}
    return render(request, "organisations/operations_jobs.html", context)


@require_safe
@requires(Permission.SEE_OPERATIONS)
def operations_job(request: Request, job_id: UUID) -> HttpResponse:
    """One job: how far it is, and where in the code it failed."""
    job = get_object_or_404(Job.objects.visible_to(request.acting, operating=True), pk=job_id)
    return render(request, "organisations/operations_job.html", {"job": job})


@require_POST
@requires(Permission.SEE_OPERATIONS)
def operations_run_again(request: Request, job_id: UUID) -> HttpResponse:
    """Let a job that failed go on, for whoever asked for it."""
    job = get_object_or_404(Job.objects.visible_to(request.acting, operating=True), pk=job_id)
    try:
        jobs.run_again(job=job, by=request.acting)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "It will go on from where it stopped.")
    return redirect("operations_job", job_id)


@require_safe
@requires(Permission.SEE_OPERATIONS)
def operations_mail(request: Request) -> HttpResponse:
    """Whether e-mail arrives: kinds and masked addresses, never what a message was about."""
    every = SentMail.objects.visible_to(request.acting, operating=True)
    state = request.GET.get("state", "")
    page = page_of((every.filter(state=state) if state in set(MailState) else every).newest_first(), request.GET)
    kept = settings.ENVIRONMENT.keep_sent_mail_days
    context = {"page": page, "state": state, "states": MAIL_STATE_LABELS, "kept": kept}
    return render(request, "organisations/operations_mail.html", context)


@require_safe
@requires(Permission.SEE_ACTIVITY)
def sent_mail(request: Request) -> HttpResponse:
    """The e-mails that were sent for the organisation: to whom, why, and whether they arrived."""
    kept = settings.ENVIRONMENT.keep_sent_mail_days
    page = page_of(SentMail.objects.visible_to(request.acting).select_related("user").newest_first(), request.GET)
    return render(request, "organisations/sent_mail.html", {"page": page, "kept": kept})
