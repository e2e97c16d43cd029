"""Closing one’s setting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trellis.accounts.permissions import requires, still_them
from trellis.accounts.roles import Permission
from trellis.organisations.forms.organisation import CloseForm
from trellis.organisations.models import Membership, Organisation
from trellis.review.actions.closing import close_setting
from trellis.review.models import Release

if TYPE_CHECKING:
    from django.http import HttpResponse

    from trellis.accounts.acting import Request


@require_http_methods(["GET", "POST"])
@requires(Permission.RELEASE_REVIEW)
@still_them
def close_my_setting(request: Request) -> HttpResponse:
    """Say what happens, make sure, and close the setting."""
    found = Organisation.objects.visible_to(request.acting).filter(kind="setting")
    setting = get_object_or_404(found, pk=request.acting.organisation_id)
    form = CloseForm(request.POST if request.method == "POST" else None, setting=setting)
    if form.is_valid():
        close_setting(setting=setting, by=request.acting)
        messages.success(request, f"{setting.name} is closed. Your own account is still there.")
        return redirect("account")
    people = Membership.objects.visible_to(request.acting).live().count()
    released = Release.objects.visible_to(request.acting).live(timezone.localdate()).count()
    context = {"form": form, "setting": setting, "people": people, "released": released}
    return render(request, "review/close_setting.html", context)
