"""Every page declares who may open it: anyone, anyone signed in, or whoever’s role allows one thing."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import path

from scripts.write_docs import routes
from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.access import PUBLIC, SIGNED_IN, public

# Pages that come with django-allauth, which checks by itself who is signed in.
BORROWED_FROM = ("allauth.",)
BORROWED: dict[str, str] = {}


def undeclared(patterns) -> list[str]:
    """The routes whose view says nothing of who may open it."""
    return [f"/{route} ({pattern.name})" for route, pattern in patterns if not declared(pattern)]


def declared(pattern) -> bool:
    view = pattern.callback
    if view.__module__.startswith(BORROWED_FROM):
        return BORROWED.get(pattern.name) in (PUBLIC, SIGNED_IN)
    says = getattr(view, "requires", None)
    return isinstance(says, Permission) or says in (PUBLIC, SIGNED_IN)


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


def test_a_borrowed_page_must_be_on_the_list():
    bare.__module__ = "allauth.account.views"
    assert undeclared([("x", path("x", bare, name="account_new"))]) == ["/x (account_new)"]
