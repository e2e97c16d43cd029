"""The catalogue of components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from trellis.core import catalogue as samples
from trellis.core.access import public
from trellis.core.rules.own_words import blocks

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@public
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for whoever builds a page.

    `?rows=200` makes the table long; `?filled=yes` shows the form filled in, `?mistakes=yes` with every mistake
    in it; `?layout=confirm` and `?layout=form` show the two layouts that are whole pages; their button leads back
    here and sends nothing.
    """
    layout = samples.LAYOUTS.get(request.GET.get("layout", ""))
    if layout:
        whole = {"title": "Archive the review?", "button": "Archive the review", "warning": True, "back": request.path}
        return render(request, layout, whole | {"form": samples.PersonForm(), "only_an_example": True})
    wanted = request.GET.get("rows", "")
    rows = samples.sample_rows(int(wanted[:9]) if wanted.isascii() and wanted.isdigit() else 4)
    form = samples.form_with_mistakes() if "mistakes" in request.GET else None
    context = {
        "form": form,
        "example": form or samples.sound_form(filled="filled" in request.GET),
        "rare": samples.RareForm(prefix="rare"),
        "people": samples.PeopleForm(prefix="people"),
        "rows": rows,
        "colours": samples.COLOURS,
        "long": samples.LONG,
        "own_text": blocks(samples.OWN_TEXT),
        "sample_messages": samples.sample_messages,
        "jobs": samples.sample_jobs(),
        "charts": samples.sample_charts(),
    }
    return render(request, "core/catalogue.html", context)
