"""SMTP by setting, spoken with a small server on this computer."""

from __future__ import annotations

import socketserver
import threading
from email import message_from_bytes
from email.policy import default

import pytest
from django.conf import settings as live
from pydantic import SecretStr

from trellis.core.mail import MailKind, deliver_due, send
from trellis.environment import Environment, SettingsMistake, SmtpServer, read_environment, smtp_server


class Session(socketserver.StreamRequestHandler):
    """One client’s talk: takes everything but mail to whom the server says it does not know."""

    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            command = line.split(" ")[0].upper()
            if command == "RCPT" and self.server.unknown in line:
                self.say(f"550 5.1.1 {line} is nobody")
            elif command == "DATA":
                self.say("354 go on")
                self.server.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                self.say("250 taken")
            else:
                self.say("221 bye" if command == "QUIT" else "250 yes")

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def server(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as listening:
        listening.daemon_threads = True
        listening.taken, listening.unknown = [], "nobody@"
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = listening.server_address
        yield listening
        listening.shutdown()
        thread.join()


def remind(address):
    about = {"subject": "An action of yours is due", "reason": "It is due on 12 March 2027.", "link": "/actions/7"}
    return send(to=address, kind=MailKind.ACTION_REMINDER, **about)


@pytest.mark.django_db
def test_it_goes_out_as_plain_text_and_html(server):
    message = remind("priya.nair@example.org")
    deliver_due()
    letter = message_from_bytes(server.taken[0], policy=default)
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert (letter["To"], letter["From"]) == ("priya.nair@example.org", live.DEFAULT_FROM_EMAIL)
    message.refresh_from_db()
    assert message.state == "sent"


@pytest.mark.django_db
def test_one_that_is_refused_does_not_hold_up_the_next(server):
    refused, taken = remind("nobody@example.org"), remind("priya.nair@example.org")
    assert deliver_due() == 2
    refused.refresh_from_db()
    taken.refresh_from_db()
    assert (refused.state, refused.problem) == ("failed", "The mail service refused it (550)")
    assert taken.state == "sent"


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("smtp://amara:p%40ss@mail.example.org", SmtpServer("mail.example.org", 587, "amara", "p@ss", starttls=True)),
        ("smtps://mail.example.org", SmtpServer("mail.example.org", 465, tls=True)),
        ("smtp://localhost:1025", SmtpServer("localhost", 1025)),
    ],
)
def test_one_address_says_where_mail_is_handed_over(address, server):
    environment = Environment.model_construct(smtp_url=SecretStr(address))
    assert smtp_server(environment) == server
    assert smtp_server(Environment.model_construct(smtp_url=None)) == SmtpServer()


def test_notify_without_its_package_does_not_start_and_says_what_to_install(monkeypatch):
    for name, value in {"EMAIL": "notify", "NOTIFY_API_KEY": "x", "NOTIFY_TEMPLATE_ID": "y"}.items():
        monkeypatch.setenv(f"TRELLIS_{name}", value)
    assert read_environment().email == "notify"
    monkeypatch.setattr("trellis.environment.find_spec", lambda _: None)
    with pytest.raises(SettingsMistake, match=r"install requirements-scale\.txt"):
        read_environment()
