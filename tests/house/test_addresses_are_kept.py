"""An address once published still answers: it is in bookmarks, e-mails and printed reports."""

from __future__ import annotations

import pytest

from scripts.write_docs import DOCS, read, served


def lost(published: str, now: list[str]) -> list[str]:
    """The published addresses that nothing serves any more."""
    return [address for address in published.splitlines() if address not in now]


def unpublished(published: str, now: list[str]) -> list[str]:
    """The addresses that are served and on no list yet."""
    return [address for address in now if address not in published.splitlines()]


def test_every_published_address_is_served():
    assert lost(read(DOCS / "urls.txt"), list(served())) == [], "leave a redirect where the page was"


def test_every_address_is_on_the_list():
    assert unpublished(read(DOCS / "urls.txt"), list(served())) == [], "run `make docs`"


@pytest.mark.parametrize(
    ("now", "gone", "new"),
    [
        (["/people", "/people/<uuid>"], [], []),
        (["/people"], ["/people/<uuid>"], []),
        (["/people", "/people/<uuid>", "/jobs"], [], ["/jobs"]),
    ],
)
def test_a_lost_or_new_address_is_reported(now, gone, new):
    published = "/people\n/people/<uuid>\n"
    assert (lost(published, now), unpublished(published, now)) == (gone, new)
