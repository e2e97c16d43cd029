"""Behind a proxy, whoever calls is who the proxy says called, and nobody else."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.client import CheckingClient
from trellis.accounts.tests.people import sign_in, with_password
from trellis.core.models import AuditEvent

TOO_MANY = "There were too many wrong attempts"
PROXY, FORGED, NURSERY, STRANGER = "10.0.0.1", "203.0.113.9", "192.0.2.10", "198.51.100.7"


@pytest.fixture(autouse=True)
def behind_a_proxy(monkeypatch):
    """An installation whose requests all come from one machine, its proxy."""
    changed = settings.ENVIRONMENT.model_copy(update={"behind_proxy": True})
    monkeypatch.setattr(settings, "ENVIRONMENT", changed)


@pytest.fixture
def amara(cast):
    return with_password(cast.amara.user)


def forwarded(*addresses: str) -> CheckingClient:
    """A browser whose requests the proxy passes on, with the addresses in its header."""
    return CheckingClient(REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": ", ".join(addresses)})


def test_the_address_is_the_last_one_whatever_was_forged_before(amara):
    answer = sign_in(forwarded(FORGED, NURSERY), amara, "a wrong guess")
    event = AuditEvent.objects.get(verb="person.sign_in_failed")
    assert (event.address, event.request_id) == (NURSERY, answer["X-Request-Id"])


def test_a_nursery_is_not_kept_out_by_a_stranger_behind_the_same_proxy(amara):
    stranger = forwarded(STRANGER)
    answers = [
        stranger.post("/sign-in", {"login": f"person{n}@example.org", "password": "three unrelated words"})
        for n in range(40)
    ]
    assert TOO_MANY in answers[-1].content.decode()
    assert TOO_MANY in sign_in(forwarded(NURSERY, STRANGER), amara).content.decode(), "a forged address changes nothing"
    assert sign_in(forwarded(NURSERY), amara).status_code == 302
