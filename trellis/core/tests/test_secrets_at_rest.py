"""Secrets at rest: closed, opened, for one thing only, with keys that change."""

from __future__ import annotations

import pytest

from trellis.core.secrets_at_rest import CannotOpen, is_of_today, is_sealed, seal, unseal

FIRST, SECOND = "the first key of an installation " * 2, "the second key of an installation " * 2


@pytest.fixture(autouse=True)
def first_key(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = FIRST, []


def test_what_is_closed_says_nothing_and_opens_again():
    sealed = seal("Sägespäne", belongs_to="a test")
    assert is_sealed(sealed)
    assert "Sägespäne" not in sealed
    assert unseal(sealed, belongs_to="a test") == "Sägespäne"
    assert seal("Sägespäne", belongs_to="a test") != sealed, "the same secret twice must not look the same"


def test_it_opens_only_for_what_it_belongs_to():
    with pytest.raises(CannotOpen):
        unseal(seal("secret", belongs_to="one thing"), belongs_to="another")


@pytest.mark.parametrize("place", [-3, -20, -40])
def test_whatever_was_changed_does_not_open(place):
    sealed = seal("a secret of some length", belongs_to="a test")
    other = "A" if sealed[place] != "A" else "B"
    with pytest.raises(CannotOpen):
        unseal(sealed[:place] + other + sealed[place + 1 :], belongs_to="a test")


@pytest.mark.parametrize("kept", ["", "in the clear", "sealed-1", "sealed-1:000000000000:AAAA", "sealed-2:x:AAAA"])
def test_what_was_never_closed_does_not_open(kept):
    with pytest.raises(CannotOpen):
        unseal(kept, belongs_to="a test")


def test_an_earlier_key_opens_and_the_key_of_today_closes(settings):
    old = seal("secret", belongs_to="a test")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = SECOND, [FIRST]
    assert unseal(old, belongs_to="a test") == "secret"
    new = seal("secret", belongs_to="a test")
    assert (is_of_today(old), is_of_today(new)) == (False, True)
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(new, belongs_to="a test") == "secret"
    with pytest.raises(CannotOpen):
        unseal(old, belongs_to="a test")
