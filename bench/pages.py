"""The pages that are measured, as the demonstration’s people open them, and their targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.browser import Answer, Browser, fields_of, signed_in
from bench.counting import COUNT, COUNTED
from bench.measure import CLIENTS, Page, measure, percentile
from bench.results import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench.installation import Server
    from bench.measure import Measured, Size

MANAGER = "Amara Okafor"
WORD, BARE, SAVING = "bare view", "bare page", "saving a rating"

MOST_FOR_BARE = 10.0  # ms of the processor
TIMES_BARE = 2.5
PARENTS = "parents’ form"
TIMES_BARE_FOR = {PARENTS: 1.5}  # on a phone, by hundreds within an evening
MOST_QUERIES = 8


def getting(address: str) -> Callable[[Browser, int], Answer]:
    """Open a page."""
    return lambda browser, _number: browser.get(address)


class Saving:
    """Saving a statement of a review as the page does it while someone types; each browser its own statement."""

    def __init__(self, area: Answer) -> None:
        self.address = area.find(r'data-autosave="([^"]+)"')
        self.fields = fields_of(area.body)
        self.codes = sorted(name.removesuffix("-version") for name in self.fields if name.endswith("-version"))
        self.cards: dict[Browser, tuple[str, dict[str, str]]] = {}

    def __call__(self, browser: Browser, number: int) -> Answer:
        """Change the notes, and keep the version that comes back."""
        code, card = self.cards.setdefault(browser, self._next_card())
        version = card[f"{code}-version"]
        card[f"{code}-choice"] = ("secure", "partly")[number % 2]
        answer = browser.post(self.address, card | {f"{code}-notes": f"Looked at again after version {version}"})
        if answer.status == 200:
            card[f"{code}-version"] = answer.find(rf'"{code}-version": (\d+)')
        return answer

    def _next_card(self) -> tuple[str, dict[str, str]]:
        code = self.codes[len(self.cards) % len(self.codes)]
        names = {"csrfmiddlewaretoken"} | {name for name in self.fields if name.startswith(f"{code}-")}
        return code, {name: self.fields[name] for name in names}


def bare_page(person: Browser) -> Page:
    """The page that the others are compared with."""
    return Page(BARE, person, getting("/bench/page"))


def review_pages(nobody: Browser, manager: Browser) -> list[Page]:
    """What needs no register, beside the two to compare with."""
    review = manager.get("/").find(r'href="(/reviews/[0-9a-f-]{36}/)')
    form = manager.get(f"{review}voices").find(r'href="(/reviews/parents/[0-9a-f-]{36}/)')
    link = manager.get(form).find(r"(/parents/[\w-]{24})")
    area = manager.get(review).find(rf'href="({review}areas/[^"#]+)')
    return [
        Page(WORD, nobody, getting("/bench/word")),
        bare_page(manager),
        Page("sign-in page", nobody, getting(nobody.get("/").headers["Location"])),
        Page("first page", manager, getting("/")),
        Page("review area page", manager, getting(area)),
        Page(PARENTS, nobody, getting(f"{link}/ur")),
        Page(SAVING, manager, Saving(manager.get(area))),
    ]


def figures_of_pages(server: Server, size: Size) -> Iterator[Figure]:
    """What the pages cost that everybody opens."""
    asked = review_pages(Browser(server.port), signed_in(server.port, MANAGER))
    yield from figures(asked, measure(server, asked, size))
    yield Figure(f"{SAVING}: queries", queries(asked[-1]), "", at_most=MOST_QUERIES)


def queries(page: Page) -> int:
    """How many queries a page takes."""
    page.browser.headers[COUNT] = "yes"
    answer = page.ask(page.browser, 0)
    del page.browser.headers[COUNT]
    return int(answer.headers[COUNTED])


def figures(asked: Sequence[Page], found: dict[str, Measured]) -> Iterator[Figure]:
    """What was found of each page; the bare page must be among them."""
    bare = found[BARE].cost
    for page in asked:
        name, of = page.name, found[page.name]
        yield Figure(f"{name}: processor time", of.cost, "ms", at_most=MOST_FOR_BARE if name == BARE else None)
        if name not in (WORD, BARE):
            yield Figure(
                f"{name}: times the bare page", of.cost / bare, "×", at_most=TIMES_BARE_FOR.get(name, TIMES_BARE)
            )
        yield Figure(f"{name}: median", percentile(of.waits, 0.5), "ms")
        yield Figure(f"{name}: 95th percentile", percentile(of.waits, 0.95), "ms")
        yield Figure(f"{name}: {CLIENTS} clients", of.per_second, "requests/s")
        yield Figure(f"{name}: {CLIENTS} clients, 95th percentile", percentile(of.waits_together, 0.95), "ms")
