"""Looking a certificate up: at which level does it count?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from trellis.core.access import public
from trellis.core.paging import page_of
from trellis.qualifications.forms.catalogue import ListForm
from trellis.qualifications.models import ListedQualification

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@public
def listed_qualifications(request: Any) -> HttpResponse:
    """The list, narrowed by words, level and the year in which the course was begun."""
    form = ListForm(request.GET)
    answers = form.cleaned_data if form.is_valid() else {}
    rows = ListedQualification.objects.visible_to(request.acting).with_words(answers.get("q", ""))
    if answers.get("level"):
        rows = rows.filter(level=int(answers["level"]))
    if answers.get("year"):
        rows = rows.begun_in(answers["year"])
    context = {"form": form, "page": page_of(rows.in_order(), request.GET), "narrows": any(answers.values())}
    return render(request, "qualifications/listed.html", context)
