"""Tokens: made, shown once, used within what they allow, ended."""

from __future__ import annotations

from datetime import date, timedelta
from time import time

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from trellis.api import actions
from trellis.api.models import Reply, Token
from trellis.core.models import AuditEvent
from trellis.core.refusal import Refused

pytestmark = pytest.mark.django_db


def token_for(person, *scopes: str, days: int = 30) -> tuple[Token, str]:
    day = timezone.localdate() + timedelta(days=days)
    return actions.make_token(name="Our dashboard", scopes=scopes or ["reviews:read"], expires_on=day, by=person.acting)


def ask(secret: str, address: str = "/api/v1/reviews", **more):
    return Client().get(address, headers={"Authorization": f"Bearer {secret}"}, **more)


def just_signed_in(browser: Client) -> Client:
    """A browser whose person has just shown who they are."""
    session = browser.session
    for each in session["account_authentication_methods"]:
        each["at"] = time()
    session.save()
    return browser


def test_a_manager_makes_a_token_and_sees_its_secret_once(cast, browse):
    browser, day = just_signed_in(browse(cast.amara)), timezone.localdate() + timedelta(days=90)
    sent = {"name": "Our dashboard", "scopes": ["reviews:read"]}
    sent |= {"expires_on-day": day.day, "expires_on-month": day.month, "expires_on-year": day.year}
    page = browser.post(reverse("make_token"), sent)
    secret = BeautifulSoup(page.content, "html5lib").select_one("main code").get_text()
    assert ask(secret).status_code == 200
    listed = browser.get(reverse("tokens")).content.decode()
    assert "Our dashboard" in listed
    assert secret not in listed
    assert Token.objects.get().secret_hash not in listed
    assert AuditEvent.objects.filter(verb="token.made").exists()


def test_whoever_signed_in_long_ago_shows_again_who_they_are(cast, browse):
    assert browse(cast.amara).get(reverse("make_token")).status_code == 302


def test_a_token_needs_a_name_what_it_may_do_and_a_day(cast, browse):
    page = just_signed_in(browse(cast.amara)).post(reverse("make_token"), {}).content.decode()
    for sentence in ("Enter what the program is", "Select what the program may do", "Enter the last day"):
        assert sentence in page


@pytest.mark.parametrize(("days", "why"), [(0, "must be in the future"), (400, "a year at most")])
def test_a_token_has_a_last_day_within_a_year(cast, days, why):
    with pytest.raises(Refused, match=why):
        token_for(cast.amara, days=days)


def test_a_token_that_was_ended_opens_nothing(cast, browse):
    token, secret = token_for(cast.amara)
    browse(cast.amara).post(reverse("end_token", args=[token.pk]))
    assert ask(secret).status_code == 401
    assert AuditEvent.objects.filter(verb="token.ended").count() == 1
    actions.end_token(token=token, by=cast.amara.acting)
    assert AuditEvent.objects.filter(verb="token.ended").count() == 1


def test_a_token_opens_nothing_after_its_last_day(cast):
    token, secret = token_for(cast.amara)
    Token.objects.filter(pk=token.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    assert ask(secret).status_code == 401


@pytest.mark.parametrize("what", ["membership", "person", "role"])
def test_a_token_ends_with_what_it_stands_on(cast, what):
    _, secret = token_for(cast.amara)
    membership = cast.amara.membership
    if what == "membership":
        membership.ended_at, membership.ended_by = timezone.now(), cast.priya.user
        membership.save()
    elif what == "person":
        cast.amara.user.is_active = False
        cast.amara.user.save()
    else:
        membership.role = "practitioner"
        membership.save()
    assert ask(secret).status_code == 401


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer nothing", "Basic YTpi", "Bearer trellis_" + "x" * 3000])
def test_without_a_token_that_works_nothing_is_told(cast, half, sent):
    answer = Client().get("/api/v1/reviews", headers={"Authorization": sent} if sent else {})
    assert (answer.status_code, answer["Content-Type"], answer["WWW-Authenticate"]) == (
        401,
        "application/problem+json",
        "Bearer",
    )
    assert answer.json()["title"] == "A token is needed"


def test_a_session_is_no_token(cast, half, browse):
    assert browse(cast.amara).get("/api/v1/reviews").status_code == 401


def test_somebody_else_s_token_is_not_there(cast, browse):
    token, _ = token_for(cast.amara)
    assert browse(cast.megan).post(reverse("end_token", args=[token.pk])).status_code == 404


def test_its_owner_sees_on_which_day_it_was_last_used(cast, browse, django_assert_num_queries):
    token, secret = token_for(cast.amara)
    assert "Never" in browse(cast.amara).get(reverse("tokens")).content.decode()
    ask(secret)
    token.refresh_from_db()
    assert token.last_used_on == timezone.localdate()


def test_too_many_requests_in_a_minute(cast, monkeypatch):
    monkeypatch.setattr("trellis.api.endpoints.base.most_a_minute", lambda method: 3)
    with time_machine.travel(timezone.now(), tick=False):
        _, secret = token_for(cast.amara)
        assert [ask(secret).status_code for _ in range(4)] == [200, 200, 200, 429]
        assert ask(secret)["Retry-After"] == "60"
        assert ask(token_for(cast.megan)[1]).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert ask(secret).status_code == 200


def test_constraints(cast):
    token, _ = token_for(cast.amara)
    told = {"membership": cast.amara.membership, "scopes": [], "expires_on": date(2027, 1, 1)}
    with pytest.raises(IntegrityError, match=r"token_has_a_name"), transaction.atomic():
        Token.objects.create(name="", secret_hash="a", **told)
    with pytest.raises(IntegrityError, match=r"token_secret_unique|api_token"), transaction.atomic():
        Token.objects.create(name="Again", secret_hash=token.secret_hash, **told)
    with pytest.raises(IntegrityError, match=r"token_end_says_who_and_when"), transaction.atomic():
        Token.objects.create(name="Half", secret_hash="b", ended_at=timezone.now(), **told)
    Reply.objects.create(token=token, key="one", asked="x", location="y")
    with pytest.raises(IntegrityError, match=r"reply_once_for_each_key|api_reply"), transaction.atomic():
        Reply.objects.create(token=token, key="one", asked="x", location="y")
