"""What the log says of a request, and that nothing about a person is in it."""

from __future__ import annotations

import io
import json
import logging
import uuid
from importlib.util import find_spec

import pytest
import structlog
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from trellis.core import logs
from trellis.core.access import public
from trellis.core.context import Origin, coming_from

PERSONAL = ("Zofia", "Nowak", "zofia.nowak@example.org", "2023-03-05", "secret-word", "SW1A")


@public
def keep_child(request, child_id):
    """A planted page that breaks in the middle with everything it knows in its hands."""
    name, address = request.POST["name"], request.POST["address"]
    try:
        raise KeyError(name)
    except KeyError as error:
        raise IntegrityError(f"Key (e-mail)=({address}) of {name} already exists") from error


@public
def fine(request):
    return HttpResponse("fine", content_type="text/plain")


urlpatterns = [path("children/<uuid:child_id>", keep_child, name="keep_child"), path("fine", fine, name="fine")]


class Written(io.StringIO):
    """What was written to the log."""

    def events(self) -> list[dict]:
        return [json.loads(line) for line in self.getvalue().splitlines()]

    def the(self, event: str) -> dict:
        (found,) = [each for each in self.events() if each["event"] == event]
        return found


def writing(readable):
    """A log of the test’s own, beside the one of the settings."""
    written = Written()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.formatter(readable=readable))
    logging.getLogger().addHandler(handler)
    return written, handler


@pytest.fixture
def written():
    found, handler = writing(readable=False)
    yield found
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def written_to_read():
    found, handler = writing(readable=True)
    yield found
    logging.getLogger().removeHandler(handler)


def post_a_child(child_id, **how):
    client = Client(raise_request_exception=False, **how)
    return client.post(
        f"/children/{child_id}?search=Zofia+Nowak&born=2023-03-05",
        {"name": "Zofia Nowak", "address": "zofia.nowak@example.org", "born": "2023-03-05", "postcode": "SW1A 1AA"},
        headers={"Referer": "https://elsewhere.example/people?name=Zofia&word=secret-word"},
    )


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_page_that_breaks_tells_nothing_about_a_person(written):
    child_id = uuid.uuid4()
    assert post_a_child(child_id).status_code == 500
    assert not [word for word in (*PERSONAL, str(child_id)) if word in written.getvalue()]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_it_tells_what_kind_of_error_and_where(written):
    answer = post_a_child(uuid.uuid4())
    broken = written.the("Internal Server Error: /children/<uuid:child_id>")
    assert broken["request_id"] == answer["X-Request-Id"]
    assert broken["level"] == "error"
    first, *frames = broken["exception"].splitlines()
    assert first == "django.db.utils.IntegrityError"
    assert any("test_logs.py" in frame and "in keep_child" in frame for frame in frames)
    assert "builtins.KeyError" in frames, "what caused it is told too"


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_form_without_its_protection_tells_why_and_not_what_was_typed(written):
    assert post_a_child(uuid.uuid4(), enforce_csrf_checks=True).status_code == 403
    assert (
        written.the("Forbidden (CSRF cookie not set.): /children/<uuid:child_id>")["logger"] == "django.security.csrf"
    )
    assert not [word for word in PERSONAL if word in written.getvalue()]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_of_the_page_that_a_form_came_from_only_the_host_is_told(written):
    browser = Client(enforce_csrf_checks=True)
    link = "https://elsewhere.example/apply/with/secret-word/check"
    assert browser.post("/fine", headers={"Referer": link}, secure=True).status_code == 403
    assert "https://elsewhere.example does not match" in written.getvalue()
    assert "secret-word" not in written.getvalue()


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_each_request_is_one_line(written):
    answer = Client().get("/fine?name=Zofia")
    (line,) = written.events()
    assert line.pop("ms") >= 0
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "trellis.requests",
        "method": "GET",
        "request_id": answer["X-Request-Id"],
        "route": "/fine",
        "status": 200,
        "user": None,
    }


def test_the_person_is_told_by_their_key(written, cast, browse):
    browse(cast.amara).get("/fine")
    line = written.the("request")
    assert line["user"] == str(cast.amara.user.pk)
    assert "Amara" not in written.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "route"),
    [("/children-of/zofia.nowak@example.org", "none"), ("/static/zofia.css", "static")],
)
def test_an_address_that_leads_nowhere_is_not_repeated(written, address, route):
    assert Client().get(address).status_code in (302, 404)
    assert written.the("request")["route"] == route
    assert not [word for word in PERSONAL if word.lower() in written.getvalue().lower()]


@pytest.mark.django_db
def test_a_method_that_nobody_knows_is_not_repeated(written):
    Client().generic("ZOFIA", "/health")
    assert written.the("request")["method"] == "other"


@pytest.mark.django_db
def test_a_wrong_host_is_told_in_one_line_without_a_traceback(written):
    assert Client().get("/health", headers={"Host": "elsewhere.example"}).status_code == 400
    assert [line["logger"] for line in written.events()] == ["django.security.DisallowedHost", "trellis.requests"]
    assert "exception" not in written.getvalue()


def test_what_somebody_writes_by_mistake_is_taken_out(written, django_user_model):
    person = django_user_model(name="Zofia Nowak", email="zofia.nowak@example.org")
    structlog.get_logger("trellis.tests").info(
        "told", to="zofia.nowak@example.org", person=person, page="https://trellis.example/people?name=Nowak&page=2"
    )
    told = written.the("told")
    assert (told["to"], told["person"], told["page"]) == ("[e-mail]", "<User>", "https://trellis.example/people")


def test_other_libraries_write_in_the_same_way(written):
    logging.getLogger("some.library").warning("Try again in %s seconds", 5)
    logging.getLogger("some.library").info("Chatter")
    (line,) = written.events()
    assert (line["event"], line["level"], line["logger"]) == ("Try again in 5 seconds", "warning", "some.library")


def test_the_lines_of_a_job_carry_its_id(written):
    with coming_from(Origin(request_id="0123456789abcdef", address="job register.import")):
        structlog.get_logger("trellis.tests").info("told")
    assert written.the("told")["request_id"] == "0123456789abcdef"


def break_with_something_in_hand():
    secret = "secret-word of " + "Zofia"
    raise AttributeError(f"{len(secret)} has no such thing")


@pytest.mark.parametrize("log", ["written", "written_to_read"])
def test_no_line_shows_what_a_variable_held(log, request):
    assert find_spec("rich"), "the pretty tracebacks are there to be had"
    written = request.getfixturevalue(log)
    try:
        break_with_something_in_hand()
    except AttributeError:
        structlog.get_logger("trellis.tests").exception("it_broke")
        logging.getLogger("trellis.tests").exception("It broke")
    assert written.getvalue().count("break_with_something_in_hand") == (2 if log == "written" else 4)
    assert "secret-word of Zofia" not in written.getvalue().replace('"secret-word of " + "Zofia"', "")
    assert "has no such thing" in written.getvalue(), "a message about the code itself is told"


def test_an_error_that_leads_round_in_a_circle_is_told_once():
    one, other = ValueError("Zofia"), TypeError("Nowak")
    one.__cause__, other.__cause__ = other, one
    assert list(logs.without_words(one)) == ["builtins.ValueError", "builtins.TypeError"]
