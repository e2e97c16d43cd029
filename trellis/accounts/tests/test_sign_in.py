"""Signing in and out, and a forgotten password."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.urls import reverse

from trellis.accounts.models import Session
from trellis.accounts.tests.people import PASSWORD, code, sign_in, with_codes, with_password
from trellis.core.models import AuditEvent, SentMail

WRONG = "This e-mail address and password do not belong together"


@pytest.fixture
def leila(cast):
    return with_password(cast.leila.user)


def verbs(user):
    return list(AuditEvent.objects.of_chain(str(user.pk)).values_list("verb", flat=True))


def test_somebody_signs_in_with_e_mail_address_and_password(client, leila):
    assert "Sign in" in client.get("/sign-in").content.decode()
    response = sign_in(client, leila)
    assert response.url == reverse("home")
    assert Session.objects.get(user=leila).since is not None
    event = AuditEvent.objects.of_chain(str(leila.pk)).get()
    assert (event.verb, event.change) == ("person.signed_in", {"with": ["password"]})


def test_capitals_and_spaces_around_the_address_do_not_matter(client, leila):
    assert client.post("/sign-in", {"login": " Leila.Haddad@EXAMPLE.org ", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("address", ["leila.haddad@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, leila, address):
    page = client.post("/sign-in", {"login": address, "password": "not my password"}).content.decode()
    assert WRONG in page
    assert "Error: Sign in" in page


def test_a_failed_sign_in_is_in_the_audit_without_the_password(client, leila):
    sign_in(client, leila, "not my password")
    event = AuditEvent.objects.of_chain(str(leila.pk)).get()
    assert (event.verb, event.actor_id, event.change) == ("person.sign_in_failed", None, {"at": "password"})


def test_what_is_missing_is_said_in_our_words(client, leila):
    page = client.post("/sign-in", {"login": "leila", "password": ""}).content.decode()
    assert "Enter an e-mail address such as name@example.org" in page
    assert "Enter your password" in page


def test_a_closed_account_is_told_so(client, leila):
    leila.is_active = False
    leila.save()
    response = sign_in(client, leila)
    assert response.url == reverse("account_inactive")
    assert "This account is closed" in client.get(response.url).content.decode()


def test_who_is_signed_in_is_sent_on(client, leila):
    sign_in(client, leila)
    assert client.get("/sign-in").url == reverse("home")


def test_sign_in_goes_on_to_where_they_were_headed_and_nowhere_else(client, leila):
    target = client.get("/account/name").url
    assert client.post(target, {"login": leila.email, "password": PASSWORD}).url == "/account/name"
    client.post("/sign-out")
    elsewhere = client.post("/sign-in?next=https://elsewhere.example/", {"login": leila.email, "password": PASSWORD})
    assert elsewhere.url == reverse("home")


def test_signing_out_asks_first_and_ends_the_session(client, leila):
    sign_in(client, leila)
    assert "Do you want to sign out?" in client.get("/sign-out").content.decode()
    client.post("/sign-out")
    assert not Session.objects.filter(user=leila).exists()
    assert "/sign-in" in client.get("/account").url


def test_nobody_signs_up(client):
    assert client.get("/account/signup/").status_code == 404
    assert client.get("/sign-up").status_code == 404


def test_an_empty_installation_asks_who_is_first(client, db):
    assert client.get("/sign-in").url == reverse("start")


def link_in_mail(user):
    return SentMail.objects.get(user=user, subject="Choose a new password").link


def test_a_forgotten_password_is_replaced_by_a_link(client, leila):
    done = client.post("/password/forgotten", {"email": leila.email})
    assert "If there is an account" in client.get(done.url).content.decode()
    form = client.get(link_in_mail(leila)).url
    assert "Choose a new password" in client.get(form).content.decode()
    response = client.post(form, {"password1": "four other quiet words"})
    assert response.url == reverse("home")
    leila.refresh_from_db()
    assert leila.check_password("four other quiet words")
    assert verbs(leila) == ["person.password_reset", "person.signed_in"]


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("was_in", [True, False])
def test_with_a_new_password_too_one_says_whether_the_device_is_shared(client, leila, shared, was_in):
    if was_in:
        sign_in(client, leila)
    client.post("/password/forgotten", {"email": leila.email})
    form = client.get(link_in_mail(leila)).url
    assert 'name="shared_device"' in client.get(form).content.decode()
    client.post(form, {"password1": "four other quiet words"} | ({"shared_device": "on"} if shared else {}))
    session = leila.sessions.get()
    assert session.shared_device is shared
    assert session.expire_date - session.seen_at < (timedelta(minutes=31) if shared else timedelta(hours=13))


def test_with_a_second_step_the_new_password_remembers_that_the_device_is_shared(client, leila):
    with_codes(leila)
    client.post("/password/forgotten", {"email": leila.email})
    form = client.get(link_in_mail(leila)).url
    client.post(form, {"password1": "four other quiet words", "shared_device": "on"})
    assert client.post("/sign-in/second-step", {"code": code()}).url == reverse("home")
    assert leila.sessions.get().shared_device


def test_the_link_works_once(client, leila):
    client.post("/password/forgotten", {"email": leila.email})
    link = link_in_mail(leila)
    client.post(client.get(link).url, {"password1": "four other quiet words"})
    client.post("/sign-out")
    assert "This link does not work any more" in client.get(link).content.decode()


def test_an_unknown_address_gets_the_same_answer_and_no_e_mail(client, leila):
    done = client.post("/password/forgotten", {"email": "nobody@example.org"})
    assert done.url == reverse("account_reset_password_done")
    assert not SentMail.objects.exists()
    assert not outbox.outbox


def test_a_new_password_does_not_pass_the_second_step_by(client, leila):
    with_codes(leila)
    client.post("/password/forgotten", {"email": leila.email})
    response = client.post(client.get(link_in_mail(leila)).url, {"password1": "four other quiet words"})
    assert response.url == reverse("mfa_authenticate")
    assert "/sign-in" in client.get("/account").url


def test_a_new_password_ends_every_session(client, browse, cast, leila):
    elsewhere = browse(cast.leila)
    client.post("/password/forgotten", {"email": leila.email})
    client.post(client.get(link_in_mail(leila)).url, {"password1": "four other quiet words"})
    assert "/sign-in" in elsewhere.get("/account").url


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "Choose a password with at least 10 characters"),
        ("leilahaddad1", "less like your name"),
        ("basketball tea", None),
        ("1234567890", "fewer people use"),
        ("", "Choose a password"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_in_our_words(client, leila, password, sentence):
    client.post("/password/forgotten", {"email": leila.email})
    page = client.post(client.get(link_in_mail(leila)).url, {"password1": password})
    if sentence is None:
        assert page.status_code == 302
    else:
        assert re.search(rf"govuk-error-message.*{sentence}", page.content.decode(), re.DOTALL)


def test_resetting_too_often_is_slowed(client, leila):
    answers = [client.post("/password/forgotten", {"email": leila.email}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]
