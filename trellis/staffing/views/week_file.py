"""The week as a file, out and in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.exports import csv_response
from trellis.core.refusal import Refused
from trellis.staffing.actions.week_file import take_week_file
from trellis.staffing.files import week_table
from trellis.staffing.forms.week_file import WeekFileForm
from trellis.staffing.reading import week_of
from trellis.staffing.rules.weeks import WEEKDAYS

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from trellis.accounts.acting import Request


@require_safe
@requires(Permission.SEE_STAFFING)
def take_week(request: Request) -> HttpResponseBase:
    """The week as CSV."""
    return csv_response(week_table(week_of(request.acting), request.acting.organisation_name), timezone.localdate())


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_STAFFING)
def week_file(request: Request) -> HttpResponse:
    """Look at what a file says, and take it or not."""
    sent = request.method == "POST"
    week = week_of(request.acting)
    form = WeekFileForm(request.POST if sent else None, request.FILES if sent else None, week=week)
    if form.is_valid() and form.found and "take" in request.POST:
        try:
            take_week_file(file=form.found, seen=request.POST.get("seen", ""), by=request.acting)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is written down.")
            return redirect("our_week")
    # When somebody else was faster, the file is looked at anew beside what stands there now.
    found = form.found if sent and (not form.errors or "take" in request.POST) else None
    context = {"form": form, "found": found, "seen": week.seen, "weekdays": WEEKDAYS}
    return render(request, "staffing/week_file.html", context)
