"""One day, and what is otherwise on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.staffing.actions import days as actions
from trellis.staffing.forms.days import FORMS
from trellis.staffing.models import ChangeKind, Colleague, DayChange
from trellis.staffing.reading import changes_on, week_of
from trellis.staffing.rules.overview import at_work_on, change_said
from trellis.staffing.views.finding import date_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request


@require_safe
@requires(Permission.SEE_STAFFING)
def show_day(request: Request, on: str) -> HttpResponse:
    """Who is there on a day, and what is otherwise."""
    day, week = date_of(on), week_of(request.acting)
    changes = changes_on(request.acting, day)
    usual, otherwise = week.day_on(day, []), week.day_on(day, changes)
    context = {
        "day": day,
        "changes": [(each, change_said(each)) for each in changes],
        "people": at_work_on(usual, otherwise) if usual and otherwise else [],
        "why_no_day": "" if usual else week.why_no_day(day),
        "over": day < timezone.localdate(),
        "kinds": ChangeKind,
    }
    return render(request, "staffing/day.html", context)


@require_POST
@requires(Permission.CHANGE_STAFFING)
def off_all_day(request: Request, on: str, colleague_id: UUID) -> HttpResponse:
    """Somebody is off on a day."""
    colleague = get_object_or_404(Colleague.objects.visible_to(request.acting), pk=colleague_id)
    try:
        actions.off_all_day(colleague=colleague, on=date_of(on), today=timezone.localdate(), by=request.acting)
        messages.success(request, f"{colleague} is off on this day.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("show_day", on)


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_STAFFING)
def change_day(request: Request, on: str, kind: str) -> HttpResponse:
    """Write down what is otherwise on a day."""
    day = date_of(on)
    if kind not in FORMS:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = FORMS[kind](sent, week=week_of(request.acting), address=request.GET)
    if form.is_valid():
        try:
            actions.change_day(on=day, today=timezone.localdate(), kind=form.kind, by=request.acting, **form.said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("show_day", on)
    return render(request, "staffing/change_day.html", {"form": form, "day": day, "on": on})


@require_POST
@requires(Permission.CHANGE_STAFFING)
def take_back(request: Request, change_id: UUID) -> HttpResponse:
    """Take back what was otherwise."""
    change = get_object_or_404(DayChange.objects.visible_to(request.acting), pk=change_id)
    actions.take_back(change=change, by=request.acting)
    messages.success(request, "It is taken back.")
    return redirect("show_day", change.on.isoformat())
