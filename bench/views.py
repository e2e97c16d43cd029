"""The least that a view can do, and the least that a page of Trellis can do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trellis.core.access import public, signed_in
from trellis.organisations.models import Provider

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
