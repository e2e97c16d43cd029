"""The test database and its peculiarities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trellis.core.append_only import protect, unprotect

if TYPE_CHECKING:
    from collections.abc import Iterator

ONLY_GROW = [
    "core_auditevent",
    "review_ratingchange",
    "review_roundstep",
    "review_actionstep",
    "review_actionchange",
    "review_evidencechange",
    "review_noactionchange",
    "review_areatarget",
    "review_releasereading",
    "review_helpstep",
    "review_ownratingchange",
    "review_agreement",
    "review_agreement_people",
    "review_childvoice",
    "review_childvoicewithdrawal",
    "review_visitstep",
    "review_checklistmark",
    "review_reviewerrating",
    "review_visitnote",
    "review_reportversion",
    "review_recommendation",
    "review_recommendationtaken",
    "review_correction",
    "review_correctionanswer",
    "review_visitfeedback",
    "review_pooledcount",
]


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
    request.getfixturevalue("transactional_db")
    from django.db import connection

    for table in ONLY_GROW:
        protect(connection, table)
    yield
    for table in ONLY_GROW:
        unprotect(connection, table)
