"""The list of an authority’s settings, the search and the export, while the register grows."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bench.browser import signed_in
from bench.measure import Page, measure
from bench.pages import BARE, MANAGER, bare_page, figures, getting
from bench.register import HEADINGS, provider
from bench.results import Figure

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from bench.installation import Server
    from bench.measure import Size

AUTHORITY, ADMINISTRATOR = "Daniel Whitfield", "Sam Ellery"
TIMES_SHORT = 1.5
MOST_FOR_SEARCH = 100.0  # ms until the answer is there, 19 times in 20
SOUGHT = 6817  # the provider that is looked for; one whose name is published


def searches() -> dict[str, str]:
    """What people type, by the kind of it."""
    of = dict(zip(HEADINGS, provider(SOUGHT), strict=True))
    name, town = of["Provider name"], of["Provider town"]
    return {
        "for a name": name,
        "for a name with a letter left out": name[:2] + name[3:],
        "for a name with a letter wrong": f"{name[:2]}x{name[3:]}",
        "for a name without a space": "".join(name.split()[:2]),
        "for a part of a name": name.split()[0],
        "for the beginning of a name": name.split()[0][:4],
        "for a name and a word too many": f"{' '.join(name.split()[:2])} house",
        "for a word that thousands have": "nursery",
        "for a town": town,
        "for a town and a kind": f"{town} {name.split()[-1]}",
        "for a postcode": of["Postcode"],
        "for a part of a postcode": of["Postcode"].split()[0],
        "for a provider number": of["Provider URN"],
        "for an authority": of["Local authority"],
        "for what is not there": "zyxwv quibble",
    }


class Lists:
    """One authority lead looks at a list: short, short among many, and long."""

    def __init__(self, server: Server, size: Size, *, few: int) -> None:
        self.server, self.size, self.few = server, size, few
        self.bare = bare_page(signed_in(server.port, MANAGER))
        self.lead = signed_in(server.port, AUTHORITY)
        self.address = self.lead.get("/").find(r'href="(/settings/)"')
        self.times_of_short = 0.0

    def short(self) -> Iterator[Figure]:
        """A short list in a short table: what the others are compared with."""
        self.times_of_short = yield from self._of_list(f"{self.few} rows")

    def short_among_many(self) -> Iterator[Figure]:
        """As short a list in a table with a nation’s rows."""
        yield from self._flat(f"{self.few} among {self.size.rows:,} rows")

    def long(self) -> Iterator[Figure]:
        """A nation’s rows in one list."""
        yield from self._flat(f"{self.size.rows:,} rows")

    def _flat(self, rows: str) -> Iterator[Figure]:
        times = yield from self._of_list(rows)
        against = times / self.times_of_short
        yield Figure(f"settings list, {rows}: times the short list", against, "×", at_most=TIMES_SHORT)

    def _of_list(self, rows: str) -> Generator[Figure, None, float]:
        """Measure it; in the end, how many times the bare page it costs, measured at the same time."""
        page = Page(f"settings list, {rows}", self.lead, getting(self.address))
        found = measure(self.server, [self.bare, page], self.size)
        yield from figures([page], found)
        return found[page.name].cost / found[BARE].cost

    def searched(self) -> Iterator[Figure]:
        """What people type into the search of the large register; each kind of text by itself."""
        asked = [
            Page(f"search {how}", self.lead, getting(f"/find?{urlencode({'q': text})}"))
            for how, text in searches().items()
        ]
        found = measure(self.server, [self.bare, *asked], self.size)
        for figure in figures(asked, found):
            yield replace(figure, at_most=MOST_FOR_SEARCH) if figure.name.endswith(": 95th percentile") else figure

    def exported(self) -> Iterator[Figure]:
        """The longest list that can be taken away as CSV: what became of each row of the large import."""
        administrator = signed_in(self.server.port, ADMINISTRATOR)
        page = administrator.get("/register/import").body
        _again, first, *_ = re.findall(r'href="(/register/import/[0-9a-f-]{36})"', page)
        before, begun = self.server.processor_seconds(), time.perf_counter()
        answer = administrator.get(f"{first}/result")
        seconds = time.perf_counter() - begun
        rows = answer.body.count("\n")
        if rows < self.size.rows:
            raise RuntimeError(f"The export has {rows} rows")
        yield Figure("export, CSV: rows", rows / seconds, "rows/s")
        yield Figure("export, CSV: processor time", self.server.processor_seconds() - before, "s")
