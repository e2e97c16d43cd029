"""The people of a setting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.organisations.models import Membership
from trellis.staffing.actions import colleagues as actions
from trellis.staffing.forms.colleagues import ColleagueForm
from trellis.staffing.models import Colleague
from trellis.staffing.rules.weeks import MOST_PEOPLE
from trellis.staffing.views.finding import version_in
from trellis.staffing.views.rooms import own_rules_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request


def _form(request: Request, colleague: Colleague | None = None) -> ColleagueForm:
    members = Membership.objects.visible_to(request.acting).live().select_related("user").order_by("user__name", "pk")
    return ColleagueForm(
        request.POST if request.method == "POST" else None,
        colleague=colleague,
        members=members[:MOST_PEOPLE],
        provision=own_rules_of(request.acting).provision,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_STAFFING)
def add_colleague(request: Request) -> HttpResponse:
    """Write down somebody who works here; with “Save and add another” the next one at once."""
    form = _form(request)
    if form.is_valid():
        try:
            colleague = actions.add_colleague(by=request.acting, **form.said)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"{colleague} is written down.")
            return redirect("add_colleague" if "another" in request.POST else "our_week")
    return render(request, "staffing/colleague.html", {"form": form, "colleague": None})


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_STAFFING)
def change_colleague(request: Request, colleague_id: UUID) -> HttpResponse:
    """Say something else of somebody."""
    colleague = get_object_or_404(Colleague.objects.visible_to(request.acting), pk=colleague_id)
    form = _form(request, colleague)
    if form.is_valid():
        version = version_in(request)
        try:
            actions.change_colleague(colleague=colleague, version=version, by=request.acting, **form.said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("our_week")
    return render(request, "staffing/colleague.html", {"form": form, "colleague": colleague})


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_STAFFING)
def remove_colleague(request: Request, colleague_id: UUID) -> HttpResponse:
    """Take somebody out."""
    colleague = get_object_or_404(Colleague.objects.visible_to(request.acting), pk=colleague_id)
    if request.method == "GET":
        return render(request, "staffing/remove_colleague.html", {"colleague": colleague})
    actions.remove_colleague(colleague=colleague, by=request.acting)
    messages.success(request, "The entry is taken out.")
    return redirect("our_week")
