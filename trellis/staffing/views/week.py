"""The typical week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.staffing.actions import week as actions
from trellis.staffing.forms.week import MEALS, CopyForm, WeekdayForm
from trellis.staffing.models import UsualDay
from trellis.staffing.reading import changes_soon, plan_of, week_of
from trellis.staffing.rules.days import said
from trellis.staffing.rules.overview import aid_runs_out, days_ahead, expected_said, where_said
from trellis.staffing.rules.weeks import WEEKDAYS, Plan
from trellis.staffing.rules.words import PROVISIONS, STANDINGS
from trellis.staffing.views.finding import version_in, weekday_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from trellis.accounts.acting import Request


@require_safe
@requires(Permission.SEE_STAFFING)
def our_week(request: Request) -> HttpResponse:
    """Rooms, people, the weekdays, and what is otherwise soon."""
    week, today = week_of(request.acting), timezone.localdate()
    plans = {weekday: plan_of(usual) for weekday, usual in week.days.items()}
    rooms = {str(each.pk): each.name for each in week.rooms}
    context = {
        "week": week,
        "today": today,
        "weekdays": [
            (name, week.days.get(number), plans.get(number), expected_said(plans[number]) if number in plans else "")
            for number, name in enumerate(WEEKDAYS)
        ],
        "where": {str(each.pk): where_said(str(each.pk), plans, rooms) for each in week.colleagues},
        "standings": dict(STANDINGS),
        "provisions": dict(PROVISIONS),
        "time": said,
        "aid": aid_runs_out(week.colleagues, today),
        "ahead": days_ahead(today, {weekday for weekday, plan in plans.items() if plan.opening}),
        "changes": changes_soon(request.acting, today),
    }
    return render(request, "staffing/our_week.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_STAFFING)
def usual_day(request: Request, weekday: str) -> HttpResponse:
    """One weekday on one page."""
    number, week = weekday_of(weekday), week_of(request.acting)
    usual = week.days.get(number)
    plan = plan_of(usual) if usual else Plan()
    form = WeekdayForm(week.rooms, week.colleagues, plan, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.plan_day(weekday=number, plan=form.said, version=version_in(request), by=request.acting)
        except Refused as refusal:
            form.opening.add_error(None, str(refusal))
        else:
            messages.success(request, f"{WEEKDAYS[number]} is written down.")
            return redirect(*(["usual_day", weekday] if "more" in request.POST else ["our_week"]))
    context = {
        "form": form.opening,
        "day": form,
        "usual": usual,
        "title": WEEKDAYS[number],
        "meals": MEALS,
        "weekday": weekday,
    }
    return render(request, "staffing/usual_day.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_STAFFING)
def copy_day(request: Request, weekday: str) -> HttpResponse:
    """Copy a weekday to others."""
    number = weekday_of(weekday)
    usual = get_object_or_404(UsualDay.objects.visible_to(request.acting).whole(), weekday=number)
    form = CopyForm(request.POST if request.method == "POST" else None, weekday=number)
    if form.is_valid():
        try:
            actions.copy_day(usual=usual, to=form.cleaned_data["to"], by=request.acting)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            copied = ", ".join(WEEKDAYS[each] for each in form.cleaned_data["to"])
            messages.success(request, f"{usual} is copied: {copied}.")
            return redirect("our_week")
    return render(request, "staffing/copy_day.html", {"form": form, "usual": usual})
