"""The second step: asked where it is due, set up, used, taken away."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.cast import signed_in_client
from tests.client import CheckingClient
from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission, Role, needs_second_step
from trellis.accounts.second_step import recovery_codes_of, second_step_done
from trellis.accounts.tests.people import PASSWORD, code, kinds, sign_in, with_codes, with_passkey, with_password
from trellis.core.models import AuditEvent, SentMail


@pytest.fixture
def priya(cast):
    return with_password(cast.priya.user)


def set_up_codes(client, capture):
    """Follow the page as a person does: read the key, type the code that the app shows."""
    page = client.get("/account/second-step/codes").content.decode()
    secret = re.search(r'app-key">([A-Z2-7]+)<', page).group(1)
    with capture(execute=True):
        return client.post("/account/second-step/codes", {"code": code(secret)})


def test_who_needs_one_is_asked_to_set_it_up_before_anything_else(client, priya):
    sign_in(client, priya)
    assert client.get("/people").url == reverse("second_step")
    page = client.get("/account/second-step/start").content.decode()
    assert "Set up a second step" in page
    assert "SENCO, Bramble Lane Nursery" in page


def test_who_does_not_need_one_is_not(client, cast):
    sign_in(client, with_password(cast.leila.user))
    assert client.get("/people").status_code == 200


def test_every_role_that_sees_evidence_or_many_settings_needs_one():
    assert {role for role in Role if not needs_second_step(role)} == {Role.PRACTITIONER, Role.PEER_REVIEWER}


def test_one_time_codes_are_set_up_in_the_same_session(client, priya, django_capture_on_commit_callbacks):
    sign_in(client, priya)
    response = set_up_codes(client, django_capture_on_commit_callbacks)
    assert response.url == reverse("mfa_view_recovery_codes")
    page = client.get(response.url).content.decode()
    assert all(f"{each[:4]} {each[4:]}" in page for each in recovery_codes_of(priya))
    assert client.get("/people").status_code == 200
    assert kinds(priya) == ["recovery_codes", "totp"]


def test_setting_up_is_audited_and_told(client, priya, django_capture_on_commit_callbacks):
    sign_in(client, priya)
    set_up_codes(client, django_capture_on_commit_callbacks)
    event = AuditEvent.objects.of_chain(str(priya.pk)).last()
    assert event.verb == "person.second_step_changed"
    assert event.change == {"added": ["One-time codes", "Recovery codes"], "removed": []}
    assert SentMail.objects.filter(user=priya, subject="Your second step was changed").exists()


def test_a_wrong_code_sets_nothing_up(client, priya):
    sign_in(client, priya)
    client.get("/account/second-step/codes")
    page = client.post("/account/second-step/codes", {"code": "000000"}).content.decode()
    assert "This code is not right" in page
    assert not kinds(priya)


def test_the_picture_is_not_inline(client, priya):
    sign_in(client, priya)
    page = client.get("/account/second-step/codes").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert "<svg xmlns" not in page.split("<main")[1]


def test_at_the_next_sign_in_the_code_is_asked(client, priya):
    with_codes(priya)
    assert sign_in(client, priya).url == reverse("mfa_authenticate")
    assert "/sign-in" in client.get("/account").url
    assert "Second step" in client.get("/sign-in/second-step").content.decode()
    assert client.post("/sign-in/second-step", {"code": code()}).url == reverse("home")
    assert client.get("/people").status_code == 200
    assert AuditEvent.objects.of_chain(str(priya.pk)).last().change == {"with": ["password", "totp"]}


def test_a_practitioner_who_set_it_up_is_asked_too(client, cast):
    leila = with_codes(with_password(cast.leila.user))
    assert sign_in(client, leila).url == reverse("mfa_authenticate")


def test_a_wrong_code_is_audited_and_after_five_it_is_enough(client, priya):
    with_codes(priya)
    sign_in(client, priya)
    pages = [client.post("/sign-in/second-step", {"code": "000000"}).content.decode() for _ in range(6)]
    assert "This code is not right" in pages[0]
    assert "too many wrong attempts" in pages[5]
    failed = AuditEvent.objects.of_chain(str(priya.pk)).filter(verb="person.sign_in_failed")
    assert [event.change for event in failed] == [{"at": "code"}] * 5


def test_a_code_works_once(client, priya):
    with_codes(priya)
    now = code()
    sign_in(client, priya)
    client.post("/sign-in/second-step", {"code": now})
    client.post("/sign-out")
    sign_in(client, priya)
    assert "This code is not right" in client.post("/sign-in/second-step", {"code": now}).content.decode()


def test_a_recovery_code_works_once_with_or_without_its_space(client, priya):
    with_codes(priya)
    first = recovery_codes_of(priya)[0]
    sign_in(client, priya)
    assert client.post("/sign-in/second-step", {"code": f"{first[:4]} {first[4:]}"}).url == reverse("home")
    client.post("/sign-out")
    sign_in(client, priya)
    assert "This code is not right" in client.post("/sign-in/second-step", {"code": first}).content.decode()
    assert first not in recovery_codes_of(priya)


def test_recovery_codes_can_be_taken_along_and_made_anew(client, priya, django_capture_on_commit_callbacks):
    sign_in(client, priya)
    set_up_codes(client, django_capture_on_commit_callbacks)
    before = recovery_codes_of(priya)
    file = client.get("/account/recovery-codes/download")
    assert file["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert before[3] in file.content.decode()
    assert "10 codes" in client.get("/account/recovery-codes/new").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/recovery-codes/new")
    assert not set(before) & set(recovery_codes_of(priya))
    last = AuditEvent.objects.of_chain(str(priya.pk)).last()
    assert last.change == {"added": ["Recovery codes"], "removed": ["Recovery codes"]}


def test_no_browser_stores_a_page_with_secrets(client, priya, django_capture_on_commit_callbacks):
    sign_in(client, priya)
    assert "no-store" in client.get("/account/second-step/codes")["Cache-Control"]
    set_up_codes(client, django_capture_on_commit_callbacks)
    for address in ("/account/recovery-codes", "/account/recovery-codes/download"):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_switching_the_last_one_off_means_setting_one_up_again(client, priya, django_capture_on_commit_callbacks):
    sign_in(client, priya)
    set_up_codes(client, django_capture_on_commit_callbacks)
    assert "Do you want to switch off" in client.get("/account/second-step/codes/off").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/second-step/codes/off")
    assert not kinds(priya)
    assert client.get("/people").url == reverse("second_step")


def test_the_overview_says_what_there_is(browse, cast):
    page = browse(cast.leila).get("/account/second-step").content.decode()
    assert "You have none." in page
    assert "Recovery codes" not in page
    with_codes(cast.leila.user)
    page = browse(cast.leila).get("/account/second-step").content.decode()
    assert "You have 10 codes left." in page
    assert "Switch off one-time codes" in page


def test_after_a_while_it_asks_whether_it_is_still_you(client, priya):
    sign_in(client, priya)
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        asked = client.get("/account/second-step/codes")
        assert asked.url.startswith(reverse("account_reauthenticate"))
        assert "Is it still you?" in client.get(asked.url).content.decode()
        assert "This is not your password" in client.post(asked.url, {"password": "wrong one here"}).content.decode()
        assert client.post(asked.url, {"password": PASSWORD}).url == "/account/second-step/codes"
        assert client.get("/account/second-step/codes").status_code == 200


def test_a_code_shows_too_that_it_is_still_you(cast):
    client = signed_in_client(CheckingClient(), with_codes(with_password(cast.priya.user)))
    asked = client.get("/account/recovery-codes").url
    assert "Use a code from your app" in client.get(asked).content.decode()
    code_page = asked.replace("/again/password", "/again/code")
    assert "Is it still you?" in client.get(code_page).content.decode()
    assert client.post(code_page, {"code": code()}).url == "/account/recovery-codes"


def test_the_passkey_pages_hold_what_the_script_needs(client, priya):
    sign_in(client, priya)
    page = client.get("/account/second-step/passkey").content.decode()
    assert 'data-passkey="add"' in page
    assert "publicKey" in page
    assert 'data-passkey="sign-in"' in CheckingClient().get("/sign-in").content.decode()
    options = CheckingClient().get("/sign-in/passkey", headers={"Accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["userVerification"] == "required"


def test_a_page_that_is_only_looked_at_reads_the_second_steps_once(client, priya):
    sign_in(client, with_codes(with_passkey(priya)))
    client.post("/sign-in/second-step", {"code": code()})
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/again/passkey").status_code == 200
    kinds_read = [query for query in queries if 'SELECT "mfa_authenticator"."type"' in query["sql"]]
    asked_for_one = [query for query in queries if "mfa_authenticator" in query["sql"] and " LIMIT 1" in query["sql"]]
    assert (len(kinds_read), asked_for_one) == (1, [])


def test_what_is_no_passkey_is_refused(client, priya):
    sign_in(client, priya)
    client.get("/account/second-step/passkey")
    for credential in ("", "{}", "not json", '{"id": "x"}'):
        assert client.post("/account/second-step/passkey", {"credential": credential}).status_code == 200
    assert CheckingClient().post("/sign-in/passkey", {"credential": "{}"}).url == reverse("account_login")
    assert not kinds(priya)


def test_somebody_elses_passkey_is_not_there(client, priya):
    sign_in(client, priya)
    assert client.get("/account/second-step/passkey/0123456789abcdef0123").status_code == 404


@requires(Permission.SEE_EVIDENCE)
def evidence(request):
    raise AssertionError(second_step_done(request))


def test_only_the_persons_own_steps_count(rf, cast):
    request = rf.get("/")
    request.user, request.acting = cast.priya.user, cast.priya.acting
    request.session = {
        "account_authentication_methods_user": str(cast.amara.user.pk),
        "account_authentication_methods": [{"method": "mfa", "at": 0}],
    }
    assert evidence(request).url == reverse("second_step")


def test_who_lost_phone_and_codes_is_helped_from_the_command_line(browse, cast, capsys):
    priya = with_codes(cast.priya.user)
    elsewhere = browse(cast.priya)
    call_command("reset_second_step", "Priya.Nair@example.org")
    assert "Priya Nair has no second step any more (2 taken away)." in capsys.readouterr().out
    assert not kinds(priya)
    assert "/sign-in" in elsewhere.get("/account").url
    event = AuditEvent.objects.of_chain(str(priya.pk)).get()
    assert (event.actor_name, event.address) == ("Whoever runs this installation", "command reset_second_step")
    assert event.change["removed"] == ["Recovery codes", "One-time codes"]


def test_the_command_says_when_nobody_has_the_address(db):
    with pytest.raises(CommandError, match="Nobody signs in with nobody"):
        call_command("reset_second_step", "nobody@example.org")
