"""Every page that a role can open, against the bare page; and what can be taken away, which is no page."""

from __future__ import annotations

import statistics
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.browser import signed_in
from bench.pages import MANAGER, TIMES_BARE, bare_page
from bench.results import Figure
from bench.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bench.installation import Installation, Server
    from bench.measure import Page, Size
    from bench.walk import Visit

COSTLIEST = 2  # visits of a page that are measured, of all that were made
WARM, REQUESTS, OF_BARE = 1, 3, 2  # requests that are not counted; in each round; of the bare page in each round
WORKED_OUT = frozenset({"who_can_go", "coming_sessions", "coming_session"})
MOST_WORKED_OUT = 500.0  # ms of a page that works out answers for each quarter hour and everything that could help
ROUNDS, SHOWN = 2, 10  # for every page; the costliest ten, and what seems to cost too much, are then measured at length


@dataclass
class Cost:
    """Processor milliseconds of a request, in each round, and of the bare page in the same round."""

    visit: Visit
    own: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    @property
    def milliseconds(self) -> float:
        """The middle of all rounds, so that a disturbed one does no harm."""
        return statistics.median(self.own)

    @property
    def times_bare(self) -> float:
        """How many times the bare page."""
        return self.milliseconds / statistics.median(self.bare)


def figures_of_every_page(server: Server, installation: Installation, size: Size) -> Iterator[Figure]:
    """One figure for each page, as the person for whom it costs most; the ten costliest are shown in the table."""
    visits, never_opened = walk(server, installation, MANAGER)
    every = costliest([visit for visit in visits if visit.is_page])
    worst = costliest_first(measure_visits(server, every, ROUNDS))
    again = [cost for place, cost in enumerate(worst) if place < SHOWN or cost.times_bare > TIMES_BARE]
    at_length = measure_visits(server, [cost.visit for cost in again], 2 * size.rounds)
    worst = costliest_first(at_length) + worst[len(again) :]
    for place, cost in enumerate(worst):
        name, works_out = f"page {cost.visit.route}", cost.visit.route in WORKED_OUT
        quiet = not works_out and place >= SHOWN and cost.times_bare <= TIMES_BARE
        most, longest = (None, MOST_WORKED_OUT) if works_out else (TIMES_BARE, None)
        yield Figure(f"{name}: processor time", cost.milliseconds, "ms", at_most=longest, quiet=not works_out)
        yield Figure(f"{name}: times the bare page", cost.times_bare, "×", at_most=most, quiet=quiet)
    yield Figure("every page: how many", len(worst), "")
    yield Figure("every page: not opened by anybody", len(never_opened), " ".join(sorted(never_opened)), at_most=0)
    for visit in visits:
        if not visit.is_page:
            yield Figure(
                f"to take away, {visit.route} {visit.address.rpartition('/')[2]}", visit.cost, "ms", quiet=True
            )


def costliest(visits: Iterable[Visit]) -> list[Visit]:
    """Of each page the few visits that cost most, each of another person."""
    of_route: defaultdict[str, dict[str, Visit]] = defaultdict(dict)
    for visit in sorted(visits, key=lambda visit: visit.cost):
        of_route[visit.route][visit.who] = visit
    by_cost = [sorted(found.values(), key=lambda visit: -visit.cost) for found in of_route.values()]
    return [visit for found in by_cost for visit in found[:COSTLIEST]]


def measure_visits(server: Server, visits: Sequence[Visit], rounds: int) -> list[Cost]:
    """Each visit made again in rounds, each time right after the bare page, so that a slow moment slows both."""
    bare, costs = bare_page(signed_in(server.port, MANAGER)), [Cost(visit) for visit in visits]
    for number in range(rounds):
        for cost in costs:
            cost.bare.append(_bare(server, bare))
            cost.own.append(_own(server, cost.visit, warm=0 if number else WARM))
    return costs


def costliest_first(costs: Iterable[Cost]) -> list[Cost]:
    """Of each page its costliest visit, and of those the costliest first."""
    found: dict[str, Cost] = {}
    for cost in sorted(costs, key=lambda cost: cost.times_bare):
        found[cost.visit.route] = cost
    return sorted(found.values(), key=lambda cost: -cost.times_bare)


def _bare(server: Server, page: Page) -> float:
    page.browser.close()
    before = server.processor_seconds()
    for number in range(OF_BARE):
        page.once(page.browser, number)
    return (server.processor_seconds() - before) * 1000 / OF_BARE


def _own(server: Server, visit: Visit, *, warm: int) -> float:
    visit.browser.close()
    for _ in range(warm):
        visit.browser.get(visit.address)
    before = server.processor_seconds()
    for _ in range(REQUESTS):
        answer = visit.browser.get(visit.address)
        if answer.status != 200:
            raise RuntimeError(f"{visit.address} as {visit.who}: status {answer.status}")
    return (server.processor_seconds() - before) * 1000 / REQUESTS
