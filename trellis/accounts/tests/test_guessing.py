"""Guessing at passwords: it stops, and nobody else is kept out. See decision 0010."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.client import CheckingClient
from trellis.accounts.tests.people import sign_in, with_password
from trellis.core.models import AuditEvent

TOO_MANY = "There were too many wrong attempts"
NURSERY, STRANGER = "192.0.2.10", "198.51.100.7"


def browser(address: str = NURSERY) -> CheckingClient:
    """A new browser at a network address."""
    return CheckingClient(REMOTE_ADDR=address)


@pytest.fixture
def amara(cast):
    return with_password(cast.amara.user)


@pytest.fixture
def leila(cast):
    return with_password(cast.leila.user, "another three words")


def test_a_thousand_wrong_passwords(amara, leila):
    """Guessing stops after five; a colleague at the same address signs in; later the person does too."""
    stranger, began = browser(), time.monotonic()
    pages = [sign_in(stranger, amara, f"guess number {n}").content.decode() for n in range(1000)]
    seconds = time.monotonic() - began
    assert sum(TOO_MANY not in page for page in pages) == 5
    assert AuditEvent.objects.filter(verb="person.sign_in_failed").count() == 5
    assert TOO_MANY in sign_in(stranger, amara).content.decode()
    assert sign_in(browser(), leila, "another three words").status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert sign_in(browser(), amara).status_code == 302
    assert seconds < 60


def test_on_their_own_device_a_person_gets_in_while_a_stranger_guesses(amara):
    own = browser()
    sign_in(own, amara)
    own.post("/sign-out")
    for n in range(10):
        sign_in(browser(STRANGER), amara, f"guess number {n}")
    assert TOO_MANY in sign_in(browser(STRANGER), amara).content.decode()
    assert sign_in(own, amara).status_code == 302


def test_a_known_device_does_not_guess_for_ever_either(amara):
    own = browser()
    sign_in(own, amara)
    own.post("/sign-out")
    pages = [sign_in(own, amara, f"guess number {n}").content.decode() for n in range(12)]
    assert [TOO_MANY in page for page in pages] == [False] * 10 + [True] * 2


def test_a_device_is_known_for_those_who_signed_in_with_it_only(amara, leila):
    tablet = browser()
    sign_in(tablet, leila, "another three words")
    tablet.post("/sign-out")
    pages = [sign_in(tablet, amara, f"guess number {n}").content.decode() for n in range(6)]
    assert TOO_MANY in pages[5]


def test_a_forged_mark_of_a_known_device_counts_for_nothing(amara):
    stranger = browser()
    stranger.cookies["trellis-known-device"] = "WyJ4IixbImFiYyJdXQ:1abcde:forged"
    pages = [sign_in(stranger, amara, f"guess number {n}").content.decode() for n in range(6)]
    assert TOO_MANY in pages[5]


def test_one_guess_at_many_accounts_from_one_address_is_slowed(amara, leila):
    colleague = browser()
    sign_in(colleague, leila, "another three words")
    colleague.post("/sign-out")
    stranger = browser()
    answers = [
        stranger.post("/sign-in", {"login": f"person{n}@example.org", "password": "three unrelated words"})
        for n in range(40)
    ]
    assert sum(TOO_MANY in answer.content.decode() for answer in answers) == 10
    assert TOO_MANY in sign_in(stranger, amara).content.decode()
    assert sign_in(colleague, leila, "another three words").status_code == 302
    assert sign_in(browser(STRANGER), amara).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert sign_in(stranger, amara).status_code == 302


def test_a_right_password_costs_nothing(amara):
    for _ in range(12):
        one = CheckingClient(REMOTE_ADDR=NURSERY)
        assert sign_in(one, amara).status_code == 302


def test_fifty_a_day_is_enough_from_browsers_nobody_knows(amara):
    guesses, now = 0, timezone.now()
    for step in range(14):
        with time_machine.travel(now + timedelta(minutes=6 * step)):
            pages = [sign_in(browser(f"203.0.113.{step}"), amara, f"guess {n}").content.decode() for n in range(6)]
        guesses += sum(TOO_MANY not in page for page in pages)
    assert guesses == 50
    with time_machine.travel(now + timedelta(hours=26)):
        assert sign_in(browser(), amara).status_code == 302
