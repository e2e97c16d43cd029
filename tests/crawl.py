"""A crawl: every link and every form that a person finds from their first page, followed and sent.

What a form changes is taken back before the next one is sent, so that everybody finds everything as it was. Of
addresses that differ only in the record they name, a few are followed.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urljoin, urlsplit
from zipfile import ZipFile

from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

LINKS_ALIKE, FORMS_ALIKE = 3, 1  # followed, of addresses or forms of one kind
MOST_REDIRECTS = 6
NOT_FOLLOWED = ("/static/", "/demonstration", "/components")
DOCUMENT = re.compile(r"/(pdf|word|excel|xlsx|docx)(/|$)|\.(pdf|docx|xlsx)$")
TYPED = "Words typed by a crawl"
ZIP = b"PK"
FIELDS = ("input", "select", "textarea", "button")


@dataclass
class Form:
    """A form of a page: where it is sent, how, and each field with what it holds and what could be chosen."""

    action: str
    method: str
    held: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def as_shown(self) -> list[tuple[str, str]]:
        """What a browser sends when nobody touches anything."""
        return list(self.held)

    def emptied(self) -> list[tuple[str, str]]:
        """The same with nothing typed and nothing chosen."""
        return [(name, "" if name in self.typed else value) for name, value in self.held if name not in self.choices]

    def filled(self) -> list[tuple[str, str]]:
        """The same with words in every field that takes them, and the last of whatever can be chosen."""
        untouched = [(name, value) for name, value in self.held if name not in self.typed | self.choices.keys()]
        chosen = [(name, values[-1]) for name, values in self.choices.items()]
        return untouched + [(name, TYPED) for name in sorted(self.typed)] + chosen


class Found(HTMLParser):
    """The links and the forms of a page."""

    def __init__(self, address: str, html: str) -> None:
        super().__init__()
        self.address, self.links, self.forms = address, list[str](), list[Form]()
        self._form: Form | None = None
        self._select: tuple[str, bool] = ("", False)
        self._area: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and told.get("href"):
            self.links.append(urljoin(self.address, told["href"]))
        if tag == "form":
            action = urljoin(self.address, told.get("action") or self.address)
            self._form = Form(action, told.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and tag in (*FIELDS, "option"):
            self._read_field(self._form, tag, told)

    def _read_field(self, form: Form, tag: str, told: dict[str, str]) -> None:
        name, kind, value = told.get("name", ""), told.get("type", "text"), told.get("value", "")
        if tag == "option":
            form.choices.setdefault(self._select[0], []).append(value)
            if "selected" in told:
                form.held.append((self._select[0], value))
        elif tag == "button" or kind in ("submit", "image"):
            if name:
                form.buttons.append((name, value))
        elif tag == "select":
            self._select = (name, "multiple" in told)
        elif kind in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(value or "on")
            if "checked" in told:
                form.held.append((name, value or "on"))
        elif kind == "file":
            form.files.add(name)
        elif tag == "textarea":
            self._area = ""
            form.held.append((name, ""))
            form.typed.add(name)
        elif name:
            form.held.append((name, value))
            if kind != "hidden":
                form.typed.add(name)

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._form is not None and self._area is not None:
            self._form.held[-1] = (self._form.held[-1][0], self._area.removeprefix("\n"))
            self._area = None
        if tag == "form":
            self._form = None


@dataclass
class Crawler:
    """One person’s crawl. `look` is given the address and the words of every answer, and raises at what is wrong."""

    who: str
    client: Client
    look: Callable[[str, str], None]
    taken_away: set[str] = field(default_factory=set)
    addresses: dict[str, str] = field(default_factory=dict)
    pages: int = 0
    sent: int = 0

    def crawl(self, *begin: str) -> None:
        """Follow every link from there on, and send every form."""
        waiting, seen, alike, forms = deque(begin), set[str](), Counter[str](), Counter[tuple[str, ...]]()
        while waiting:
            address = waiting.popleft()
            kind = kind_of(address)
            if address in seen or not self.is_followed(address, kind) or alike[kind] >= LINKS_ALIKE:
                continue
            seen.add(address)
            alike[kind] += 1
            found = self.open(address)
            if found is None:
                continue
            self.addresses.setdefault(kind, address)
            waiting.extend(found.links)
            for form in found.forms:
                for button in form.buttons or [("", "")]:
                    alike_form = (form.method, kind_of(form.action), *map(shape, button))
                    forms[alike_form] += 1
                    if forms[alike_form] <= FORMS_ALIKE and not form.action.startswith(NOT_FOLLOWED):
                        waiting.extend(self.send_in_every_way(form, button))

    def is_followed(self, address: str, kind: str) -> bool:
        """Whether an address is one of this installation’s, and no document that was made already."""
        if not address.startswith("/") or address.startswith(NOT_FOLLOWED):
            return False
        if DOCUMENT.search(urlsplit(address).path):
            if kind in self.taken_away:
                return False
            self.taken_away.add(kind)
        return True

    def open(self, address: str) -> Found | None:
        """What stands on a page; None when it is none."""
        self.pages += 1
        return self._read(address, self.client.get(address))

    def send_in_every_way(self, form: Form, button: tuple[str, str]) -> Iterator[str]:
        """Send a form as it is shown, emptied, and filled; the links of what came back."""
        for fill in (form.emptied, form.filled, form.as_shown):
            data: dict[str, Any] = {}
            for name, value in [*fill(), *([button] if button[0] else [])]:
                data.setdefault(name, []).append(value)
            yield from self._send(form, data)

    def _send(self, form: Form, data: dict[str, Any]) -> list[str]:
        """Send it and take back what it changed: the rows, and who is signed in."""
        self.sent += 1
        cookies = self.client.cookies.copy()
        if form.method == "get":
            found = self._read(form.action, self.client.get(form.action, data))
            return [] if found is None else found.links
        with transaction.atomic():
            found = self._read(form.action, self.client.post(form.action, data))
            transaction.set_rollback(True)
        self.client.cookies = cookies
        return []

    def _read(self, address: str, answer: Any) -> Found | None:
        """Look at an answer and at where it leads."""
        for _ in range(MOST_REDIRECTS):
            if answer.status_code not in (301, 302, 303):
                break
            address = urljoin(address, answer["Location"])
            if not address.startswith("/"):
                return None
            answer = self.client.get(address)
        assert answer.status_code < 500, f"{self.who}: {address} answered {answer.status_code}"
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told = answer.get("Content-Type", "").partition(";")[0]
        self.look(address, words_in(body, told))
        if told != "text/html" or answer.status_code != 200:
            return None
        return Found(address, body.decode())


def words_in(body: bytes, content_type: str) -> str:
    """What can be read of an answer without a program for it: a page, a table, the parts of a Word or Excel file."""
    if content_type.startswith("text/") or content_type.endswith("json"):
        return body.decode()
    if body.startswith(ZIP):
        with ZipFile(BytesIO(body)) as parts:
            return "\n".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    return ""


def kind_of(address: str) -> str:
    """An address without what names a record, and with the names of what it chooses among rows.

    >>> kind_of("/reviews/0a1b2c3d-0000-4000-8000-000000000000/areas/A?show=open"), kind_of("/plan/export/csv")
    ('/reviews/*/areas/*?show', '/plan/export/csv')
    """
    parts = urlsplit(address)
    path = "/".join(shape(part) for part in parts.path.split("/"))
    asked = "&".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return f"{path}?{asked}" if asked else path


def shape(part: str) -> str:
    """A word as it is, and a star for what names a record.

    >>> shape("export"), shape("B2"), shape("4"), shape("0a1b2c3d-0000-4000-8000-000000000000")
    ('export', '*', '*', '*')
    """
    return "*" if re.search(r"[A-Z0-9]", part) else part
