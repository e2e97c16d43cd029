"""Keys are UUIDs, and nothing countable stands in an address."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import models

from scripts.write_docs import served

# Keys that say what the row is, and are public: the ONS codes of places; a row that belongs to exactly one other.
NATURAL = (models.UUIDField, models.CharField, models.OneToOneField)
# Made from other rows, for searching: nobody speaks of one of these.
DERIVED = {"organisations.ProviderWord"}
COUNTABLE = re.compile(r"<int>")


def countable(found: list[type[models.Model]]) -> list[str]:
    """The records whose key a stranger could count or guess."""
    return [
        model._meta.label
        for model in found
        if not isinstance(model._meta.pk, NATURAL) and model._meta.label not in DERIVED
    ]


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("trellis.")]


def test_no_key_can_be_counted():
    assert countable(our_models()) == []


def test_no_address_has_a_number_in_it():
    assert [address for address in served() if COUNTABLE.search(address)] == []


def test_a_key_that_counts_up_is_reported():
    class Visitor:
        _meta = type("Meta", (), {"label": "house.Visitor", "pk": models.BigAutoField(primary_key=True)})

    assert countable([Visitor]) == ["house.Visitor"]


@pytest.mark.parametrize(("address", "found"), [("/people/<int>", True), ("/people/<uuid>", False)])
def test_a_number_in_an_address_is_reported(address, found):
    assert bool(COUNTABLE.search(address)) is found
