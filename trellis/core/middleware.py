"""What surrounds every request."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404

from trellis.core.context import Origin, coming_from

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def caller_address(request: HttpRequest) -> str:
    """The network address that called: the last proxy’s word for it when there is a proxy, else the peer’s."""
    if settings.ENVIRONMENT.behind_proxy:
        forwarded = request.headers.get("X-Forwarded-For", "")
        if forwarded:
            return str(forwarded).rsplit(",", maxsplit=1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def request_context(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request an id that its log lines, audit events and answer carry."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex
        with coming_from(Origin(request_id=request_id, address=caller_address(request))):
            response = get_response(request)
        response["X-Request-Id"] = request_id
        return response

    return middleware


def only_text_in_addresses(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Find nothing at an address with a null in it, which PostgreSQL takes in no text."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            raise Http404
        return get_response(request)

    return middleware
