"""A person who belongs to several organisations acts for one of them at a time, and every page says which."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from trellis.organisations.models import Membership


@pytest.fixture
def second(cast):
    """Amara also reviews at Tall Oaks."""
    return Membership.objects.create(
        user=cast.amara.user, organisation=cast.joanna.organisation, role="peer_reviewer", since=timezone.now()
    )


def test_the_page_says_as_whom_and_switches(browse, cast, second):
    client = browse(cast.amara)
    page = client.get("/switch").content.decode()
    assert "Owner or manager, Bramble Lane Nursery" in page
    assert client.post("/switch", {"membership": second.pk}).url == reverse("home")
    page = client.get("/people").content.decode()
    assert "Visiting reviewer, Tall Oaks Pre-school" in page
    assert "Leila Haddad" not in page
    assert 'href="/switch"' in page


def test_nobody_switches_to_what_is_not_theirs(browse, cast, second):
    page = browse(cast.amara).post("/switch", {"membership": cast.joanna.membership.pk}).content.decode()
    assert "Choose an organisation" in page
    assert "Choose an organisation" in browse(cast.amara).post("/switch", {}).content.decode()


def test_what_has_ended_is_not_offered_and_not_acted_for(browse, cast, second):
    client = browse(cast.amara)
    client.post("/switch", {"membership": second.pk})
    Membership.objects.filter(pk=second.pk).update(ended_at=timezone.now(), ended_by=cast.joanna.user)
    assert "Owner or manager, Bramble Lane Nursery" in client.get("/people").content.decode()
    assert "Tall Oaks" not in client.get("/switch").content.decode()


def test_who_belongs_nowhere_any_more_still_has_their_account(browse, cast):
    Membership.objects.filter(user=cast.leila.user).update(ended_at=timezone.now(), ended_by=cast.amara.user)
    client = browse(cast.leila)
    assert client.get("/account").status_code == 200
    assert client.get("/people").status_code == 403


def test_a_visitor_is_asked_to_sign_in(client, cast):
    assert client.get("/switch").url == "/sign-in?next=/switch"
