"""What surrounds the requests of signed-in people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse

from trellis.accounts.sessions import note_use
from trellis.core.rules.typed import what_was_typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

LOOKING = ("GET", "HEAD")


class AskToSignIn(LoginRequiredMiddleware):
    """Ask whoever is not signed in to sign in. What they had sent is not lost, and they come back to the page it
    came from: most addresses that take something have no page to show."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:  # type: ignore[override] # Django’s only leads on
        """The sign-in page; for a script the status; for somebody who typed something, their words."""
        if request.method in LOOKING:
            answer: HttpResponseBase = super().handle_no_permission(request, view_func)
            return answer
        if not request.accepts("text/html"):
            return JsonResponse({"message": "You are signed out"}, status=401)
        sign_in = f"{resolve_url(self.get_login_url(view_func))}?{urlencode({'next': came_from(request)}, safe='/')}"
        typed = what_was_typed(request.POST.items())
        if typed:
            return render(request, "accounts/signed_out.html", {"typed": typed, "sign_in": sign_in}, status=401)
        return redirect(sign_in)


def came_from(request: HttpRequest) -> str:
    """The page of ours that something was sent from, or the first page."""
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host() or not page.path:
        return reverse("home")
    return f"{page.path}?{page.query}" if page.query else page.path


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
