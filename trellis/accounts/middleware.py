"""What surrounds the requests of signed-in people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.accounts.sessions import SHARED_DEVICE, note_use

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def in_use(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Keep the session of a signed-in person alive, and keep their pages out of the browser’s store.

    On a shared device nothing is stored at all, so that the next person cannot leaf back; elsewhere the
    browser may keep a page for itself (and what was typed into it) but asks again before showing it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        note_use(request)
        shared = request.session.get(SHARED_DEVICE)
        response = get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store" if shared else "private, no-cache"
        return response

    return middleware
