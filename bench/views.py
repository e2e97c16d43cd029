"""The least that a view can do, that a page of Trellis can do, and that saving a register can do."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from trellis.core.access import public, signed_in
from trellis.organisations.models import Provider
from trellis.training.models import Mark, Part, Session

ROWS = 25


@public
def bare_view(request: HttpRequest) -> HttpResponse:
    """A word."""
    return HttpResponse("hello", content_type="text/plain")


@signed_in
def bare_page(request: HttpRequest) -> HttpResponse:
    """A signed-in session, one indexed query of 25 rows, the layout of every page, and nothing else."""
    rows = Provider.objects.visible_to(request.acting).by_name()[:ROWS]  # type: ignore[attr-defined]
    return render(request, "bench/bare_page.html", {"rows": rows})


@signed_in
@transaction.atomic
def bare_save(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """The form of a register read, one indexed query, the marks that changed written at once, and nothing else."""
    session = Session.objects.visible_to(request.acting).filter(pk=session_id)  # type: ignore[attr-defined]
    of_session = Part.objects.filter(session__in=session)
    parts = dict(of_session.values_list("position", "pk"))
    said = {name: str(value) for name, value in request.POST.items()}
    changed = [(cell, cell.partition("-")) for cell in said["changed"].split()]
    Mark.objects.bulk_create(
        Mark(
            place_id=uuid.UUID(place),
            part_id=parts[int(position.removeprefix("p"))],
            version=int(said[f"{cell}-version"]) + 1,
            status=said[f"{cell}-status"],
            because="Changed" if int(said[f"{cell}-version"]) else "",
            by=request.user,  # type: ignore[misc]
        )
        for cell, (position, _, place) in changed
    )
    return redirect("attendance_register", session_id)
