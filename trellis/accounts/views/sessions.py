"""Where a person is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from trellis.accounts import actions
from trellis.accounts.acting import Themselves
from trellis.accounts.models import Session
from trellis.accounts.rules import browser_in_words, why_not_end_session
from trellis.core.access import signed_in

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse


@require_safe
@signed_in
def sessions(request: Any) -> HttpResponse:
    """Every browser in which they are signed in, this one first."""
    here = request.session.session_key
    rows = Session.objects.of(request.user).open(timezone.now()).defer("session_data")
    listed = [
        {"session": row, "browser": browser_in_words(row.browser), "here": row.session_key == here} for row in rows
    ]
    listed.sort(key=lambda each: not each["here"])
    return render(request, "accounts/sessions.html", {"listed": listed})


@require_POST
@signed_in
def end_session(request: Any, handle: UUID) -> HttpResponse:
    """End one of them."""
    session = get_object_or_404(Session.objects.of(request.user).open(timezone.now()), handle=handle)
    reason = why_not_end_session(is_this_one=session.session_key == request.session.session_key)
    if reason:
        messages.error(request, reason)
        return redirect("sessions")
    actions.end_session(session=session, by=Themselves(request.user))
    messages.success(request, "That browser is signed out.")
    return redirect("sessions")


@require_POST
@signed_in
def end_other_sessions(request: Any) -> HttpResponse:
    """End all but this one."""
    actions.end_other_sessions(keep=request.session.session_key, by=Themselves(request.user))
    messages.success(request, "You are signed in here and nowhere else.")
    return redirect("sessions")
