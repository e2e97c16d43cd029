"""The pages about programs: which tokens there are, making one, ending one; and what the API offers."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires, still_them
from trellis.accounts.roles import Permission
from trellis.api import actions
from trellis.api.endpoints import API_ADDRESS, api
from trellis.api.endpoints.base import problem
from trellis.api.forms import TokenForm
from trellis.api.models import Token
from trellis.api.rules import SCOPE_WORDS, Scope
from trellis.core.access import by_token, public

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from trellis.accounts.acting import Request


@require_safe
@requires(Permission.USE_PROGRAMS)
def tokens(request: Request) -> HttpResponse:
    """The tokens of a person for the organisation they act for, and colleagues’ that still work, for whoever answers."""
    today, user = timezone.localdate(), request.user
    found = Token.objects.visible_to(request.acting).select_related("membership__user", "ended_by")
    own = found.filter(membership__user=user)
    others = found.usable(today).exclude(membership__user=user)
    context = {"listed": _with_words(own), "others": _with_words(others), "today": today}
    return render(request, "api/tokens.html", context)


def _with_words(tokens: Iterable[Token]) -> list[tuple[Token, list[str]]]:
    return [(token, [SCOPE_WORDS[Scope(scope)] for scope in token.scopes]) for token in tokens]


@require_http_methods(["GET", "POST"])
@requires(Permission.USE_PROGRAMS)
@still_them
def make_token(request: Request) -> HttpResponse:
    """Make a token; its secret is shown on the next page and never again."""
    form = TokenForm(request.POST if request.method == "POST" else None, acting=request.acting)
    if form.is_valid():
        token, secret = actions.make_token(by=request.acting, **form.cleaned_data)
        return render(request, "api/token_made.html", {"token": token, "secret": secret})
    return render(request, "api/make_token.html", {"form": form})


@require_POST
@requires(Permission.USE_PROGRAMS)
def end_token(request: Request, token_id: UUID) -> HttpResponse:
    """End a token, one’s own or a colleague’s for whom one answers."""
    token = get_object_or_404(Token.objects.visible_to(request.acting), pk=token_id)
    actions.end_token(token=token, by=request.acting)
    messages.success(request, f"“{token.name}” can no longer do anything here.")
    return redirect("tokens")


@by_token
@csrf_exempt
def nothing_there(request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address of the API: a program gets an answer that it can read."""
    return problem(404, "The API has no such address: see openapi.json")


@require_safe
@public
def openapi(request: HttpRequest) -> JsonResponse:
    """What the API offers, as OpenAPI 3.1."""
    return JsonResponse(_schema())


@cache
def _schema() -> dict[str, Any]:
    schema = dict(api.get_openapi_schema(path_prefix=API_ADDRESS))
    for operations in schema["paths"].values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                if status >= 400:
                    answer["content"] = {"application/problem+json": answer["content"].pop("application/json")}
    return schema
