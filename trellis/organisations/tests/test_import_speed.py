"""What an import asks of the database and of memory does not grow with the register."""

from __future__ import annotations

import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trellis.organisations.models import Provider
from trellis.organisations.rules.register import Listing
from trellis.organisations.tests.registers import a_file, counts, imported, nurseries

pytestmark = pytest.mark.django_db


def queries(content: bytes) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        imported(content)
    return len(captured)


def test_each_batch_asks_the_same_number_of_questions():
    """On SQLite a statement holds a few dozen rows, so a batch of a thousand is written by about thirty."""
    imported(a_file(*nurseries(1)))
    one, three = queries(a_file(*nurseries(1000, first=1))), queries(a_file(*nurseries(3000, first=2000)))
    assert three - one <= 2 * 36


def test_what_is_unchanged_is_only_looked_at():
    register = a_file(*nurseries(3000))
    imported(register)
    with CaptureQueriesContext(connection) as captured:
        assert counts(imported(register)) == (0, 0, 3000, 0)
    written = [
        each["sql"] for each in captured if '"organisations_provider' in each["sql"] and "SELECT" not in each["sql"]
    ]
    assert not written
    assert len(captured) < 40


def peak(content: bytes) -> int:
    """The most memory that an import held at once, in bytes."""
    tracemalloc.start()
    try:
        imported(content)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_stays_flat():
    small, large = a_file(*nurseries(1200)), a_file(*nurseries(3600))
    imported(large)
    assert peak(large) < 1.6 * peak(small)


@pytest.mark.slow
def test_a_register_of_thousands_costs_each_batch_the_same_the_first_time_and_again():
    """More rows ask more often and need no more room: so 71,000 do. How long that takes, `make bench` measures."""
    imported(a_file(*nurseries(1)))  # the regions and authorities
    few, many = (a_file(*of_few_words(nurseries(rows, first=10_000 * rows))) for rows in (2000, 5000))
    assert queries(many) - queries(few) <= 3 * 36
    assert queries(many) - queries(few) <= 3 * 7
    again = peak(few), peak(many)
    assert again[1] < 1.2 * again[0]
    Provider.objects.all().delete()
    first = peak(few), peak(many)
    assert first[1] < 1.2 * first[0]


def of_few_words(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """As in a real register, names are of words that come again and again."""
    return [row | {"Provider name": str(row["Provider name"]).rpartition(" ")[0]} for row in rows]


def test_what_is_kept_of_a_listing_are_fields_of_a_provider():
    fields = {field.attname for field in Provider._meta.concrete_fields}
    assert fields - set(Listing._fields) == {"id", "number"}
    assert set(Listing._fields) <= fields
