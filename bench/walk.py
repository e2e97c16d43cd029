"""Every page that anybody can open, found as people find them: from one link to the next, as every one of them."""

from __future__ import annotations

import html
import json
import re
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.browser import Browser, signed_in
from bench.counting import COUNT, ROUTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bench.installation import Installation, Server

LINK = re.compile(r'<a [^>]*?href="(/[^"#]*)')
MOST_ALIKE = 4  # addresses that differ only in their record or their filter, for each person
NOT_FOLLOWED = ("/demonstration/", "/static/", "/bench/")


@dataclass(frozen=True)
class Visit:
    """A page that somebody opened: its name, who, where, and the milliseconds of the processor that it took once."""

    route: str
    who: str
    browser: Browser
    address: str
    cost: float
    is_page: bool


def walk(server: Server, installation: Installation, manager: str) -> tuple[list[Visit], set[str]]:
    """What everybody opened, and the names of the pages that nobody could open although somebody should."""
    begin = json.loads(installation.python("-m", "bench.doors", manager).said.splitlines()[-1])
    nobody = Browser(server.port)
    people = [html.unescape(name) for name in re.findall(r"Be ([^<]+)<", nobody.get("/demonstration").body)]
    browsers = {"nobody": nobody} | {name: signed_in(server.port, name) for name in people}
    browsers |= {who: Browser(server.port, cookies) for who, cookies in begin["browsers"].items()}
    visits: list[Visit] = []
    taken_away: set[str] = set()  # a document takes a second to make: each kind is asked for once
    for who, browser in browsers.items():
        visits += walk_of(server, who, browser, begin["addresses"], taken_away)
    return visits, set(begin["pages"]) - {visit.route for visit in visits}


def walk_of(
    server: Server, who: str, browser: Browser, addresses: Iterable[str], taken_away: set[str]
) -> Iterator[Visit]:
    """All that one person finds."""
    waiting, seen, alike = deque(addresses), set[str](), Counter[str]()
    browser.close()  # the server has ended a connection that nobody used for long
    browser.headers[COUNT] = "yes"
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        if address in seen or address.startswith(NOT_FOLLOWED) or kind in taken_away or alike[kind] == MOST_ALIKE:
            continue
        seen.add(address)
        alike[kind] += 1
        before = server.processor_seconds()
        answer = browser.get(address)
        cost = (server.processor_seconds() - before) * 1000
        if answer.status == 302:
            waiting.append(answer.headers["Location"])
        if answer.status == 200:
            is_page = answer.headers["Content-Type"].startswith("text/html")
            waiting.extend(html.unescape(link) for link in LINK.findall(answer.body) if is_page)
            yield Visit(answer.headers[ROUTE], who, browser, address, cost, is_page)
            if not is_page:
                taken_away.add(kind)
    del browser.headers[COUNT]
    browser.close()


def kind_of(address: str) -> str:
    """An address without what names a record or chooses among rows.

    >>> kind_of("/reviews/0a1b2c3d-0000-4000-8000-000000000000/areas/A?show=open"), kind_of("/plan/export/csv")
    ('/reviews/*/areas/*', '/plan/export/csv')
    """
    return "/".join("*" if re.search(r"[A-Z0-9]", part) else part for part in address.partition("?")[0].split("/"))
