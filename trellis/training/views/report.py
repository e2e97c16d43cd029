"""The report of a programme: who started, stayed and finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.documents import pdf_response
from trellis.core.exports import csv_response
from trellis.core.paging import page_of
from trellis.training.models import Cohort, Milestone, Place
from trellis.training.reports import (
    COUNTING,
    HEADINGS,
    counted_by,
    counted_in_all,
    counted_of,
    learners_table,
    report_document,
)
from trellis.training.views.programme import COHORTS_SHOWN, programme_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http.response import HttpResponseBase

    from trellis.accounts.acting import Request


@require_safe
@requires(Permission.RUN_PROGRAMMES)
def programme_report(request: Request, programme_id: UUID) -> HttpResponseBase:
    """How many of each cohort started, stayed and finished, against the targets, and why learners withdrew."""
    programme = programme_or_404(request, programme_id)
    milestones = Milestone.objects.visible_to(request.acting).filter(place__cohort__programme=programme)
    places = Place.objects.visible_to(request.acting).filter(cohort__programme=programme)
    cohorts = Cohort.objects.visible_to(request.acting).filter(programme=programme).order_by("-starts_on", "pk")
    page = page_of(cohorts, request.GET, size=COHORTS_SHOWN)
    total, reasons = counted_in_all(places, milestones)
    context = {
        "programme": programme,
        "headings": ["Cohort", *(f"{words}#" for words in HEADINGS.values())],
        "counting": COUNTING,
        "page": page,
        "counted": counted_of(page.rows, places, milestones),
        "total": total,
        "reasons": reasons,
    }
    return render(request, "training/programme_report.html", context)


@require_safe
@requires(Permission.RUN_PROGRAMMES)
def export_programme_report(request: Request, programme_id: UUID, kind: str) -> HttpResponseBase:
    """Every learner as CSV for the centre itself; figures by authority as PDF for the funder."""
    programme = programme_or_404(request, programme_id)
    places = Place.objects.visible_to(request.acting).filter(cohort__programme=programme)
    if kind == "csv":
        return csv_response(learners_table(programme, places), timezone.localdate())
    if kind != "pdf":
        raise Http404
    milestones = Milestone.objects.visible_to(request.acting).filter(place__cohort__programme=programme)
    counted = sorted(counted_by("authority__name", places, milestones).values(), key=lambda each: each.name)
    return pdf_response(report_document(programme, counted, timezone.localdate()))
