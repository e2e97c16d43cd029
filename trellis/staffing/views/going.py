"""Who can go: the check of a day, and the ways out. It tells, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.staffing.asking import asked, rule_said
from trellis.staffing.forms.going import GoingForm
from trellis.staffing.reading import changes_on, week_of
from trellis.staffing.rules.overview import change_said

if TYPE_CHECKING:
    from django.http import HttpResponse

    from trellis.accounts.acting import Request


@require_safe
@requires(Permission.SEE_STAFFING)
def who_can_go(request: Request) -> HttpResponse:
    """Whether somebody can be away: possible, tight or not possible, why, and what would help."""
    week = week_of(request.acting)
    form = GoingForm(request.GET, colleagues=week.colleagues)
    context: dict[str, object] = {"form": form, "week": week, "rule_said": rule_said}
    if form.is_valid():
        on = form.cleaned_data["on"]
        changes = changes_on(request.acting, on)
        context["changes"] = [change_said(each) for each in changes]
        context["told"] = asked(week, changes, on, form.leaving, travel=form.travel_minutes)
    return render(request, "staffing/who_can_go.html", context)
