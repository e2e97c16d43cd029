"""An action that fails at its very end leaves nothing: no row, no audit event, no e-mail."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.cast import person
from trellis.accounts.acting import Themselves
from trellis.accounts.models import User
from trellis.accounts.roles import Role
from trellis.core.models import AuditEvent, SentMail
from trellis.organisations.actions import claims, people
from trellis.organisations.models import ClaimRequest, Membership, Organisation, Provider

pytestmark = pytest.mark.django_db(transaction=True)


class LightsOut(Exception):
    """What happens when nobody expects it."""


@pytest.fixture
def lights_out(monkeypatch):
    """A function of a module does all it does, and then everything fails."""

    def after(module, name):
        does = getattr(module, name)

        def fails(*given, **named):
            does(*given, **named)
            raise LightsOut

        monkeypatch.setattr(module, name, fails)

    return after


def everything():
    counted = (Organisation, Membership, ClaimRequest, AuditEvent, SentMail)
    return [each.objects.count() for each in counted]


def test_a_membership_that_could_not_be_ended_is_as_it_was(cast, lights_out):
    person("Femi Balogun", cast.amara.organisation, Role.MANAGER)
    before = everything()
    lights_out(people, "_record")
    with pytest.raises(LightsOut):
        people.end_membership(membership=cast.leila.membership, by=cast.amara.acting)
    assert everything() == before
    assert Membership.objects.get(pk=cast.leila.membership.pk).ended_at is None
    assert not connection.in_atomic_block


def test_an_approval_that_fails_at_its_last_letter_leaves_no_setting(cast, lights_out):
    hazel = Provider.objects.create(
        number="EY700001", name="Hazel Nursery", name_key="hazel nursery", kind="full_day_care", sector="pvi",
        postcode="FW99 1AA", postcode_district="FW99", authority_id="E99000001",
    )  # fmt: skip
    oskar = User.objects.create(name="Oskar Bell", email="oskar.bell@example.org")
    claim = claims.ask_for_setting(provider=hazel, position="Manager", message="", by=Themselves(oskar))
    before = everything()
    lights_out(claims, "_let_in")
    with pytest.raises(LightsOut):
        claims.approve_claim(claim=claim, by=cast.daniel.acting)
    assert everything() == before
    assert ClaimRequest.objects.get().state == "asked"
