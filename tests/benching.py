"""The bench within a test: sizes that take no time, and a browser that asks Django’s test client."""

from __future__ import annotations

from email.message import Message
from urllib.parse import parse_qsl

import pytest

from bench.browser import FORM, Answer, Browser
from bench.measure import Size

SMALL = Size(rows=40, rounds=2, requests=8, seconds=1.0, changes=3)


class Within(Browser):
    """A browser that asks Django’s test client."""

    def __init__(self, client):
        super().__init__(0)
        self.client = client

    def again(self):
        return Within(self.client)

    def _ask(self, method, address, body, headers):
        headers = {**self.headers, **headers}
        send = {"GET": self.client.get, "POST": self.client.post, "PUT": self.client.put}[method]
        kind = headers.pop("Content-Type", FORM)
        if kind == FORM:
            response = send(address, dict(parse_qsl(body or "", keep_blank_values=True)), headers=headers)
        else:
            response = send(address, body, content_type=kind, headers=headers)
        message = Message()
        for name, value in response.items():
            message[name] = value
        return Answer(response.status_code, message, b"".join(response).decode(errors="replace"))


@pytest.fixture
def bench_settings(settings):
    """The settings of the bench, as far as they differ."""
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "bench"]
    settings.MIDDLEWARE = ["bench.counting.count_queries", *settings.MIDDLEWARE]
    settings.ROOT_URLCONF = "bench.urls"
