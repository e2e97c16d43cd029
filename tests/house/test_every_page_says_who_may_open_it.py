"""Every page declares who may open it: anyone, anyone signed in, or whoever’s role allows one thing."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import path

from scripts.write_docs import routes
from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.access import PROGRAM, PUBLIC, SIGNED_IN, public


def undeclared(patterns) -> list[str]:
    """The routes whose view says nothing of who may open it."""
    return [f"/{route} ({pattern.name})" for route, pattern in patterns if not declared(pattern)]


def declared(pattern) -> bool:
    says = getattr(pattern.callback, "requires", None)
    return isinstance(says, Permission) or says in (PUBLIC, SIGNED_IN, PROGRAM)


def test_every_page_does():
    assert undeclared(routes()) == []


def test_every_page_has_a_name():
    assert [route for route, pattern in routes() if not pattern.name] == []


def bare(request):
    return HttpResponse()


@pytest.mark.parametrize(
    ("view", "found"),
    [
        (bare, ["/secrets (secrets)"]),
        (public(lambda request: HttpResponse()), []),
        (requires(Permission.SEE_PEOPLE)(bare), []),
    ],
)
def test_a_page_without_is_reported(view, found):
    assert undeclared([("secrets", path("secrets", view, name="secrets"))]) == found
