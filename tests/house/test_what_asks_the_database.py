"""Only tests that may ask the database are run on both: whoever is not marked so is refused."""

from __future__ import annotations

import pytest

from trellis.accounts.models import User


def test_who_is_not_marked_cannot_ask(request):
    assert request.node.get_closest_marker("database") is None
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        User.objects.exists()


def test_who_asks_by_a_fixture_of_theirs_is_marked(request, cast):
    assert request.node.get_closest_marker("database")
    assert User.objects.exists()


@pytest.mark.django_db
def test_who_asks_by_a_mark_is_marked(request):
    assert request.node.get_closest_marker("database")
    assert not User.objects.exists()
