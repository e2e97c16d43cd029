"""Everything about a person: as pages, and as one file."""

from __future__ import annotations

import json
from time import time

import pytest

from tests.cast import signed_in_client
from tests.client import CheckingClient
from tests.hearing import seen_of_children
from tests.releasing import help_of, released_by
from tests.visiting import version_of
from trellis.api.tests.test_tokens import token_for
from trellis.core.models import SentMail
from trellis.core.personal import everything, how_many


def browser_of(somebody):
    return signed_in_client(CheckingClient(), somebody.user, at=time())


def file_of(somebody):
    answer = browser_of(somebody).get("/account/everything/download")
    return json.loads(b"".join(answer).decode()), answer


@pytest.fixture
def busy(cast, half):
    """Amara has done a little of everything."""
    seen_of_children(half.round, cast.amara)
    released_by(cast.amara)
    help_of(cast.amara)
    token_for(cast.amara, "reviews:read")
    SentMail.objects.create(
        user=cast.amara.user, address=cast.amara.user.email, kind="review_news", subject="Agreed", reason="It moved on"
    )
    return cast.amara


def test_the_file_holds_all_of_it_and_nobody_else_s(busy, cast):
    told, answer = file_of(busy)
    assert set(told) == {"made_at", *everything()}
    assert told["profile"]["rows"][0]["e_mail_address"] == "amara.okafor@example.org"
    assert told["memberships"]["rows"][0]["organisation"] == "Bramble Lane Nursery"
    assert told["memberships"]["rows"][0]["role"] == "Owner or manager"
    for part in ("ratings", "releases", "help", "children_seen", "tokens", "mail", "sessions", "audit", "reviews"):
        assert told[part]["rows"], part
    assert "attachment" in answer["Content-Disposition"]
    assert "amara" not in answer["Content-Disposition"].lower()
    theirs, _ = file_of(cast.leila)
    assert not theirs["ratings"]["rows"]
    assert not theirs["tokens"]["rows"]
    assert "Amara" not in json.dumps(theirs)


def test_no_secret_is_in_it(busy):
    from trellis.api.models import Token

    busy.user.set_password("three unrelated words")
    busy.user.save()
    told = json.dumps(file_of(busy)[0])
    assert Token.objects.get().secret_hash not in told
    assert busy.user.password not in told
    assert "session_key" not in told


def test_the_page_lists_what_there_is(busy):
    page = browser_of(busy).get("/account/everything").content.decode()
    assert "What you said of statements" in page
    assert "Recommendations you made an action of" not in page
    assert "/account/everything" in browser_of(busy).get("/account").content.decode()


def test_each_part_is_a_page(busy):
    browser = browser_of(busy)
    for key, told in everything().items():
        page = browser.get(f"/account/everything/{key}").content.decode()
        assert told.title in page
    assert "Bramble Lane Nursery" in browser.get("/account/everything/memberships").content.decode()
    assert browser.get("/account/everything/children").status_code == 404


def test_a_visitor_is_told_what_they_wrote_of_a_visit(cast, half):
    version_of(cast.amara)
    told, _ = file_of(cast.hannah)
    assert told["visit_reports"]["rows"] or told["visits_made"]["rows"]


def test_the_file_asks_first_whether_it_is_still_them(cast, client):
    cast.leila.user.set_password("three unrelated words")
    cast.leila.user.save()
    assert "/again/password" in signed_in_client(client, cast.leila.user).get("/account/everything/download").url


def test_a_part_costs_the_same_however_much_there_is(busy, django_assert_max_num_queries):
    browser = browser_of(busy)
    browser.get("/account/everything/ratings")
    with django_assert_max_num_queries(5):
        browser.get("/account/everything/ratings")


def test_how_much_there_is_costs_one_query_and_is_right(busy, cast, django_assert_num_queries):
    how_many(cast.leila.user)
    with django_assert_num_queries(1):
        counted = how_many(busy.user)
    assert counted == {key: told.rows(busy.user).count() for key, told in everything().items()}
    assert how_many(cast.leila.user)["tokens"] == 0
