"""The checking client: every page fetched in any test is held to the house rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.cast import Person, signed_in_client
from tests.page_rules import policy_problems, problems

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

# What differs between two fetches of the same page and never makes it wrong: tokens, nonces, keys.
PASSING = re.compile(r'value="[A-Za-z0-9]{64}"|nonce="[^"]+"|[0-9a-f]{8}-[0-9a-f-]{27}')
_already_in_order: set[int] = set()


class CheckingClient(Client):
    """A browser that refuses pages that break a house rule."""

    def request(self, **request: Any) -> HttpResponse:
        response = super().request(**request)
        if is_page(response):
            wrong = what_is_wrong(response)
            assert not wrong, f"{request['PATH_INFO']} ({response.status_code}):\n  " + "\n  ".join(wrong)
        return response


def is_page(response: HttpResponse) -> bool:
    """Whether an answer is a page for people to read."""
    return "html" in response.get("Content-Type", "") and not response.streaming and bool(response.content)


def what_is_wrong(response: HttpResponse) -> list[str]:
    """Everything that a page breaks; a page like one that was in order is not read again."""
    html = response.content.decode()
    seen = hash(PASSING.sub("", html))
    wrong = list(policy_problems(response.get("Content-Security-Policy")))
    if seen not in _already_in_order:
        wrong += problems(html)
    if not wrong:
        _already_in_order.add(seen)
    return wrong


@pytest.fixture
def client() -> Client:
    """Nobody’s browser."""
    return CheckingClient()


@pytest.fixture
def browse() -> Callable[[Person], Client]:
    """A browser in which someone of the cast is signed in: `browse(cast.amara).get("/")`."""
    return lambda person: signed_in_client(CheckingClient(), person.user)
