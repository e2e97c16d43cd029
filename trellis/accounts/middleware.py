"""What surrounds the requests of signed-in people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.accounts.sessions import note_use

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def in_use(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Keep the session of a signed-in person alive, and keep their pages out of the browser’s store.

    Whoever uses the device next cannot leaf back: docs/decisions/0082-nothing-stays-on-a-shared-tablet.md.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        note_use(request)
        response = get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware
