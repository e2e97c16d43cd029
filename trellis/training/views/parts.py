"""Parts of a session: a new one, changing one, taking one out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.forms.parts import PartForm
from trellis.training.models import Part
from trellis.training.views.finding import session_to_run

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request


def _part_to_run(request: Request, part_id: UUID) -> Part:
    """A part in a cohort that somebody looks after; another that they see is refused."""
    found = Part.objects.visible_to(request.acting).select_related("session__cohort")
    part = get_object_or_404(found, pk=part_id)
    if not part.session.cohort.is_run_by(request.acting):
        raise PermissionDenied
    return part


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def add_part(request: Request, session_id: UUID) -> HttpResponse:
    """Add a part to a session."""
    session = session_to_run(request, session_id)
    form = PartForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.add_part(session=session, plan=form.plan, by=request.acting)
        except Refused as refused:
            form.add_error("starts", str(refused))
        else:
            messages.success(request, "The part is added")
            return redirect(session)
    return render(request, "training/add_part.html", {"form": form, "session": session})


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def change_part(request: Request, part_id: UUID) -> HttpResponse:
    """Change a part; once somebody is marked in it, only its words."""
    part = _part_to_run(request, part_id)
    marked = actions.is_marked(part)
    form = PartForm(request.POST if request.method == "POST" else None, part=part, marked=marked)
    if form.is_valid():
        try:
            actions.change_part(part=part, plan=form.plan, because=form.because_said, by=request.acting)
        except Refused as refused:
            form.add_error("label" if marked else "starts", str(refused))
        else:
            messages.success(request, "The part is changed")
            return redirect(part.session)
    return render(request, "training/change_part.html", {"form": form, "part": part, "marked": marked})


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def remove_part(request: Request, part_id: UUID) -> HttpResponse:
    """Make sure, then take a part out of a session."""
    part = _part_to_run(request, part_id)
    if request.method == "POST":
        try:
            actions.remove_part(part=part, by=request.acting)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The part is taken out")
        return redirect(part.session)
    return render(request, "training/remove_part.html", {"part": part})
