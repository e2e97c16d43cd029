"""Sets of criteria: those for everybody, and those that an organisation has loaded for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from trellis.core.access import public
from trellis.qualifications.models import CriteriaSet

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse


@require_safe
@public
def criteria_set(request: Any, set_id: UUID) -> HttpResponse:
    """One set, unit by unit."""
    found = get_object_or_404(CriteriaSet.objects.visible_to(request.acting), pk=set_id)
    units = found.units.order_by("position").prefetch_related("outcomes__criteria")
    return render(request, "qualifications/criteria_set.html", {"set": found, "units": units})
