"""The list of an authority’s settings, and the search, while the register grows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bench.browser import signed_in
from bench.measure import Page, measure
from bench.pages import MANAGER, bare_page, figures, getting
from bench.results import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.installation import Server
    from bench.measure import Size

AUTHORITY = "Daniel Whitfield"
TIMES_SHORT = 1.5
MOST_FOR_SEARCH = 100.0  # ms until the answer is there, 19 times in 20

SEARCHES = {
    "by a name": "Kingfisher Tree Nursery",
    "by one common word": "nursery",
    "with a letter wrong": "Kingfsher Cottage",
    "by postcode": "WR7 7",
    "by provider number": "EY100006",
    "by town and kind": "Griscombe playgroup",
    "for what is not there": "Zyxwv Quibble",
}


class Lists:
    """One authority lead looks at a list: short, short among many, and long."""

    def __init__(self, server: Server, size: Size, *, few: int) -> None:
        self.server, self.size, self.few = server, size, few
        self.bare = bare_page(signed_in(server.port, MANAGER))
        self.lead = signed_in(server.port, AUTHORITY)
        self.address = self.lead.get("/").headers["Location"]
        self.cost_of_short = 0.0

    def short(self) -> Iterator[Figure]:
        """A short list in a short table: what the others are compared with."""
        self.cost_of_short = yield from self._of_list(f"{self.few} rows")

    def short_among_many(self) -> Iterator[Figure]:
        """As short a list in a table with a nation’s rows."""
        yield from self._flat(f"{self.few} among {self.size.rows:,} rows")

    def long(self) -> Iterator[Figure]:
        """A nation’s rows in one list."""
        yield from self._flat(f"{self.size.rows:,} rows")

    def _flat(self, rows: str) -> Iterator[Figure]:
        cost = yield from self._of_list(rows)
        yield Figure(
            f"settings list, {rows}: times the short list", cost / self.cost_of_short, "×", at_most=TIMES_SHORT
        )

    def _of_list(self, rows: str) -> Iterator[Figure]:
        page = Page(f"settings list, {rows}", self.lead, getting(self.address))
        found = measure(self.server, [self.bare, page], self.size)
        yield from figures([page], found)
        return found[page.name].cost

    def searched(self) -> Iterator[Figure]:
        """What people type into the search, each kind of text by itself."""
        asked = [
            Page(f"search {how}", self.lead, getting(f"/find?{urlencode({'q': text})}"))
            for how, text in SEARCHES.items()
        ]
        found = measure(self.server, [self.bare, *asked], self.size)
        for figure in figures(asked, found):
            yield replace(figure, at_most=MOST_FOR_SEARCH) if figure.name.endswith(": 95th percentile") else figure
