"""The editions of the ratio rules: what each says, and what became otherwise from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trellis.core.access import signed_in
from trellis.qualifications.catalogue.certainty import in_words
from trellis.staffing.asking import rule_said, value_said
from trellis.staffing.editions.loading import edition_on, editions
from trellis.staffing.forms.editions import CompareForm
from trellis.staffing.rules.edition import changes

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@signed_in
def ratio_rules(request: Any) -> HttpResponse:
    """Two editions beside each other, and everything that the newer one says. The rules are nobody’s secret."""
    form = CompareForm(request.GET, editions=editions())
    context = {
        "form": form,
        "changes": changes(form.before, form.after),
        "edition_now": edition_on(timezone.localdate()),
        "rule_said": rule_said,
        "value_said": value_said,
        "certainty": in_words,
        "shows_week": request.acting is not None and request.acting.may("see_staffing"),
    }
    return render(request, "staffing/ratio_rules.html", context)
