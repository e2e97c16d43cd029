"""How a view declares what a role must allow, and what else it asks for first.

A house test fails on any view that declares nothing.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from allauth.decorators import rate_limit
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from trellis.accounts.second_step import second_step_done
from trellis.accounts.sign_on import shown_lately

if TYPE_CHECKING:
    from collections.abc import Callable

    from trellis.accounts.acting import Request
    from trellis.accounts.roles import Permission

__all__ = ["not_too_often", "requires", "second_step_done", "still_them"]

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


def requires(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Request, P], R]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Let a view open only for people whose role allows `permission`, with the second step where it is due."""

    def decorate(view: Callable[Concatenate[Request, P], R]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def checked(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.acting is None or not request.acting.may(permission):
                raise PermissionDenied
            if request.acting.needs_second_step and not second_step_done(request):
                return redirect("second_step")
            return view(request, *args, **kwargs)

        checked.requires = permission  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", checked)

    return decorate


def still_them(view: Callable[P, R]) -> Callable[P, R]:
    """Let a view open only soon after the person showed who they are; else it asks again, and then goes on."""
    asked = reauthentication_required(app="allauth.mfa")(view)

    @wraps(view)
    def checked(request: Any, *args: Any, **kwargs: Any) -> Any:
        without_password = settings.SINGLE_SIGN_ON and not request.user.has_usable_password()
        due = get_account_adapter(request).is_reauthentication_required(app="allauth.mfa")
        if without_password and due and not shown_lately(request):  # whom allauth would not ask
            raise ReauthenticationRequired
        return asked(request, *args, **kwargs)

    return cast("Callable[P, R]", checked)


def not_too_often(action: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a view change something so many times and no more (`ACCOUNT_RATE_LIMITS` in the settings)."""
    return cast("Callable[[Callable[P, R]], Callable[P, R]]", rate_limit(action=action))  # type: ignore[no-untyped-call]
