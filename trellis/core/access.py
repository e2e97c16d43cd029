"""How a view says that it needs no permission. What needs one says so with `accounts.permissions.requires`."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_not_required

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponseBase

P = ParamSpec("P")
R = TypeVar("R", bound="HttpResponseBase")
PUBLIC = "public"
SIGNED_IN = "signed in"
PROGRAM = "a program"


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Let anyone open a view, signed in or not."""
    view.requires = PUBLIC  # type: ignore[attr-defined]
    return login_not_required(view)


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Let any signed-in person open a view, whatever their role: it shows only what is their own."""
    view.requires = SIGNED_IN  # type: ignore[attr-defined]
    return view


def by_token(view: Callable[P, R]) -> Callable[P, R]:
    """Let a program open a view: whoever asks needs a token, which the view itself looks at."""
    view.requires = PROGRAM  # type: ignore[attr-defined]
    return login_not_required(view)


def kept_to_themselves(view: Callable[P, R]) -> Callable[P, R]:
    """Let no browser store what a page of a secret address answers, and no search engine list it.

    Other sites learn nothing of the address either: our referrer policy is `same-origin` everywhere. A stricter one
    would let the browser send a form without saying where from, which Django then refuses.
    """

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> R:
        response = view(*args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answered
