"""GOV.UK Notify, imitated by a small server on this computer."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured

from trellis.core.jobs.worker import Worker
from trellis.core.mail import MailKind, deliver_due, send
from trellis.core.models import Job, SentMail
from trellis.core.rules.mail import HANDOVER

pytestmark = pytest.mark.django_db
KEY = "trellis-11111111-1111-1111-1111-111111111111-22222222-2222-2222-2222-222222222222"
FRIDAY = datetime(2027, 3, 5, 12, 0, tzinfo=UTC)


@dataclass
class Imitation:
    """What Notify was given, what it knows of each message, and how it answers."""

    taken: list[dict] = field(default_factory=list)
    status: str = "sending"
    answer: int = 201

    def post(self, said: dict) -> tuple[int, dict]:
        if self.answer != 201:
            return self.answer, {"status_code": self.answer, "errors": [{"error": "BadRequestError", "message": "no"}]}
        self.taken.append(said | {"id": f"notify-{len(self.taken)}"})
        return 201, {"id": self.taken[-1]["id"]}

    def get(self, path: str, query: dict) -> tuple[int, dict]:
        if "reference" in query:
            return 200, {"notifications": [each for each in self.taken if each["reference"] == query["reference"][0]]}
        return 200, {"id": path.rpartition("/")[2], "status": self.status}


@pytest.fixture
def notify(settings):
    imitation = Imitation()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.say(*imitation.post(said))

        def do_GET(self):
            asked = urlsplit(self.path)
            self.say(*imitation.get(asked.path, parse_qs(asked.query)))

        def say(self, status, answer):
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    settings.EMAIL_BACKEND = "trellis.core.mail.notify.EmailBackend"
    settings.NOTIFY_ADDRESS = f"http://127.0.0.1:{server.server_port}"
    settings.NOTIFY_API_KEY, settings.NOTIFY_TEMPLATE_ID = KEY, "template-1"
    yield imitation
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(FRIDAY, tick=False) as standing:
        yield standing


@pytest.fixture
def message(cast) -> SentMail:
    about = {"subject": "An action of yours is due", "reason": "It is due on 12 March 2027.", "link": "/actions/7"}
    return send(to=cast.priya.user, kind=MailKind.ACTION_REMINDER, **about)


def test_it_takes_the_subject_and_the_body_under_our_reference(notify, message):
    deliver_due()
    message.refresh_from_db()
    (taken,) = notify.taken
    assert (taken["email_address"], taken["template_id"]) == ("priya.nair@example.org", "template-1")
    assert taken["personalisation"]["subject"] == "An action of yours is due"
    assert "/actions/7" in taken["personalisation"]["body"]
    assert (taken["reference"], message.state, message.service_id) == (str(message.pk), "sent", "notify-0")


def test_what_got_through_before_a_worker_died_is_not_sent_again(notify, message, clock):
    deliver_due()
    SentMail.objects.update(state="queued", service_id="", sent_at=None)
    clock.move_to(FRIDAY + HANDOVER)
    deliver_due()
    message.refresh_from_db()
    assert (len(notify.taken), message.state, message.service_id) == (1, "sent", "notify-0")


@pytest.mark.parametrize(("answer", "state"), [(400, "failed"), (403, "queued"), (429, "queued"), (500, "queued")])
def test_a_refusal_is_final_only_when_the_message_is_wrong(notify, message, answer, state):
    notify.answer = answer
    deliver_due()
    message.refresh_from_db()
    assert (message.state, message.problem) == (state, f"The mail service refused it ({answer})")


@pytest.mark.parametrize(
    ("status", "state", "problem"),
    [
        ("sending", "sent", ""),
        ("delivered", "delivered", ""),
        ("permanent-failure", "undeliverable", "The address does not exist"),
        ("technical-failure", "undeliverable", "GOV.UK Notify could not send it"),
    ],
)
def test_whether_it_arrived_is_asked_every_ten_minutes(notify, message, clock, status, state, problem):
    Worker().run_until_empty()
    notify.status = status
    clock.move_to(FRIDAY + timedelta(minutes=10))
    Worker().run_until_empty()
    message.refresh_from_db()
    assert (message.state, message.problem) == (state, problem)


def test_nothing_is_asked_when_nothing_is_on_its_way(notify, cast, clock):
    Worker().run_until_empty()
    clock.move_to(FRIDAY + timedelta(minutes=10))
    Worker().run_until_empty()
    assert not Job.objects.filter(name="mail.arrivals").exists()


def test_without_its_package_it_says_what_to_install(message, settings, monkeypatch):
    settings.EMAIL_BACKEND = "trellis.core.mail.notify.EmailBackend"
    monkeypatch.setitem(__import__("sys").modules, "notifications_python_client.notifications", None)
    from trellis.core.mail.notify import client

    with pytest.raises(ImproperlyConfigured, match=r"requirements-scale\.txt"):
        client()
