"""Everything about a setting as one file: asking for it, and taking it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.files import file_response
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review.models import SettingFile
from trellis.review.rules.setting_file import KEPT_FOR

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.acting import Request

SHOWN = 10


@require_http_methods(["GET", "POST"])
@requires(Permission.TAKE_EVERYTHING)
def setting_files(request: Request) -> HttpResponse:
    """The files made so far, and the button for a new one."""
    if request.method == "POST":
        try:
            return redirect("job", actions.ask_for_setting_file(by=request.acting).pk)
        except Refused as refused:
            messages.warning(request, str(refused))
            return redirect("setting_files")
    now = timezone.now()
    found = (
        SettingFile.objects.visible_to(request.acting).select_related("asked_by", "file").order_by("-asked_at", "pk")
    )
    lines = [(each, each.can_be_taken(now)) for each in found[:SHOWN]]
    return render(request, "review/setting_files.html", {"lines": lines, "days": KEPT_FOR.days})


@require_safe
@requires(Permission.TAKE_EVERYTHING)
def take_setting_file(request: Request, setting_file_id: UUID) -> HttpResponseBase:
    """The file, until it goes."""
    found = SettingFile.objects.visible_to(request.acting).select_related("file")
    wanted = get_object_or_404(found, pk=setting_file_id)
    if not wanted.can_be_taken(timezone.now()) or wanted.file is None:
        raise Http404
    return file_response(wanted.file, request.acting)
