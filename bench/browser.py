"""A browser as small as can be: one connection kept alive, cookies, forms. It follows no redirect."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message

PATIENCE = 60  # seconds for one answer
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Message
    body: str

    def find(self, pattern: str) -> str:
        """The first thing in the body that a pattern finds. Raises `LookupError` if there is none."""
        found = re.search(pattern, self.body)
        if found is None:
            raise LookupError(f"Nothing like {pattern} in an answer with status {self.status}")
        return found.group(1)


class Browser:
    """One person’s browser, on this computer."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None) -> None:
        self.port, self.cookies = port, dict(cookies or {})
        self.headers: dict[str, str] = {}  # sent with every request
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def get(self, address: str) -> Answer:
        """Open a page."""
        return self._ask("GET", address, None, {})

    def post(self, address: str, fields: Mapping[str, str]) -> Answer:
        """Send a form."""
        return self._ask("POST", address, urlencode(fields), {"Content-Type": FORM})

    def ask(self, method: str, address: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        """Ask as a program does."""
        return self._ask(method, address, body, headers)

    def again(self) -> Browser:
        """Another window of the same person: the same cookies, a connection of its own."""
        return Browser(self.port, self.cookies)

    def close(self) -> None:
        """End the connection; the next question opens another."""
        self._connection.close()

    def _ask(self, method: str, address: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._connection.request(method, address, body, {"Cookie": cookies, **self.headers, **headers})
        response = self._connection.getresponse()
        content = response.read().decode(errors="replace")
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: cookie.value for name, cookie in SimpleCookie(line).items()}
        return Answer(response.status, response.headers, content)


def signed_in(port: int, name: str) -> Browser:
    """The browser of one of the demonstration’s people."""
    browser = Browser(port)
    page = browser.get("/demonstration")
    user = page.find(rf'action="(/demonstration/[^"]+)"(?:(?!</form>).)*Be {re.escape(name)}<')
    answer = browser.post(user, {"csrfmiddlewaretoken": page.find(r'name="csrfmiddlewaretoken" value="([^"]+)"')})
    if answer.status != 302:
        raise RuntimeError(f"{name} cannot be signed in: status {answer.status}")
    return browser


class _Fields(HTMLParser):
    """The fields of a page as it stands: name and value."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._select = self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        ticked = given.get("type") not in ("radio", "checkbox") or "checked" in given
        if tag == "input" and "name" in given and ticked:
            self.found[given["name"]] = given.get("value", "on")
        elif tag == "textarea":
            self._text = given["name"]
            self.found[self._text] = ""
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and "selected" in given:
            self.found[self._select] = given["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.found[self._text] += data


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send if nothing were changed.

    >>> fields_of('<input name="a" value="1"><input type="radio" name="b" value="2"><textarea name="c">3</textarea>')
    {'a': '1', 'c': '3'}
    """
    reader = _Fields()
    reader.feed(page)
    return reader.found
