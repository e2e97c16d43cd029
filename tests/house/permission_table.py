"""The permission table: `who_opens_what.txt`, read and compared with what the pages answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from django.db import transaction
from django.test import Client

from tests.cast import Cast, Person
from tests.client import CheckingClient
from tests.house.keys import POSTED
from tests.house.pages import Page

TABLE = Path(__file__).with_name("who_opens_what.txt")
PEOPLE = (
    *("amara", "priya", "tomasz", "leila", "hannah", "megan", "grace", "daniel", "ruth", "sam", "joanna", "idris"),
    *("mei", "kofi", "zofia", "rafael"),
)
NOBODY = "nobody"
NOT_ALLOWED = 405

Row = tuple[str, ...]


def read(text: str) -> dict[str, list[Row]]:
    """Page → its rows: the way to ask, whose record, and the status for each person."""
    found: dict[str, list[Row]] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            page, *row = line.split()
            found.setdefault(page, []).append(tuple(row))
    return found


def heading() -> str:
    return "#" + line("page", ("", "whose", *PEOPLE, NOBODY))


def line(page: str, row: Row) -> str:
    """One row as it stands in the file."""
    way, whose, *statuses = row
    return f"{page:<38} {way:<4} {whose:<7} " + " ".join(f"{status:>6}" for status in statuses)


def lines(page: str, rows: list[Row]) -> str:
    return "\n".join(line(page, row) for row in rows)


def answers(page: Page, cast: Cast, browse: Callable[[Person], Client]) -> list[Row]:
    """What a page answers to each person, for each kind of owner: when it is opened, then when a form is sent to it.

    Everybody signs in once: what an answer did to their browser is taken back with the rest.
    """
    addresses = {owner: page.address(cast, owner) for owner in page.owners()}
    browsers = [*(browse(getattr(cast, name)) for name in PEOPLE), CheckingClient()]
    return [
        answers_about(address, owner, way, browsers, POSTED.get(page.name, {}))
        for way in ways(page.name, browse(cast.amara), next(iter(addresses.values())))
        for owner, address in addresses.items()
    ]


def ways(name: str, browser: Client, address: str) -> list[str]:
    """How a page is asked: GET when it shows itself; POST when it only takes forms, or when we say what to send."""
    shows_itself = status(browser, "GET", address) != NOT_ALLOWED
    return ["GET"] * shows_itself + ["POST"] * (not shows_itself or name in POSTED)


def answers_about(address: str, owner: str, way: str, browsers: Sequence[Client], sent: dict[str, str]) -> Row:
    return (way, owner, *(str(status(browser, way, address, sent)) for browser in browsers))


def status(browser: Client, way: str, address: str, sent: dict[str, str] | None = None) -> int:
    """What a page answers; what it changed is taken back, so that the next person finds everything as it was."""
    cookies = dict(browser.cookies)
    with transaction.atomic():
        answered = browser.post(address, sent) if sent and way == "POST" else browser.generic(way, address)
        b"".join(answered)  # a file is closed when it has been read
        transaction.set_rollback(True)
    browser.cookies.clear()
    browser.cookies.update(cookies)
    return int(answered.status_code)
