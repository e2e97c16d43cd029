"""One’s own account."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from tests.client import CheckingClient
from trellis.accounts import actions
from trellis.accounts.models import User
from trellis.accounts.tests.people import PASSWORD, sign_in, with_codes, with_password
from trellis.core.models import AuditEvent, SentMail


@pytest.fixture
def leila(cast):
    return with_password(cast.leila.user)


@pytest.fixture
def own(client, leila):
    sign_in(client, leila)
    return client


def test_the_account_says_what_there_is(own, leila):
    page = own.get("/account").content.decode()
    for words in ("Leila Haddad", "leila.haddad@example.org", "Not set up", "1 browser", "Practitioner, Bramble Lane"):
        assert words in page
    with_codes(leila)
    assert "One-time codes" in own.get("/account").content.decode()


def test_the_person_sees_what_happened_with_their_account_and_nobody_else_does(own, browse, cast, leila):
    sign_in(CheckingClient(REMOTE_ADDR="198.51.100.7"), leila, "not my password")
    page = own.get("/account/activity").content.decode()
    assert page.index("Somebody tried to sign in and failed") < page.index("Signed in</td>")
    assert "198.51.100.7" in page
    assert "198.51.100.7" not in browse(cast.amara).get("/account/activity").content.decode()
    assert "198.51.100.7" not in browse(cast.amara).get("/activity/").content.decode()


def test_a_name_is_changed(own, leila):
    assert 'value="Leila Haddad"' in own.get("/account/name").content.decode()
    assert "Enter your full name" in own.post("/account/name", {"name": " "}).content.decode()
    own.post("/account/name", {"name": "Leila Haddad-Moss "})
    leila.refresh_from_db()
    assert leila.name == "Leila Haddad-Moss"
    event = AuditEvent.objects.of_chain(str(leila.pk)).last()
    assert (event.verb, event.change) == ("person.name_changed", {"name": ["Leila Haddad", "Leila Haddad-Moss"]})


def change_password(client, **answers):
    return client.post("/account/password", {"password": PASSWORD, "new_password": "four other quiet words"} | answers)


def test_a_password_is_changed_and_other_browsers_sign_in_again(own, browse, cast, leila):
    elsewhere = browse(cast.leila)
    change_password(own)
    leila.refresh_from_db()
    assert leila.check_password("four other quiet words")
    assert own.get("/account").status_code == 200
    assert "/sign-in" in elsewhere.get("/account").url
    assert AuditEvent.objects.of_chain(str(leila.pk)).last().verb == "person.password_changed"
    assert SentMail.objects.filter(user=leila, subject="Your password was changed").exists()


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"password": "not my password"}, "This is not your password"),
        ({"new_password": "short"}, "Choose a password with at least 10 characters"),
        ({"new_password": "leila haddad"}, "less like your name"),
    ],
)
def test_a_password_is_not_changed_for_a_reason(own, leila, answers, sentence):
    assert sentence in change_password(own, **answers).content.decode()
    leila.refresh_from_db()
    assert leila.check_password(PASSWORD)


def ask(client, email="l.haddad@example.org", password=PASSWORD):
    return client.post("/account/email", {"email": email, "password": password})


def test_an_e_mail_address_changes_when_the_new_one_answers(own, leila):
    assert "l.haddad@example.org" in ask(own, "L.Haddad@Example.org").content.decode()
    link = SentMail.objects.get(address="l.haddad@example.org").link
    assert "haddad" not in link
    assert "l.haddad@example.org" in own.get(link).content.decode()
    leila.refresh_from_db()
    assert leila.email == "leila.haddad@example.org"
    own.post(link)
    leila.refresh_from_db()
    assert (leila.email, leila.new_email) == ("l.haddad@example.org", "")
    assert AuditEvent.objects.of_chain(str(leila.pk)).last().verb == "person.email_changed"
    told = SentMail.objects.get(subject="Your e-mail address was changed")
    assert told.address == "leila.haddad@example.org"
    assert own.get(link).status_code == 404


def test_the_link_is_theirs_alone_and_for_the_latest_address(own, browse, cast, leila):
    ask(own)
    link = SentMail.objects.get(address="l.haddad@example.org").link
    assert browse(cast.amara).get(link).status_code == 404
    ask(own, "leila.h@example.org")
    assert "does not work any more" in own.get(link).content.decode()
    assert "does not work any more" in own.post(link, follow=True).content.decode()


def test_an_address_that_somebody_has_gets_no_e_mail_and_the_same_answer(own, cast, leila):
    assert "We have sent a link" in ask(own, cast.amara.user.email).content.decode()
    assert not SentMail.objects.exists()
    leila.refresh_from_db()
    with pytest.raises(actions.Refused):
        actions.change_email(token=actions.email_token(leila), by=actions.Themselves(leila))


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [
        ("leila.haddad@example.org", PASSWORD, "This is your e-mail address already"),
        ("l.haddad@example.org", "not my password", "This is not your password"),
        ("l.haddad", PASSWORD, "Enter an e-mail address such as"),
    ],
)
def test_an_e_mail_address_is_not_changed_for_a_reason(own, leila, email, password, sentence):
    assert sentence in ask(own, email, password).content.decode()


def test_whoever_is_not_signed_in_is_asked_to(client, db, leila):
    for page in ("/account", "/account/name", "/account/sessions", "/account/second-step", "/account/recovery-codes"):
        assert client.get(page).url == f"/sign-in?next={page}"


def test_people_are_found_whatever_the_capitals(leila):
    assert get_user_model().objects.get_by_natural_key("Leila.HADDAD@example.org") == leila


def test_a_new_person_chooses_a_good_password(db):
    with pytest.raises(ValidationError):
        actions.create_person(name="Rosa Ibarra", email="rosa@example.org", password="rosa ibarra")
    person = actions.create_person(name="Rosa Ibarra", email=" Rosa@Example.org", password=PASSWORD)
    assert person.email == "rosa@example.org"
    assert AuditEvent.objects.of_chain(str(person.pk)).get().verb == "person.joined"


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("user_email_is_in_small_letters", {"name": "Rosa Ibarra", "email": "Rosa@example.org"}),
        ("user_has_a_name", {"name": "", "email": "rosa@example.org"}),
    ],
)
def test_what_a_person_cannot_be(db, name, fields):
    with pytest.raises(IntegrityError, match=name):
        User.objects.create(**fields)


def test_user_email_unique_whatever_its_capitals(leila):
    with pytest.raises(IntegrityError, match=r"user_email_unique_whatever_its_capitals|email"):
        User.objects.create(name="Somebody Else", email=leila.email.upper())
