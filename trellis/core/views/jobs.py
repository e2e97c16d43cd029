"""A person’s own background jobs: how far they are, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from trellis.core import jobs
from trellis.core.access import signed_in
from trellis.core.models import Job
from trellis.core.paging import page_of
from trellis.core.refusal import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from trellis.core.audit import Actor


@require_safe
@signed_in
def list_jobs(request: HttpRequest) -> HttpResponse:
    """What the person asked for, newest first."""
    page = page_of(Job.objects.of(request.user).newest_first(), request.GET)
    return render(request, "core/jobs.html", {"page": page})


@require_safe
@never_cache
@signed_in
def show_job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """One job: how far it is, what came out, or why it failed. Without a script, a link reads it anew."""
    job = get_object_or_404(Job.objects.of(request.user), pk=job_id)
    return render(request, "core/job.html", {"job": job})


@require_safe
@never_cache
@signed_in
def job_progress(request: HttpRequest, job_id: UUID) -> JsonResponse:
    """How far a job is, for the script that keeps its page up to date."""
    job = get_object_or_404(Job.objects.of(request.user), pk=job_id)
    told = {"state": job.state, "label": job.get_state_display(), "done": job.done, "total": job.total}
    return JsonResponse(told | {"percent": job.percent, "note": job.note, "finished": job.is_finished})


@require_POST
@signed_in
def cancel_job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Call a job off."""
    job = get_object_or_404(Job.objects.of(request.user), pk=job_id)
    try:
        jobs.cancel(job=job, by=actor(request))
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "Cancelled. What was done before stays.")
    return redirect("job", job_id)


@require_POST
@signed_in
def run_job_again(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Let a job that failed or was cancelled go on."""
    job = get_object_or_404(Job.objects.of(request.user), pk=job_id)
    try:
        jobs.run_again(job=job, by=actor(request))
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "It will go on from where it stopped.")
    return redirect("job", job_id)


def actor(request: HttpRequest) -> Actor:
    """As whom the person acts; somebody who belongs to no organisation any more does nothing here."""
    acting: Actor | None = getattr(request, "acting", None)
    if acting is None:
        raise Http404
    return acting
