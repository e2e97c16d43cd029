"""The test database and its peculiarities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from trellis.core.append_only import protect, unprotect

if TYPE_CHECKING:
    from collections.abc import Iterator

ONLY_GROW = ["core_auditevent"]


@pytest.fixture(scope="session", autouse=True)
def plain_settings() -> None:
    """Fast passwords, e-mail in memory, static files as they are, a cache in memory."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture(autouse=True)
def emptying_the_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test with real transactions ends by emptying every table, which append-only tables would refuse."""
    marker = request.node.get_closest_marker("django_db")
    real = (marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames
    if not real and "live_server" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    from django.db import connection

    for table in ONLY_GROW:
        protect(connection, table)
    yield
    for table in ONLY_GROW:
        unprotect(connection, table)
