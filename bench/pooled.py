"""What an authority sees of a nation’s released reviews: the first view, and whatever is chosen of it."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from bench.browser import signed_in
from bench.installation import serving
from bench.lists import AUTHORITY
from bench.measure import Page, percentile
from bench.pages import getting, queries
from bench.pool_reviews import TERM
from bench.results import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.browser import Browser
    from bench.installation import Installation, Server

MOST = 500.0  # ms until the whole answer is there
MOST_QUERIES = 8
TIMES = 3  # how often each choice is made
NAME = "authority’s picture"


def figures_of_pooled(installation: Installation, rounds: int, database: str) -> Iterator[Figure]:
    """Write the released reviews, count them, and look at them through a server that has just started."""
    said = installation.python("-m", "bench.pool_reviews", AUTHORITY, str(rounds)).said
    ratings, seconds = said.splitlines()[-1].split()
    yield Figure(f"{NAME}, {database}: released ratings", int(ratings), "")
    yield Figure(f"{NAME}, {database}: counting them, once a term", float(seconds), "s")
    with serving(installation) as server:
        yield from figures_of_picture(server, f"{NAME}, {database}")


def figures_of_picture(server: Server, name: str) -> Iterator[Figure]:
    """The first view of all, then every choice that the page offers."""
    lead = signed_in(server.port, AUTHORITY)
    first = Page(name, lead, getting(f"/picture/?period={TERM}"))
    yield Figure(f"{name}: first view", first.once(lead, 0), "ms", at_most=MOST)
    chosen = [Page(name, lead, getting(f"/picture/{query}")) for query in choices(lead, first)]
    waits = [page.once(lead, 0) for page in chosen for _ in range(TIMES)]
    yield Figure(f"{name}: {len(chosen)} choices, the slowest", max(waits), "ms", at_most=MOST)
    yield Figure(f"{name}: median", percentile(waits, 0.5), "ms")
    asked = [queries(page) for page in (first, *chosen)]
    yield Figure(f"{name}: queries", max(asked), "", at_most=MOST_QUERIES)


def choices(lead: Browser, page: Page) -> list[str]:
    """The queries of every kind with every part of the authority that the page offers, and of each other choice."""
    body = page.ask(lead, 0).body
    kinds, parts = (offered(body, name) for name in ("kind", "part"))
    others = ("framework", "audience", "period", "then")
    return [f"?period={TERM}&kind={kind}&part={part}" for kind, part in product(kinds, parts)] + [
        f"?{'' if name == 'period' else f'period={TERM}&'}{name}={value}"
        for name in others
        for value in filter(None, offered(body, name))
    ]


def offered(body: str, name: str) -> list[str]:
    """The values of a choice.

    >>> offered('<select id="kind" name="kind"><option value="">Every</option><option value="0">One</option></select>', "kind")
    ['', '0']
    """
    found = re.search(rf'name="{name}">(.*?)</select>', body, re.DOTALL)
    return re.findall(r'<option value="([^"]*)"', found[1]) if found else [""]
