"""What to say when something is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from trellis.core.context import current_origin
from trellis.core.rules.typed import what_was_typed

if TYPE_CHECKING:
    from django.http import HttpRequest


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What you may see but not do."""
    return render(request, "core/forbidden.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same answer for what is not there and what is not yours."""
    return render(request, "core/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed; nothing about it is shown but a reference to its log line.

    The page is made without the request: the database or the session may be what failed.
    """
    page = render_to_string("core/broken.html", {"reference": current_origin().request_id[:8]})
    return HttpResponse(page, status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was sent without its protection: usually a page left open for too long. What was typed is shown, to those
    who sent it from a page of ours."""
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    typed = what_was_typed(request.POST.items()) if ours else []
    return render(request, "core/form_expired.html", {"typed": typed}, status=403)
