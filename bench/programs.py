"""What a program pays that reads and writes the reviews of its own setting."""

from __future__ import annotations

import json
from itertools import cycle
from typing import TYPE_CHECKING

from bench.browser import Browser, signed_in
from bench.measure import Page, measure
from bench.pages import MANAGER, bare_page, figures, queries
from bench.results import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.browser import Answer
    from bench.installation import Installation, Server
    from bench.measure import Size

REVIEWS = "/api/v1/reviews"
# A token may ask so often in a minute, which a bench does in a second: as many programs as are needed take turns.
TOKENS = 30
MOST_QUERIES = 10  # of which five say who asks, and how often that was in this minute
LISTING, READING, RATING = "API, list of reviews", "API, a review with its ratings", "API, rating a statement"


class Program:
    """Programs that take turns, each with a token of its own."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = cycle(secrets)

    def get(self, browser: Browser, address: str) -> Answer:
        """Read."""
        return browser.ask("GET", address, None, self._with_token())

    def put(self, browser: Browser, address: str, said: object, tag: str) -> Answer:
        """Write over the version that was read."""
        headers = {"Content-Type": "application/json", "If-Match": tag}
        return browser.ask("PUT", address, json.dumps(said), self._with_token() | headers)

    def _with_token(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {next(self._secrets)}"}


class Rating:
    """Rating statements of a review, each connection its own, each time otherwise than before."""

    def __init__(self, program: Program, review: str, codes: Sequence[str]) -> None:
        self.program, self.review, self.codes = program, review, cycle(codes)
        self.known: dict[Browser, tuple[str, str]] = {}  # the address of the rating, and its tag

    def __call__(self, browser: Browser, number: int) -> Answer:
        """Write a level and a note, and keep the tag that comes back."""
        address, tag = self.known.get(browser) or self._first(browser)
        said = {"state": "rated", "level": ("secure", "partly")[number % 2], "notes": f"Looked at again after {tag}"}
        answer = self.program.put(browser, address, said, tag)
        if answer.status == 200:
            self.known[browser] = address, answer.headers["ETag"]
        return answer

    def _first(self, browser: Browser) -> tuple[str, str]:
        address = f"{self.review}/ratings/{next(self.codes)}"
        self.known[browser] = address, self.program.get(browser, address).headers["ETag"]
        return self.known[browser]


def program_pages(browser: Browser, secrets: Sequence[str]) -> list[Page]:
    """The list, one review, and a rating; of the setting’s newest review."""
    program = Program(secrets)
    newest = json.loads(program.get(browser, REVIEWS).body)["reviews"][0]["id"]
    review = f"{REVIEWS}/{newest}"
    codes = [each["code"] for each in json.loads(program.get(browser, review).body)["ratings"]]
    return [
        Page(LISTING, browser, lambda browser, _number: program.get(browser, REVIEWS)),
        Page(READING, browser, lambda browser, _number: program.get(browser, review)),
        Page(RATING, browser, Rating(program, review, codes)),
    ]


def figures_of_programs(server: Server, installation: Installation, size: Size) -> Iterator[Figure]:
    """Reading and writing, against the bare page and with the number of queries."""
    secrets = json.loads(installation.python("-m", "bench.tokens", MANAGER, str(TOKENS)).said.splitlines()[-1])
    asked = program_pages(Browser(server.port), secrets)
    yield from figures(asked, measure(server, [bare_page(signed_in(server.port, MANAGER)), *asked], size))
    for page in asked:
        yield Figure(f"{page.name}: queries", queries(page), "", at_most=MOST_QUERIES)
