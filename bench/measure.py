"""Asking a server the same thing many times, and what that costs. Every loop ends after a number or a time."""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.browser import Answer, Browser
    from bench.installation import Server

WARM = 8  # requests that are not counted
CLIENTS = 4


@dataclass(frozen=True)
class Size:
    """How much: rows of the register; rounds, requests and seconds for a page; changes of each writer; released reviews; learners."""

    rows: int = 71_000
    rounds: int = 5
    requests: int = 40
    seconds: float = 2.0
    changes: int = 60
    released: int = 60_000
    learners: int = 40_000


@dataclass(frozen=True)
class Page:
    """Something that is asked for: its name, whose browser asks, and the question."""

    name: str
    browser: Browser
    ask: Callable[[Browser, int], Answer]

    def once(self, browser: Browser, number: int) -> float:
        """Ask; the milliseconds until the whole answer is there. Raises `RuntimeError` for any but a good answer."""
        begun = time.perf_counter()
        answer = self.ask(browser, number)
        waited = (time.perf_counter() - begun) * 1000
        if answer.status != 200:
            raise RuntimeError(f"{self.name}: status {answer.status}\n{answer.body[:600]}")
        return waited


@dataclass
class Measured:
    """What a page costs: processor milliseconds in each round; milliseconds of waiting, alone and with others."""

    processor: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    waits_together: list[float] = field(default_factory=list)
    per_second: float = 0.0

    @property
    def cost(self) -> float:
        """Processor milliseconds of a request: the middle of all rounds, so that a disturbed one does no harm."""
        return statistics.median(self.processor)


def measure(server: Server, pages: Sequence[Page], size: Size) -> dict[str, Measured]:
    """What each page costs, by its name."""
    found = measure_in_turns(server, pages, size)
    for page in pages:
        measure_together(page, found[page.name], size)
    return found


def measure_in_turns(server: Server, pages: Sequence[Page], size: Size) -> dict[str, Measured]:
    """With one client, in turns: what disturbs the machine then disturbs all pages alike."""
    found = {page.name: Measured() for page in pages}
    for page in pages:
        page.browser.close()  # the server has ended a connection that nobody used for long; this opens another
        ask(page, page.browser, WARM, size.seconds)
    for _ in range(size.rounds):
        for page in pages:
            before = server.processor_seconds()
            waits = ask(page, page.browser, size.requests, size.seconds)
            spent = server.processor_seconds() - before
            found[page.name].processor.append(spent * 1000 / len(waits))
            found[page.name].waits += waits
    return found


def ask(page: Page, browser: Browser, requests: int, seconds: float) -> list[float]:
    """Ask one after the other, so often or so long, at least once; the milliseconds that each took."""
    until, waits = time.monotonic() + seconds, [page.once(browser, 0)]
    while len(waits) < requests and time.monotonic() < until:
        waits.append(page.once(browser, len(waits)))
    return waits


def measure_together(page: Page, measured: Measured, size: Size) -> None:
    """With several clients at once: how many requests a second, and how long each waits."""
    browsers = [page.browser.again() for _ in range(CLIENTS)]
    requests = size.rounds * size.requests // CLIENTS
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(lambda browser: page.once(browser, 0), browsers))  # connected, and warm
        begun = time.perf_counter()
        asked = [clients.submit(ask, page, browser, requests, size.seconds) for browser in browsers]
        measured.waits_together = [wait for each in asked for wait in each.result()]
        measured.per_second = len(measured.waits_together) / (time.perf_counter() - begun)
    for browser in browsers:
        browser.close()


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all lies at or below.

    >>> percentile([4, 1, 3, 2], 0.5), percentile(range(1, 101), 0.95)
    (2, 95)
    """
    ordered = sorted(values)
    return ordered[max(0, round(len(ordered) * share + 0.4999) - 1)]
