"""The test database and its peculiarities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from trellis.core.append_only import protect, protected_tables, unprotect

if TYPE_CHECKING:
    from collections.abc import Iterator


OPEN_IT = {"db", "transactional_db", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that may ask the database. All others are refused when they try, so they say nothing of it."""
    for item in items:
        if item.get_closest_marker("django_db") or OPEN_IT & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


@pytest.fixture(scope="session")
def only_grow(django_db_setup: None, django_db_blocker: Any) -> list[str]:
    """The tables that the migrations protect, as the database says before any test has lifted it."""
    from django.db import connection

    with django_db_blocker.unblock():
        tables = protected_tables(connection)
        connection.close()
    assert "core_auditevent" in tables
    return tables


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Each test starts with an empty cache: nobody has guessed at a password yet."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def emptying_the_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test with real transactions ends by emptying every table, which append-only tables would refuse."""
    marker = request.node.get_closest_marker("django_db")
    real = (marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames
    if not real and "live_server" not in request.fixturenames:
        yield
        return
    tables = request.getfixturevalue("only_grow")
    request.getfixturevalue("transactional_db")
    from django.db import connection

    from trellis.review.models import TEXTS_OF

    for table in tables:
        protect(connection, table, TEXTS_OF.get(table, ()))
    yield
    for table in tables:
        unprotect(connection, table)
