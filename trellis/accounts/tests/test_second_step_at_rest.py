"""What one-time codes and recovery codes are made from lies closed in the database."""

from __future__ import annotations

import importlib
import json
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.cast import signed_in_client
from trellis.accounts.models import Session
from trellis.accounts.second_step import recovery_codes_of
from trellis.accounts.tests.people import SECRET, code, kinds, sign_in, with_codes, with_password
from trellis.core.models import AuditEvent, SentMail
from trellis.core.secrets_at_rest import is_of_today, is_sealed

ANOTHER_KEY = "another secret key of this installation " * 2


@pytest.fixture
def priya(cast):
    return with_codes(with_password(cast.priya.user))


def kept(user):
    """What the database holds of a person’s codes."""
    rows = Authenticator.objects.filter(user=user).order_by("type")
    return [row.data.get("secret") or row.data["seed"] for row in rows]


def test_the_database_holds_neither_secret_nor_seed(priya):
    assert all(is_sealed(each) for each in kept(priya))
    assert SECRET not in json.dumps([row.data for row in Authenticator.objects.all()])


def test_a_session_forgets_the_secret_once_it_is_set_up(client, cast, django_capture_on_commit_callbacks):
    sign_in(client, with_password(cast.priya.user))
    client.get("/account/second-step/codes")
    secret = client.session["mfa.totp.secret"]
    client.post("/account/second-step/codes", {"code": code(secret)})
    assert kinds(cast.priya.user) == ["recovery_codes", "totp"]
    assert secret not in str([row.get_decoded() for row in Session.objects.all()])


def test_what_lay_in_the_clear_is_closed_when_it_is_migrated(client, priya):
    migration = importlib.import_module("trellis.accounts.migrations.0003_second_steps_lie_closed")
    before = recovery_codes_of(priya)
    migration.backwards(apps, None)
    assert SECRET in kept(priya)
    for _twice in range(2):
        migration.forwards(apps, None)
    assert all(is_sealed(each) for each in kept(priya))
    assert recovery_codes_of(priya) == before
    sign_in(client, priya)
    assert client.post("/sign-in/second-step", {"code": code()}).url == reverse("home")


def test_after_a_new_key_codes_work_and_are_closed_anew(client, priya, settings):
    first = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = ANOTHER_KEY, [first]
    said = StringIO()
    call_command("reseal_secrets", stdout=said)
    assert said.getvalue() == "Closed 2 with the key of today; 0 were already.\n"
    settings.SECRET_KEY_FALLBACKS = []
    assert all(is_of_today(each) for each in kept(priya))
    call_command("reseal_secrets", stdout=said)
    assert said.getvalue().endswith("Closed 0 with the key of today; 2 were already.\n")
    sign_in(client, priya)
    assert client.post("/sign-in/second-step", {"code": code()}).url == reverse("home")


def test_without_the_key_nobody_comes_in_with_a_code_and_is_told_why(client, priya, settings):
    settings.SECRET_KEY = ANOTHER_KEY
    sign_in(client, priya)
    answer = client.post("/sign-in/second-step", {"code": code()})
    assert answer.status_code == 503
    assert "Your codes do not work here any more" in answer.content.decode()
    assert "/sign-in" in client.get("/account").url


def test_without_the_key_the_account_page_still_opens(client, priya, settings):
    settings.SECRET_KEY = ANOTHER_KEY
    signed_in_client(client, priya)
    assert client.get("/account").status_code == 200
    assert recovery_codes_of(priya) == []


def test_without_the_key_the_command_says_what_to_do(priya, settings):
    settings.SECRET_KEY = ANOTHER_KEY
    with pytest.raises(CommandError, match=r"The second step of 1 people .* TRELLIS_OLD_SECRET_KEYS"):
        call_command("reseal_secrets", stdout=StringIO())
    assert kinds(priya) == ["recovery_codes", "totp"]


def test_what_cannot_be_opened_is_taken_away_and_set_up_anew(
    client, priya, settings, django_capture_on_commit_callbacks
):
    settings.SECRET_KEY = ANOTHER_KEY
    said = StringIO()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("reseal_secrets", take_away=True, stdout=said)
    assert "1 people set up their second step anew" in said.getvalue()
    assert kinds(priya) == []
    assert AuditEvent.objects.of_chain(str(priya.pk)).last().verb == "person.second_step_changed"
    assert SentMail.objects.filter(user=priya, subject="Your second step was taken away").exists()
    sign_in(client, priya)
    assert client.get("/people").url == reverse("second_step")
