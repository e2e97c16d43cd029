"""Tokens end with a forgotten password, and by whoever answers for the organisation."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import person
from trellis.accounts.actions import set_password
from trellis.accounts.roles import Role
from trellis.accounts.tests.people import with_password
from trellis.api import actions
from trellis.api.models import Token
from trellis.api.tests.test_tokens import ask, token_for
from trellis.core.models import AuditEvent, SentMail
from trellis.organisations.models import Membership

pytestmark = pytest.mark.django_db
NEW = "four other quiet words"


@pytest.fixture
def other_manager(cast):
    """A second manager of the nursery."""
    return person("Olu Adeyemi-Featherstonehaugh", cast.amara.organisation, Role.MANAGER)


def others_on(browser):
    """Each row of the colleagues’ tokens."""
    page = BeautifulSoup(browser.get(reverse("tokens")).content, "html5lib")
    return [row.get_text(" ", strip=True) for row in page.select("#others tbody tr")]


def test_a_forgotten_password_ends_every_token_of_the_person(cast, client):
    with_password(cast.amara.user)
    elsewhere = Membership.objects.create(
        user=cast.amara.user, organisation=cast.joanna.organisation, role=Role.MANAGER
    )
    _, secret = token_for(cast.amara)
    day = Token.objects.get().expires_on
    actions.make_token(name="There", scopes=["reviews:read"], expires_on=day, by=elsewhere.acting())
    _, of_another = token_for(cast.joanna)
    client.post("/password/forgotten", {"email": cast.amara.user.email})
    form = client.get(SentMail.objects.get(user=cast.amara.user, subject="Choose a new password").link).url
    client.post(form, {"password1": NEW})
    assert ask(secret).status_code == 401
    assert ask(of_another).status_code == 200
    ended = AuditEvent.objects.filter(verb="token.ended", actor_id=cast.amara.user.pk)
    assert {each.chain for each in ended} == {str(cast.amara.organisation.pk), str(cast.joanna.organisation.pk)}
    assert AuditEvent.objects.filter(verb="person.password_reset").count() == 1


def test_they_end_with_the_password_or_neither_does(cast, monkeypatch):
    def fails(**said):
        raise RuntimeError

    with_password(cast.amara.user)
    _, secret = token_for(cast.amara)
    monkeypatch.setattr("trellis.api.actions.record", fails)
    with pytest.raises(RuntimeError):
        set_password(user=cast.amara.user, password=NEW, was_forgotten=True)
    cast.amara.user.refresh_from_db()
    assert not cast.amara.user.check_password(NEW)
    assert ask(secret).status_code == 200


def test_a_password_that_was_only_changed_ends_no_token(cast):
    _, secret = token_for(cast.amara)
    set_password(user=cast.amara.user, password=NEW, was_forgotten=False)
    assert ask(secret).status_code == 200


def test_the_page_says_that_a_forgotten_password_ends_them(cast, browse):
    token_for(cast.amara)
    assert "all your tokens end" in browse(cast.amara).get(reverse("tokens")).content.decode()


def test_a_manager_sees_the_tokens_of_colleagues_that_work(cast, browse, other_manager):
    token_for(other_manager)
    ended, _ = token_for(other_manager)
    actions.end_token(token=ended, by=other_manager.acting)
    token_for(cast.joanna)
    token_for(cast.amara)
    (row,) = others_on(browse(cast.amara))
    for words in ("Our dashboard", other_manager.user.name, "Read your setting’s reviews", "Never"):
        assert words in row
    assert others_on(browse(cast.joanna)) == []


def test_and_ends_them(cast, browse, other_manager):
    token, secret = token_for(other_manager)
    assert browse(cast.joanna).post(reverse("end_token", args=[token.pk])).status_code == 404
    assert browse(cast.amara).post(reverse("end_token", args=[token.pk])).status_code == 302
    assert ask(secret).status_code == 401
    event = AuditEvent.objects.get(verb="token.ended")
    assert (event.actor_id, event.chain) == (cast.amara.user.pk, str(cast.amara.organisation.pk))
    assert "by Amara Okafor" in browse(other_manager).get(reverse("tokens")).content.decode()


def test_an_authority_lead_too(cast, browse):
    second = person("Bea Lund", cast.daniel.organisation, Role.AUTHORITY_LEAD)
    token_for(second, "counts:read")
    (row,) = others_on(browse(cast.daniel))
    assert "Bea Lund" in row
    assert others_on(browse(cast.idris)) == []


def test_many_tokens_cost_no_more_queries(cast, browse, other_manager):
    browser, costs = browse(cast.amara), []
    browser.get(reverse("tokens"))
    for _ in range(2):
        token_for(other_manager)
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("tokens"))
        costs.append(len(queries))
    assert costs[0] == costs[1]
