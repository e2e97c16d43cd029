"""What becomes of what somebody sends who was signed out meanwhile."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import signed_in_client
from tests.client import CheckingClient

pytestmark = pytest.mark.django_db


def sign_in_and_back(page: str) -> str:
    return f"{reverse('account_login')}?next={page}"


def test_a_page_that_was_asked_for_comes_after_signing_in(client):
    assert client.get("/plan/")["Location"] == sign_in_and_back("/plan/")


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/plan/?show=mine", "/plan/%3Fshow%3Dmine"),
        ("http://elsewhere.example/plan/", "/"),
        ("", "/"),
    ],
)
def test_after_signing_in_again_one_is_where_one_was_and_never_at_an_address_that_only_takes(
    client, half, referer, back
):
    answer = client.post(reverse("note_action", args=[half.action.pk]), headers={"Referer": referer})
    assert answer["Location"] == sign_in_and_back(back)


def test_what_was_typed_is_shown_to_be_kept(client, half):
    sent = {"note": "Two families asked so far", "password": "never this one"}
    page = client.post(reverse("note_action", args=[half.action.pk]), sent)
    assert page.status_code == 401
    assert "Two families asked so far" in page.content.decode()
    assert "never this one" not in page.content.decode()


def test_a_script_is_told_with_a_status(client, half):
    address, sent = reverse("save_rating", args=[half.round.pk]), {"A1-notes": "We meet on Mondays"}
    answer = client.post(address, sent, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (401, {"message": "You are signed out"})


@pytest.mark.parametrize(("site", "shown"), [("same-origin", True), ("cross-site", False), ("", False)])
def test_a_page_that_was_open_for_too_long_shows_what_was_typed(cast, half, site, shown):
    browser = signed_in_client(CheckingClient(enforce_csrf_checks=True), cast.priya.user)
    sent = {"note": "Two families asked so far"}
    page = browser.post(reverse("note_action", args=[half.action.pk]), sent, headers={"Sec-Fetch-Site": site})
    assert page.status_code == 403
    assert ("Two families asked so far" in page.content.decode()) is shown
