"""Sets of criteria: those for everybody, and those that an organisation has loaded for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.access import public
from trellis.core.exports import csv_response, xlsx_response
from trellis.core.refusal import Refused
from trellis.qualifications.actions.criteria_import import compared, read_file, take_file
from trellis.qualifications.criteria_file import filled, template
from trellis.qualifications.forms.criteria import NONE, ImportCriteriaForm, TwoSetsForm
from trellis.qualifications.models import CriteriaImport, CriteriaSet, Criterion, Qualification
from trellis.qualifications.rules.criteria import why_not_take

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from trellis.accounts.acting import Acting, Request

SHOWN_AT_ONCE, FILES_SHOWN = 200, 10


@require_safe
@requires(Permission.SEE_CRITERIA)
def criteria_sets(request: Request) -> HttpResponse:
    """The sets that one sees, and two of them to be looked at side by side."""
    sets = list(CriteriaSet.objects.visible_to(request.acting).in_order()[:SHOWN_AT_ONCE])
    form = TwoSetsForm(request.GET if "other" in request.GET else None, sets=sets)
    if form.is_valid():
        return redirect("crosswalk", form.cleaned_data["one"], form.cleaned_data["other"])
    files = CriteriaImport.objects.visible_to(request.acting).order_by("-read_at", "pk")[:FILES_SHOWN]
    return render(request, "qualifications/criteria_sets.html", {"sets": sets, "form": form, "files": files})


@require_safe
@public
def criteria_set(request: Any, set_id: UUID) -> HttpResponse:
    """One set, unit by unit."""
    found = get_object_or_404(CriteriaSet.objects.visible_to(request.acting), pk=set_id)
    units = found.units.order_by("position").prefetch_related("outcomes__criteria")
    context = {"set": found, "units": units, "others": beside(request.acting, found)}
    return render(request, "qualifications/criteria_set.html", context)


def beside(acting: Acting | None, shown: CriteriaSet) -> list[CriteriaSet]:
    """The sets that somebody can look at beside this one."""
    if acting is None or not acting.may(Permission.SEE_CRITERIA):
        return []
    return list(CriteriaSet.objects.visible_to(acting).exclude(pk=shown.pk).in_order()[:FILES_SHOWN])


@require_safe
@public
def export_criteria(request: Any, set_id: UUID, kind: str) -> HttpResponseBase:
    """A set as the file that can be filled in and loaded."""
    found = get_object_or_404(CriteriaSet.objects.visible_to(request.acting), pk=set_id)
    if kind not in ("csv", "xlsx"):
        raise Http404
    table, today = filled(str(found), Criterion.objects.visible_to(request.acting).of_set(found)), timezone.localdate()
    return csv_response(table, today) if kind == "csv" else xlsx_response(table, today)


@require_safe
@requires(Permission.CHANGE_CRITERIA)
def criteria_template(request: Request, kind: str) -> HttpResponseBase:
    """The empty file to fill in."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    today = timezone.localdate()
    return csv_response(template(), today) if kind == "csv" else xlsx_response(template(), today)


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_CRITERIA)
def import_criteria(request: Request) -> HttpResponse:
    """Load a file; nothing changes before what it says was seen."""
    offered = Qualification.objects.visible_to(request.acting).offered(timezone.localdate()).in_order()
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportCriteriaForm(*sent, offered=offered)
    if form.is_valid():
        answers = form.cleaned_data
        try:
            kept = read_file(
                upload=answers["upload"],
                title=answers["title"],
                edition=answers["edition"],
                publisher=answers["publisher"],
                qualification_key=answers["qualification"],
                all_or_nothing=answers["if_rejected"] == NONE,
                by=request.acting,
            )
            return redirect(kept)
        except Refused as refusal:
            form.add_error("upload", str(refusal))
    return render(request, "qualifications/import_criteria.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_CRITERIA)
def criteria_import(request: Request, import_id: UUID) -> HttpResponse:
    """What a file says, row by row; sent, it is taken."""
    wanted = get_object_or_404(CriteriaImport.objects.visible_to(request.acting).select_related("into"), pk=import_id)
    if request.method == "POST":
        try:
            taken, changed = take_file(wanted=wanted, by=request.acting)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(wanted)
        said = "The criteria are loaded." if changed else "Nothing changed: the set said the same already."
        messages.success(request, said)
        return redirect(taken)
    reason = why_not_take(
        taken=wanted.taken_at is not None,
        rows=len(wanted.rows),
        rejected=len(wanted.rejected),
        all_or_nothing=wanted.all_or_nothing,
    )
    context = {"wanted": wanted, "found": compared(wanted), "why_not": reason}
    return render(request, "qualifications/criteria_import.html", context)
