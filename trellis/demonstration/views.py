"""Being someone: only in demonstration mode, only on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from trellis.accounts.second_step import note_set_up
from trellis.core.access import public
from trellis.demonstration.actions import people_shown
from trellis.demonstration.places import SHOWN
from trellis.environment import is_this_computer

if TYPE_CHECKING:
    from uuid import UUID

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
"""What a proxy says of a request: behind one on this computer, everybody would seem to be this computer."""


def only_here(request: HttpRequest) -> None:
    """Answer as if there were no such page, unless this is a demonstration and the caller is this computer."""
    here = is_this_computer(request.META.get("REMOTE_ADDR", ""))
    if not settings.DEMONSTRATION or not here or any(name in request.headers for name in FORWARDED):
        raise Http404


@require_safe
@public
def demonstration(request: HttpRequest) -> HttpResponse:
    """Whom one can be, and what they are there for."""
    only_here(request)
    users = people_shown([name for name, _ in SHOWN])
    people = [(users[name], words) for name, words in SHOWN if name in users]
    return render(request, "demonstration/people.html", {"people": people})


@require_POST
@public
def be_someone(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Sign in as one of them, with the second step taken as done."""
    only_here(request)
    user = next((user for user in people_shown([name for name, _ in SHOWN]).values() if user.pk == user_id), None)
    if user is None:
        raise Http404
    login(request, user, backend=BACKEND)
    note_set_up(request, done=True)
    return redirect("home")
