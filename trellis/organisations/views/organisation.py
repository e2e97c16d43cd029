"""One’s own organisation and its group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.organisations.actions.groups import answer_request, leave_group
from trellis.organisations.actions.organisation import change_organisation
from trellis.organisations.forms.organisation import AnswerGroupForm, OrganisationForm
from trellis.organisations.models import GroupRequest, Organisation

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request


def own_organisation(request: Request) -> Organisation:
    """The organisation that the person acts for."""
    found = Organisation.objects.visible_to(request.acting).select_related("authority", "group", "provider__authority")
    return get_object_or_404(found, pk=request.acting.organisation_id)


@require_safe
@requires(Permission.SEE_PEOPLE)
def my_organisation(request: Request) -> HttpResponse:
    """What is known of it, what the register says, and which group asks for it."""
    asked = GroupRequest.objects.visible_to(request.acting).open().filter(setting_id=request.acting.organisation_id)
    context = {
        "organisation": own_organisation(request),
        "asked": list(asked.select_related("group").order_by("asked_at", "pk")[:20]),
        "may_change": request.acting.may(Permission.CHANGE_ORGANISATION),
    }
    return render(request, "organisations/my_organisation.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_ORGANISATION)
def change_my_organisation(request: Request) -> HttpResponse:
    """Change its name; of a setting also its kind, who runs it, and its authority; of a centre where to write to."""
    organisation = own_organisation(request)
    form = OrganisationForm(request.POST if request.method == "POST" else None, organisation=organisation)
    if form.is_valid():
        change_organisation(organisation=organisation, by=request.acting, **form.cleaned_data)
        messages.success(request, "The details are up to date.")
        return redirect("my_organisation")
    return render(request, "organisations/change_organisation.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_ORGANISATION)
def answer_group(request: Request, request_id: UUID) -> HttpResponse:
    """Join a group that asks, or not."""
    received = GroupRequest.objects.visible_to(request.acting).filter(setting_id=request.acting.organisation_id)
    asked = get_object_or_404(received.select_related("group", "setting", "asked_by"), pk=request_id)
    form = AnswerGroupForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            answer_request(request=asked, joins=form.cleaned_data["joins"] == AnswerGroupForm.YES, by=request.acting)
            messages.success(request, f"We have told {asked.group.name}.")
            return redirect("my_organisation")
        except Refused as refused:
            form.add_error("joins", str(refused))
    return render(request, "organisations/answer_group.html", {"form": form, "asked": asked})


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_ORGANISATION)
def leave_my_group(request: Request) -> HttpResponse:
    """Make sure, and leave the group."""
    organisation = own_organisation(request)
    if request.method == "GET" and organisation.group:
        return render(request, "organisations/leave_group.html", {"group": organisation.group})
    try:
        leave_group(setting=organisation, by=request.acting)
        messages.success(request, "Your setting belongs to no group any more.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("my_organisation")
