"""Trained trainers: who, where, what they hold, what they teach, when they delivered last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.exports import csv_response
from trellis.core.paging import page_of
from trellis.training.forms.teaching import NarrowTrainersForm
from trellis.training.teaching import narrowed, trainers_seen_by, trainers_table

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from trellis.accounts.acting import Request
    from trellis.training.teaching import Trainer


def _narrowed(request: Request) -> tuple[NarrowTrainersForm, list[Trainer]]:
    """The form, and the trainers that fit it, as the page and its file show them."""
    everybody = trainers_seen_by(request.acting)
    form = NarrowTrainersForm(request.GET, areas={area for each in everybody for area in each.areas})
    return form, narrowed(everybody, **form.answers)


@require_safe
@requires(Permission.SEE_TRAINERS)
def trainers(request: Request) -> HttpResponse:
    """The trainers that somebody sees, by name, narrowed by region or authority and by who is free."""
    form, rows = _narrowed(request)
    context = {
        "form": form,
        "page": page_of(cast("Any", rows), request.GET),
        "today": timezone.localdate(),
        "narrows": any(form.answers.values()),
        "sees_holdings": request.acting.may(Permission.SEE_HOLDINGS),
    }
    return render(request, "training/trainers.html", context)


@require_safe
@requires(Permission.SEE_TRAINERS)
def export_trainers(request: Request, kind: str) -> HttpResponseBase:
    """The rows of the page as CSV."""
    if kind != "csv":
        raise Http404
    _, rows = _narrowed(request)
    return csv_response(trainers_table(rows, request.acting.organisation_name), timezone.localdate())
