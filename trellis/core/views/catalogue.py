"""The catalogue of components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from trellis.core.access import public
from trellis.core.catalogue import COLOURS, LONG, catalogue_forms, sample_rows

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@public
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for whoever builds a page. `?rows=200` makes the table long."""
    wanted = request.GET.get("rows", "")
    rows = sample_rows(int(wanted) if wanted.isascii() and wanted.isdigit() else 4)
    context = {"forms": catalogue_forms(), "rows": rows, "colours": COLOURS, "long": LONG}
    return render(request, "core/catalogue.html", context)
