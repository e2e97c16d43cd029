"""Where people are signed in: how long, where, and how it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import IntegrityError
from django.utils import timezone

from tests.client import CheckingClient
from trellis.accounts.models import Session
from trellis.accounts.tests.people import sign_in, with_password
from trellis.core.models import AuditEvent

IPAD = "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1"


@pytest.fixture
def leila(cast):
    return with_password(cast.leila.user)


def opens_after(client, **pause) -> bool:
    with time_machine.travel(timezone.now() + timedelta(**pause)):
        return client.get("/account").status_code == 200


def test_on_a_shared_device_half_an_hour_without_use_is_the_end(client, leila):
    sign_in(client, leila, shared_device="on")
    assert Session.objects.get(user=leila).shared_device
    assert not opens_after(client, minutes=31)


def test_elsewhere_it_lasts_twelve_hours_without_use(client, leila):
    sign_in(client, leila)
    assert opens_after(client, hours=11)
    assert not opens_after(client, hours=13)


def test_on_a_shared_device_use_keeps_it_going(client, leila):
    sign_in(client, leila, shared_device="on")
    for minutes in (25, 50, 75):
        assert opens_after(client, minutes=minutes)
    assert not opens_after(client, minutes=106)


@pytest.mark.parametrize("shared", [{"shared_device": "on"}, {}])
def test_however_much_it_is_used_it_ends_twelve_hours_after_signing_in(client, leila, shared):
    sign_in(client, leila, **shared)
    start = timezone.now()
    for minutes in range(20, 12 * 60, 20):
        assert opens_after(client, minutes=minutes)
    session = Session.objects.get(user=leila)
    assert session.expire_date <= start + timedelta(hours=12)
    assert not opens_after(client, hours=12, seconds=1)


def test_the_end_is_a_setting_and_signing_in_again_begins_afresh(client, leila, settings):
    settings.SESSION_COOKIE_AGE = 60 * 60
    sign_in(client, leila)
    assert opens_after(client, minutes=59)
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert client.get("/account").status_code == 302
        sign_in(client, leila)
        assert client.get("/account").status_code == 200


def test_the_cookie_lasts_no_longer_than_the_session(client, leila):
    sign_in(client, leila)
    with time_machine.travel(timezone.now() + timedelta(hours=11)):
        client.get("/account")
        assert 0 < client.cookies["trellis-session"]["max-age"] <= 60 * 60


def test_a_page_writes_nothing_unless_three_minutes_have_passed(client, leila, django_assert_num_queries):
    sign_in(client, leila)
    client.get("/account/name")
    with django_assert_num_queries(3) as asked:
        client.get("/account/name")
    tables = [query["sql"].split("FROM")[1].split()[0].strip('"') for query in asked.captured_queries]
    assert tables == ["accounts_session", "accounts_user", "organisations_membership"]
    before = Session.objects.get(user=leila).seen_at
    with time_machine.travel(timezone.now() + timedelta(minutes=4)):
        client.get("/account/name")
    assert Session.objects.get(user=leila).seen_at > before


@pytest.mark.parametrize("shared", [{"shared_device": "on"}, {}])
def test_what_a_device_showed_is_not_stored_there(client, leila, shared):
    sign_in(client, leila, **shared)
    for address in ("/", "/account", "/people", "/privacy", "/no-such-page"):
        assert "no-store" in client.get(address)["Cache-Control"], address


def test_signing_out_lets_the_browser_forget_what_scripts_kept(client, leila):
    sign_in(client, leila)
    assert "data-sign-out" in client.get("/sign-out").content.decode()
    assert client.post("/sign-out")["Clear-Site-Data"] == '"storage"'


def test_pages_tell_the_scripts_whose_they_are_and_for_how_long(client, leila):
    assert "data-person" not in client.get("/sign-in").content.decode()
    sign_in(client, leila, shared_device="on")
    body = BeautifulSoup(client.get("/account").content, "html5lib").body
    assert body["data-person"] == str(leila.pk)
    assert 0 < int(body["data-session-seconds"]) <= 30 * 60


def test_the_list_says_where_and_since_when(leila):
    tablet = CheckingClient(HTTP_USER_AGENT=IPAD, REMOTE_ADDR="192.0.2.10")
    sign_in(tablet, leila, shared_device="on")
    here = CheckingClient(REMOTE_ADDR="192.0.2.11")
    sign_in(here, leila)
    page = here.get("/account/sessions").content.decode()
    assert "Safari on an iPad (shared device)" in page
    assert "192.0.2.10" in page
    assert "Now, here" in page
    assert not any(row.session_key in page for row in Session.objects.all())


def test_one_session_is_ended_from_another(leila):
    tablet, here = CheckingClient(HTTP_USER_AGENT=IPAD), CheckingClient()
    sign_in(tablet, leila)
    sign_in(here, leila)
    handle = Session.objects.get(browser=IPAD).handle
    page = here.post(f"/account/sessions/{handle}/end", follow=True).content.decode()
    assert "That browser is signed out." in page
    assert "/sign-in" in tablet.get("/account").url
    assert here.get("/account").status_code == 200
    assert AuditEvent.objects.of_chain(str(leila.pk)).last().verb == "person.session_ended"


def test_all_others_are_ended_at_once(leila):
    browsers = [CheckingClient() for _ in range(3)]
    for each in browsers:
        sign_in(each, leila)
    browsers[0].post("/account/sessions/end-others")
    assert [each.get("/account").status_code for each in browsers] == [200, 302, 302]
    assert AuditEvent.objects.of_chain(str(leila.pk)).last().change == {"sessions": 2}


def test_this_one_is_ended_by_signing_out(client, leila):
    sign_in(client, leila)
    handle = Session.objects.get(user=leila).handle
    page = client.post(f"/account/sessions/{handle}/end", follow=True).content.decode()
    assert "This is where you are now: sign out instead" in page


def test_somebody_elses_session_is_not_there(client, browse, cast, leila):
    sign_in(client, leila)
    handle = Session.objects.get(user=leila).handle
    assert browse(cast.amara).post(f"/account/sessions/{handle}/end").status_code == 404
    assert Session.objects.filter(user=leila).exists()


def test_an_ended_membership_ends_access_at_once(browse, cast):
    leila = browse(cast.leila)
    assert leila.get("/people").status_code == 200
    browse(cast.amara).post(f"/people/{cast.leila.membership.pk}/end")
    assert leila.get("/people").status_code == 403


def test_expired_sessions_are_cleared_away(client, leila):
    sign_in(client, leila)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        Session.get_session_store_class().clear_expired()
    assert not Session.objects.exists()


def a_session(**fields):
    now = timezone.now()
    return Session(session_key=f"key{fields}"[:40], session_data="", expire_date=now, **fields)


def test_session_handle_unique(cast):
    now, handle = timezone.now(), cast.leila.user.pk
    Session(session_key="1", session_data="", expire_date=now, handle=handle, since=now, seen_at=now).save()
    with pytest.raises(IntegrityError, match=r"session_handle_unique|accounts_session\.handle"):
        Session(session_key="2", session_data="", expire_date=now, handle=handle, since=now, seen_at=now).save()


def test_session_in_use_says_since_when(cast):
    with pytest.raises(IntegrityError, match="session_in_use_says_since_when"):
        a_session(handle=cast.leila.user.pk).save()
