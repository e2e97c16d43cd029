"""What surrounds a request that may bring files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.files.keeping import clearing_orphans
from trellis.core.files.upload import CUT_SHORT

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

TOO_LARGE = 413


def uploads(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Leave no file behind without its row, and answer a cut-off upload so that the browser shows the page.

    A browser that is still sending shows an answer only when its status says that something is wrong.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        with clearing_orphans():
            response = get_response(request)
        if request.META.get(CUT_SHORT) and response.status_code == 200:
            response.status_code = TOO_LARGE
        return response

    return middleware
