"""A group and its settings: which they are, and nothing of their work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.organisations.actions.groups import ask_setting, leave_group, withdraw_request
from trellis.organisations.forms.organisation import AskSettingForm
from trellis.organisations.models import GroupRequest, Organisation

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_GROUP)
def group_settings(request: Request) -> HttpResponse:
    """The settings of the group by name, those that are asked to join, and asking another."""
    form = AskSettingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            asked = ask_setting(number=form.cleaned_data["number"], by=request.acting)
            messages.success(request, f"We have asked {asked.setting.name}. Its manager decides.")
            return redirect("group_settings")
        except Refused as refused:
            form.add_error("number", str(refused))
    own = Organisation.objects.visible_to(request.acting).filter(group_id=request.acting.organisation_id)
    waiting = GroupRequest.objects.visible_to(request.acting).open().select_related("setting")
    context = {
        "form": form,
        "page": page_of(own.select_related("authority", "provider").order_by("name", "pk"), request.GET),
        "waiting": list(waiting.order_by("asked_at", "pk")[:50]),
    }
    return render(request, "organisations/group_settings.html", context)


@require_POST
@requires(Permission.SEE_GROUP)
def withdraw_group_request(request: Request, request_id: UUID) -> HttpResponse:
    """Take back what a setting was asked."""
    asked = get_object_or_404(GroupRequest.objects.visible_to(request.acting), pk=request_id)
    try:
        withdraw_request(request=asked, by=request.acting)
        messages.success(request, f"{asked.setting.name} is not asked any more.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("group_settings")


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_GROUP)
def let_setting_go(request: Request, setting_id: UUID) -> HttpResponse:
    """Make sure, and take a setting out of the group."""
    own = Organisation.objects.visible_to(request.acting).filter(group_id=request.acting.organisation_id)
    setting = get_object_or_404(own, pk=setting_id)
    if request.method == "GET":
        return render(request, "organisations/let_setting_go.html", {"setting": setting})
    try:
        leave_group(setting=setting, by=request.acting)
        messages.success(request, f"{setting.name} does not belong to the group any more.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("group_settings")
