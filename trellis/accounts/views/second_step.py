"""The second step: set up, looked at, changed. What is asked and checked is allauth’s."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

import structlog
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts import actions
from trellis.accounts.acting import Themselves
from trellis.accounts.permissions import still_them
from trellis.accounts.second_step import (
    is_second_step,
    kinds_by_key,
    note_set_up,
    recovery_codes_of,
    second_step_done,
    second_steps_of,
)
from trellis.core.access import signed_in
from trellis.core.secrets_at_rest import CannotOpen

if TYPE_CHECKING:
    from django.http import HttpResponseBase

log = structlog.get_logger(__name__)
P = ParamSpec("P")
View = Callable[Concatenate[Any, P], "HttpResponseBase"]
_remove_passkey = RemoveWebAuthnView.as_view(success_url=reverse_lazy("mfa_index"))


def recorded(view: View[P]) -> View[P]:
    """Let whatever a view does to the person’s second steps be audited in the same transaction."""

    @wraps(view)
    def recording(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            before = kinds_by_key(request.user)
            response = view(request, *args, **kwargs)
            _note(request, before, kinds_by_key(request.user))
        return response

    return cast("View[P]", recording)


def with_our_key(view: View[P]) -> View[P]:
    """Let a view that checks codes say so when they were closed with a key that this installation does not have."""

    @wraps(view)
    def opening(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except CannotOpen:
            log.error("second_step_closed_with_another_key")
            return render(request, "accounts/closed_with_another_key.html", status=503)

    return cast("View[P]", opening)


def _note(request: Any, before: dict[int, str], after: dict[int, str]) -> None:
    if before != after:
        actions.note_second_steps(before=before, after=after, by=Themselves(request.user))
        note_set_up(request, done=any(is_second_step(kind) for kind in after.values()))


@require_safe
@signed_in
def second_step(request: Any) -> HttpResponse:
    """Why a password is not enough for what they do here, and the two ways to go on."""
    if second_step_done(request):
        return redirect("home")
    return render(request, "accounts/second_step.html", {"second_steps": second_steps_of(request.user)})


@require_safe
@signed_in
def overview(request: Any) -> HttpResponse:
    """What they have set up."""
    return render(request, "mfa/index.html", {"second_steps": second_steps_of(request.user)})


@require_http_methods(["GET", "POST"])
@signed_in
@still_them
@recorded
def remove_passkey(request: Any, handle: str) -> HttpResponseBase:
    """Take one of their passkeys away."""
    passkey = next((each for each in second_steps_of(request.user).passkeys if each.handle == handle), None)
    if passkey is None:
        raise Http404
    request.passkey = passkey
    return _remove_passkey(request, pk=passkey.pk)


@require_safe
@never_cache
@signed_in
@still_them
def recovery_codes(request: Any) -> HttpResponse:
    """Their recovery codes, to print or to write down."""
    codes = recovery_codes_of(request.user)
    return render(request, "mfa/recovery_codes/index.html", {"codes": codes})


@require_safe
@signed_in
@still_them
def download_recovery_codes(request: Any) -> HttpResponse:
    """Their recovery codes as a text file."""
    codes = recovery_codes_of(request.user)
    if not codes:
        raise Http404
    lines = "Recovery codes. Each works once.\r\n\r\n" + "".join(f"{code}\r\n" for code in codes)
    return HttpResponse(
        lines,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="recovery-codes.txt"', "Cache-Control": "no-store"},
    )
