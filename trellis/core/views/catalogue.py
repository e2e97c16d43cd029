"""The catalogue of components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from trellis.core.access import public
from trellis.core.catalogue import COLOURS, LONG, form_with_mistakes, sample_rows, sound_forms

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@public
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for whoever builds a page.

    `?rows=200` makes the table long; `?mistakes=yes` shows the form with every mistake in it.
    """
    wanted = request.GET.get("rows", "")
    rows = sample_rows(int(wanted[:9]) if wanted.isascii() and wanted.isdigit() else 4)
    form = form_with_mistakes() if "mistakes" in request.GET else None
    context = {
        "form": form,
        "examples": [form] if form else sound_forms(),
        "rows": rows,
        "colours": COLOURS,
        "long": LONG,
    }
    return render(request, "core/catalogue.html", context)
