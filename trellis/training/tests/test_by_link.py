"""The pages that a secret link opens: whoever has no such link learns nothing from them, and no log keeps one."""

from __future__ import annotations

import io
import logging
import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.going import visit_session_of
from tests.training import cohort_of, place_in
from trellis.core import logs
from trellis.core.tokens import token_hash
from trellis.training import actions
from trellis.training.actions.application_links import make_key
from trellis.training.models import ApplicationKey, KeyFor
from trellis.training.urls import urlpatterns

pytestmark = pytest.mark.django_db
BY_LINK = sorted(each.name for each in urlpatterns if "<str:token>" in str(each.pattern))
REST = {
    "apologise_by_link": {"session_id": uuid.UUID(int=7)},
    "visit_by_link": {"session_id": uuid.UUID(int=7)},
    "write_reflection_by_link": {"session_id": uuid.UUID(int=7)},
    "want_as_well": {"cohort_id": uuid.UUID(int=7)},
    "answer_offer": {"answer": "accept"},
    "application_step": {"step": "cohort"},
}
NOBODYS = "x" * 43


@pytest.fixture
def links(cast):
    """Tokens by what they open: a cohort’s calendar, a learner’s, their dates, an application, the manager’s answer."""
    cohort = cohort_of(cast.mei)
    place = place_in(cohort, "Priya Nair", by=cast.mei)
    application, applicant = actions.begin_application(
        programme=cohort.programme, name="Amber Quill", email="amber@example.org"
    )
    late = make_key(application, KeyFor.APPLICANT)
    ApplicationKey.objects.filter(token_hash=token_hash(late)).update(until=timezone.now() - timedelta(days=1))
    return {
        "cohort": actions.token_of(actions.make_cohort_feed(cohort=cohort, by=cast.mei.acting)),
        "learner": actions.token_of(actions.feed_of_place(place)),
        "calendar": actions.token_of(place.feeds.for_calendars().get()),
        "applicant": applicant,
        "too late": late,
        "manager": make_key(application, KeyFor.MANAGER),
    }


OPENED_BY = {
    "calendar_feed": {"cohort", "learner", "calendar"},
    "dates_by_link": {"learner"},
    "apologise_by_link": {"learner"},
    "visit_by_link": {"learner"},
    "write_reflection_by_link": {"learner"},
}


def opened_by(page):
    return OPENED_BY.get(page, {"manager"} if page == "confirm_release" else {"applicant"})


def told(page, token, method):
    """What a stranger sees, and what it costs us."""
    address = reverse(page, kwargs={"token": token, **REST.get(page, {})})
    with CaptureQueriesContext(connection) as asked:
        answer = getattr(Client(), method)(address)
    words = BeautifulSoup(answer.content, "html5lib").get_text(" ", strip=True)
    headers = {name: answer.headers.get(name) for name in ("Cache-Control", "X-Robots-Tag", "Content-Type")}
    return answer.status_code, words, headers, len(asked)


@pytest.mark.parametrize("page", BY_LINK)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_to_something_else_answers_as_one_that_never_was(links, page, method):
    nothing = told(page, NOBODYS, method)
    assert nothing[0] in (404, 405)
    for token in (token for opens, token in links.items() if opens not in opened_by(page)):
        assert told(page, token, method) == nothing


def test_the_calendar_of_a_learner_opens_the_calendar_and_nothing_else(cast, links):
    session = visit_session_of(cast.mei)
    pages = (reverse(page, kwargs={"token": "TOKEN", **REST.get(page, {})}) for page in BY_LINK)
    real = [page.replace(str(uuid.UUID(int=7)), str(session.pk)) for page in pages]
    opened = [
        address
        for address in real
        for method in ("get", "post")
        if getattr(Client(), method)(address.replace("TOKEN", links["calendar"])).status_code not in (404, 405)
    ]
    assert opened == [reverse("calendar_feed", args=["TOKEN"])]


@pytest.mark.parametrize("page", BY_LINK)
def test_no_line_of_the_log_holds_a_link(links, page):
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.formatter(readable=False))
    logging.getLogger().addHandler(handler)
    try:
        for token in (NOBODYS, *links.values()):
            for method in ("get", "post"):
                told(page, token, method)
            Client().get(reverse(page, kwargs={"token": token, **REST.get(page, {})}).rstrip("/"))
    finally:
        logging.getLogger().removeHandler(handler)
    assert "<str:token>" in written.getvalue()
    assert not [token for token in (NOBODYS, *links.values()) if token in written.getvalue()]


def test_what_a_link_shows_is_neither_stored_nor_listed(cast, links):
    session = visit_session_of(cast.mei)
    for address in (
        reverse("dates_by_link", args=[links["learner"]]),
        reverse("visit_by_link", args=[links["learner"], session.pk]),
    ):
        page = Client().get(address)
        assert (page.status_code, page["Cache-Control"], page["X-Robots-Tag"]) == (200, "no-store", "noindex")
    feed = Client().get(reverse("calendar_feed", args=[links["cohort"]]))
    assert (feed["Cache-Control"], feed["X-Robots-Tag"]) == ("private, no-cache", "noindex")
