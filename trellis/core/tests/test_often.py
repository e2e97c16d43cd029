"""Counting how often something comes, in a cache that is a table of the database: what most installations have."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trellis.core.often import counted_of

pytestmark = pytest.mark.django_db
HOUR = 60 * 60


@pytest.fixture(autouse=True)
def cache_in_the_database(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "counts"}}
    call_command("createcachetable", verbosity=0)


def at(hour: int, minute: int):
    return time_machine.travel(datetime(2026, 11, 23, hour, minute, 7, tzinfo=UTC), tick=False)


def asks(whose: str = "192.0.2.7") -> int:
    return counted_of("asking", whose, within=HOUR)


def test_a_pause_does_not_begin_the_count_anew():
    with at(9, 5):
        assert [asks(), asks(), asks("192.0.2.8")] == [1, 2, 1]
    with at(9, 50):
        assert asks() == 3
    with at(10, 1):
        assert asks() == 1


def test_what_is_kept_says_neither_whose_nor_when():
    for minute in (5, 31):
        with at(9, minute):
            asks()
            asks(f"192.0.2.{minute}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, expires FROM counts")
        kept = cursor.fetchall()
    assert len(kept) == 3
    assert len({str(expires) for _key, expires in kept}) == 1, "the end of the hour, for everybody"
    assert not [key for key, _expires in kept if "192" in key]


def test_counting_asks_the_database_four_times():
    with at(9, 5):
        asks()
        with CaptureQueriesContext(connection) as queries:
            asks()
    asked = [each["sql"] for each in queries if "SAVEPOINT" not in each["sql"]]
    assert [sql.split()[0] for sql in asked] == ["SELECT", "SELECT", "SELECT", "UPDATE"]


@pytest.mark.parametrize("backend", ["locmem.LocMemCache", "db.DatabaseCache"])
def test_every_cache_counts_alike(settings, backend):
    location = "counts" if backend.startswith("db") else "often"
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{backend}", "LOCATION": location}}
    with at(9, 5):
        assert [asks("192.0.2.9"), asks("192.0.2.9"), asks("192.0.2.9")] == [1, 2, 3]
