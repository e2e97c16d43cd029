"""Importing the register of childcare providers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.exports import csv_response
from trellis.core.files import takes_files_up_to
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.organisations.actions.register import ask_for_import, import_tried_file
from trellis.organisations.forms.register import LARGEST, NONE, ImportForm
from trellis.organisations.models import Provider, RegisterImport
from trellis.organisations.results import counted, result_table

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, StreamingHttpResponse

    from trellis.accounts.acting import Request


@takes_files_up_to(LARGEST)
@require_http_methods(["GET", "POST"])
@requires(Permission.IMPORT_REGISTER)
def import_register(request: Request) -> HttpResponse:
    """Upload a file and let it be imported; below, what was imported before."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_valid():
        answers = form.cleaned_data
        try:
            wanted = ask_for_import(
                upload=answers["file"],
                dry_run=answers["dry_run"],
                complete=answers["complete"],
                all_or_nothing=answers["if_rejected"] == NONE,
                by=request.acting,
            )
            return redirect("register_import", wanted.pk)
        except Refused as refused:
            form.add_error("file", str(refused))
    earlier = page_of(RegisterImport.objects.visible_to(request.acting).newest_first(), request.GET)
    context = {"form": form, "page": earlier, "has_settings": Provider.objects.visible_to(request.acting).exists()}
    return render(request, "organisations/import_register.html", context)


@require_safe
@never_cache
@requires(Permission.IMPORT_REGISTER)
def register_import(request: Request, import_id: UUID) -> HttpResponse:
    """How far an import is, and what came of it: the counts, and every row that was rejected."""
    wanted = get_object_or_404(RegisterImport.objects.visible_to(request.acting).select_related("job"), pk=import_id)
    rejected = page_of(wanted.rejected_lines.order_by("line", "pk"), request.GET)
    context = {"wanted": wanted, "job": wanted.job, "counted": counted(wanted), "page": rejected}
    return render(request, "organisations/register_import.html", context)


@require_POST
@requires(Permission.IMPORT_REGISTER)
def import_tried(request: Request, import_id: UUID) -> HttpResponse:
    """Import the file of a try-out."""
    tried = get_object_or_404(RegisterImport.objects.visible_to(request.acting), pk=import_id)
    try:
        return redirect("register_import", import_tried_file(tried=tried, by=request.acting).pk)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("register_import", tried.pk)


@require_safe
@requires(Permission.IMPORT_REGISTER)
def register_import_result(request: Request, import_id: UUID) -> HttpResponse | StreamingHttpResponse:
    """The whole result as CSV; when it is not kept any more, the page that says so."""
    wanted = get_object_or_404(RegisterImport.objects.visible_to(request.acting), pk=import_id)
    if wanted.tidied_at:
        return redirect("register_import", import_id)
    return csv_response(result_table(wanted), timezone.localdate())
