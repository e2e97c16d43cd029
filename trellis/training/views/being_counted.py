"""What a setting sees of cohorts that are being planned: which, and whether it is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.staffing.models import Colleague
from trellis.training.actions import planning as actions
from trellis.training.forms.planning import CountedForm
from trellis.training.models import Counted, Planning, PlanningStatus

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request


@require_safe
@requires(Permission.BOOK_TRAINING)
def courses_planned(request: Request) -> HttpResponse:
    """The courses that are being planned for one’s authority, and in which one is counted."""
    own = {
        each.planning_id: each for each in Counted.objects.visible_to(request.acting).live().prefetch_related("people")
    }
    rows = Planning.objects.visible_to(request.acting).select_related("programme__centre")
    return render(request, "training/courses_planned.html", {"plannings": [(each, own.get(each.pk)) for each in rows]})


@require_http_methods(["GET", "POST"])
@requires(Permission.BOOK_TRAINING)
def be_counted(request: Request, planning_id: UUID) -> HttpResponse:
    """Agree to be counted, or say something else of it."""
    acting = request.acting
    planning = get_object_or_404(
        Planning.objects.visible_to(acting).select_related("programme__centre"), pk=planning_id
    )
    agreed = Counted.objects.visible_to(acting).live().filter(planning=planning).first()
    if planning.status != PlanningStatus.ASKING and request.method == "GET":
        return render(request, "training/is_counted.html", {"planning": planning, "agreed": agreed})
    colleagues = list(Colleague.objects.visible_to(acting))
    data = request.POST if request.method == "POST" else None
    form = CountedForm(data, planning=planning, colleagues=colleagues, agreed=agreed)
    if form.is_valid():
        try:
            actions.be_counted(planning=planning, by=acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "You are counted")
            return redirect("courses_planned")
    context = {"form": form, "planning": planning, "agreed": agreed, "colleagues": colleagues}
    return render(request, "training/be_counted.html", context)


@require_POST
@requires(Permission.BOOK_TRAINING)
def stop_being_counted(request: Request, planning_id: UUID) -> HttpResponse:
    """Not be counted any more."""
    rows = Counted.objects.visible_to(request.acting).live().select_related("planning")
    counted = get_object_or_404(rows, planning=planning_id)
    actions.stop_being_counted(counted=counted, by=request.acting)
    messages.success(request, "You are not counted any more")
    return redirect("courses_planned")
