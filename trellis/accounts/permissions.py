"""How a view declares what a role must allow. A house test fails on any view that declares nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from trellis.accounts.acting import Request
from trellis.accounts.roles import Permission
from trellis.accounts.second_step import second_step_done

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
        return checked

    return decorate
