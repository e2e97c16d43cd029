"""What a demonstration prints in its terminal: e-mails one can read, and no line for each request."""

from __future__ import annotations

import io

import pytest
from django.core.mail import EmailMultiAlternatives

from trellis.core.logs import logging_settings
from trellis.core.mail.console import EmailBackend


def test_an_e_mail_is_a_short_block_with_its_link() -> None:
    printed = io.StringIO()
    body = "You are invited.\n\nhttp://127.0.0.1:8000/invitation/abc\n\n--\nYou get this e-mail from Trellis"
    letter = EmailMultiAlternatives("An invitation", body, to=["niamh@example.org"])
    letter.attach_alternative("<p>You are invited.</p>", "text/html")
    EmailBackend(stream=printed).send_messages([letter])
    assert printed.getvalue().strip().splitlines() == [
        "── E-mail to niamh@example.org: An invitation",
        "You are invited.",
        "",
        "http://127.0.0.1:8000/invitation/abc",
        "──",
    ]


@pytest.mark.parametrize(("requests", "level"), [(True, "INFO"), (False, "WARNING")])
def test_requests_leave_lines_only_where_they_are_wanted(requests: bool, level: str) -> None:
    assert logging_settings(readable=True, requests=requests)["loggers"]["trellis.requests"] == {"level": level}
