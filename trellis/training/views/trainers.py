"""Who teaches a cohort."""

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
from trellis.training.forms.cohort import TrainerForm
from trellis.training.models import TrainerAssignment
from trellis.training.views.finding import cohort_to_run

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def assign_trainer(request: Request, cohort_id: UUID) -> HttpResponse:
    """Let somebody teach a cohort; who teaches it now."""
    cohort = cohort_to_run(request, cohort_id)
    form = TrainerForm(request.POST if request.method == "POST" else None, people=actions.who_can_teach(cohort))
    if form.is_valid():
        try:
            actions.assign_trainer(cohort=cohort, user=form.cleaned_data["trainer"].user, by=request.acting)
        except Refused as refused:
            form.add_error("trainer", str(refused))
        else:
            messages.success(request, "They teach this cohort, and see its learners")
            return redirect(cohort)
    teaching = TrainerAssignment.objects.visible_to(request.acting).of_cohort(cohort)
    context = {"form": form, "cohort": cohort, "teaching": teaching}
    return render(request, "training/assign_trainer.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def end_assignment(request: Request, assignment_id: UUID) -> HttpResponse:
    """Make sure, then let somebody teach a cohort no more."""
    found = TrainerAssignment.objects.visible_to(request.acting).select_related("cohort", "user")
    teaching = get_object_or_404(found, pk=assignment_id)
    if not teaching.cohort.is_run_by(request.acting):
        raise PermissionDenied
    if request.method == "POST":
        try:
            actions.end_assignment(teaching=teaching, by=request.acting)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "They teach this cohort no more")
        return redirect(teaching.cohort)
    return render(request, "training/end_assignment.html", {"teaching": teaching})
