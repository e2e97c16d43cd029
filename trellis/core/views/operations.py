"""For whoever keeps the installation running: is it alive, is it ready. Machines read these pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trellis.core.access import public
from trellis.core.operations.readiness import checks

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
@public
def health(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers. Nothing else is asked."""
    return HttpResponse("alive", content_type="text/plain")


@require_safe
@never_cache
@public
def ready(request: HttpRequest) -> JsonResponse:
    """Ready: database, storage, migrations and queue are in order (200), or what is not (503)."""
    found = checks()
    is_ready = not any(check.problem for check in found)
    told = {"ready": is_ready, "checks": {check.name: check.as_json() for check in found}}
    return JsonResponse(told, status=200 if is_ready else 503)
