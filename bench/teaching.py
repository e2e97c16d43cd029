"""A programme of a training centre, small and as large as a nation’s: its pages, a register saved, the funder’s rows."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from bench.browser import fields_of, signed_in
from bench.installation import serving
from bench.measure import Page, measure_in_turns, percentile
from bench.pages import BARE, MANAGER, TIMES_BARE, bare_page, getting
from bench.results import Figure
from bench.teach import FULL, cohorts_for

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from typing import Any

    from bench.browser import Answer, Browser
    from bench.installation import Installation, Server
    from bench.measure import Size

LEAD = "Mei Castellano"
SAVING = f"register of {FULL} saved"
BARE_SAVE = f"bare save of a register of {FULL}"
TIMES_BARE_SAVE = 2.5
SMALL = 1_500  # learners in the programme that the large one is compared with
TIMES_SMALL = 1.5
MOST_FOR_REPORT = 500.0  # ms until the whole answer is there: it counts every milestone that there is
MORE_MEMORY = 50.0  # MB, of a web process, for rows that are sent as they are read
REPORT = "page report"
PAGES = ("programme", "report", "cohort", "learners", "attendance", "learner", "duties")
CSV = "learners as CSV"


class SavingRegister:
    """Saving a register as whoever teaches does: everybody was there but for a few; the next time, the next register.

    With `barely` the same form goes where it is read, the same marks are written, and nothing else is done.
    """

    def __init__(self, browser: Browser, addresses: Sequence[str], *, barely: bool = False) -> None:
        self.forms = [(address, fields_of(browser.get(address).body)) for address in addresses]
        self.numbers, self.barely = count(), barely

    def __call__(self, browser: Browser, _number: int) -> Answer:
        """Send the form. All was saved when it leads back to the register."""
        turn, which = divmod(next(self.numbers), len(self.forms))
        address, fields = self.forms[which]
        wanted = {
            name: "absent" if cell % 20 == turn % 20 else "present"
            for cell, name in enumerate(name for name in fields if name.endswith("-status"))
        }
        changed = [name.removesuffix("-status") for name in wanted if fields[name] != wanted[name]]
        to = address.replace("/training/sessions/", "/bench/") if self.barely else address
        answer = browser.post(to, fields | wanted | {"changed": " ".join(changed)})
        saved = answer.status == 302 and answer.headers["Location"] == address
        for cell in changed if saved else ():
            fields[f"{cell}-status"] = wanted[f"{cell}-status"]
            fields[f"{cell}-version"] = str(int(fields[f"{cell}-version"]) + 1)
        return replace(answer, status=200) if saved else answer


def figures_of_teaching(small: Installation, large: Installation, size: Size) -> Iterator[Figure]:
    """Each page of the small programme against the bare page, then of the large one also against the small one."""
    times_of_small = yield from _of_programme(small, min(SMALL, size.learners), size, {})
    yield from _of_programme(large, size.learners, size, times_of_small)


def _of_programme(
    installation: Installation, learners: int, size: Size, times_of_small: dict[str, float]
) -> Generator[Figure, None, dict[str, float]]:
    """What a programme of so many learners costs: how many times the bare page each page takes."""
    written = installation.python("-m", "bench.teach", LEAD, str(learners))
    there: dict[str, Any] = json.loads(written.said.splitlines()[-1])
    of = f"{learners:,} learners"
    yield Figure(f"programme, {of}: cohorts", cohorts_for(learners), "")
    yield Figure(f"programme, {of}: written in", written.seconds, "s")
    with serving(installation) as server:
        lead = signed_in(server.port, LEAD)
        asked = teaching_pages(lead, there)
        found = measure_in_turns(server, [bare_page(signed_in(server.port, MANAGER)), *asked], size)
        times = {page.name: found[page.name].cost / found[BARE].cost for page in asked}
        for name in times:
            yield Figure(f"{name}, {of}: processor time", found[name].cost, "ms")
            most = None if name in (REPORT, SAVING, BARE_SAVE) else TIMES_BARE
            yield Figure(f"{name}, {of}: times the bare page", times[name], "×", at_most=most)
            slow, most = percentile(found[name].waits, 0.95), MOST_FOR_REPORT if name == REPORT else None
            yield Figure(f"{name}, {of}: 95th percentile", slow, "ms", at_most=most)
        saving = found[SAVING].cost / found[BARE_SAVE].cost
        yield Figure(f"{SAVING}, {of}: times the bare save", saving, "×", at_most=TIMES_BARE_SAVE)
        times[CSV] = yield from _taken_away(server, lead, there[CSV], learners, of)
    for name in times_of_small:
        if name != REPORT:
            against = times[name] / times_of_small[name]
            yield Figure(f"{name}, {of}: times the small programme", against, "×", at_most=TIMES_SMALL)
    return times


def teaching_pages(lead: Browser, there: dict[str, Any]) -> list[Page]:
    """What whoever leads a programme opens, and a register saved."""
    return [
        *(Page(f"page {name}", lead, getting(there[name])) for name in PAGES),
        Page(f"register of {FULL} opened", lead, getting(there["registers"][0])),
        Page(BARE_SAVE, lead, SavingRegister(lead, there["registers"][-1:], barely=True)),
        Page(SAVING, lead, SavingRegister(lead, there["registers"][:-1])),
    ]


def _taken_away(server: Server, lead: Browser, address: str, learners: int, of: str) -> Generator[Figure, None, float]:
    """Every learner as CSV: in the end, the processor milliseconds of a thousand rows."""
    memory, before = server.memory(), server.processor_seconds()
    answer = lead.get(address)
    spent, more = server.processor_seconds() - before, server.memory() - memory
    rows = answer.body.count("\n") - 1
    if answer.status != 200 or rows != learners:
        raise RuntimeError(f"{address}: status {answer.status}, {rows} rows")
    yield Figure(f"{CSV}, {of}: rows", rows / spent, "rows/s")
    yield Figure(f"{CSV}, {of}: more memory of a web process", more, "MB", at_most=MORE_MEMORY)
    return spent * 1_000_000 / rows
