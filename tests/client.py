"""The checking client: every page fetched in any test is held to the house rules."""

from __future__ import annotations

import re
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from django.test import Client

from tests import page_rules
from tests.cast import Person, signed_in_client
from tests.page_rules import policy_problems, problems
from trellis.environment import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

# What differs between two fetches of the same page and never makes it wrong: tokens, nonces, keys.
PASSING = re.compile(r'value="[A-Za-z0-9]{64}"|nonce="[^"]+"|[0-9a-f]{8}-[0-9a-f-]{27}')
# The rules that a page is held to. What was in order under others is read again.
RULES = b"".join(Path(file).read_bytes() for file in (__file__, page_rules.__file__)) + html5lib.__version__.encode()


class InOrder:
    """The pages that were read and are in order, by a digest of what they say.

    Kept in a file, because the same pages come again to the other worker and on the other database: whether a page is
    in order follows from what it says and from the rules, and from nothing else.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / f"pages-in-order-{_digest(RULES)}"
        folder.mkdir(exist_ok=True)
        self.file.touch()
        self.known: set[str] = set()
        self._read = 0

    def __contains__(self, html: str) -> bool:
        return self._knows(_digest(PASSING.sub("", html).encode()))

    def add(self, html: str) -> None:
        """Remember a page, at once and for all: a line is written in one piece."""
        digest = _digest(PASSING.sub("", html).encode())
        if not self._knows(digest):
            self.known.add(digest)
            with self.file.open("a") as file:
                file.write(f"{digest}\n")

    def _knows(self, digest: str) -> bool:
        """Whether it is known here, or to others by now."""
        if digest not in self.known and self.file.stat().st_size > self._read:
            with self.file.open() as file:
                file.seek(self._read)
                self.known.update(file.read().split())
                self._read = file.tell()
        return digest in self.known


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


in_order = InOrder(ROOT / "build")


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
    wrong = list(policy_problems(response.get("Content-Security-Policy")))
    if html not in in_order:
        wrong += problems(html)
    if not wrong:
        in_order.add(html)
    return wrong


@pytest.fixture
def client() -> Client:
    """Nobody’s browser."""
    return CheckingClient()


@pytest.fixture
def browse() -> Callable[[Person], Client]:
    """A browser in which someone of the cast is signed in: `browse(cast.amara).get("/")`."""
    return lambda person: signed_in_client(CheckingClient(), person.user)
