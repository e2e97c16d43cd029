"""The checking client: every page fetched in any test is held to the house rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.cast import Person, signed_in_client

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def client() -> Client:
    """Nobody’s browser."""
    return Client()


@pytest.fixture
def browse() -> Callable[[Person], Client]:
    """A browser in which someone of the cast is signed in: `browse(cast.amara).get("/")`."""
    return lambda person: signed_in_client(Client(), person.user)
