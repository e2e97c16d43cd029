"""Two people decide at the same moment about the same thing: one does it, the other is told why not.

On PostgreSQL both are at work at once; on SQLite the second waits for the first to end.
"""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction

from tests.cast import person
from tests.house.sources import package_files
from trellis.accounts.acting import Themselves
from trellis.accounts.models import User
from trellis.accounts.roles import Role
from trellis.core.refusal import Refused
from trellis.organisations.actions.claims import approve_claim, ask_for_setting, invite_setting
from trellis.organisations.actions.people import change_role, end_membership
from trellis.organisations.models import Invitation, Membership, Organisation, Provider

pytestmark = pytest.mark.django_db(transaction=True)
HEAD_START = 0.4  # seconds in which the second has long begun, and would have decided if nothing kept them


class Somebody(threading.Thread):
    """Does one thing in a transaction of their own, once told to, and then stays in it for a while."""

    def __init__(self, what, *, after=None, stays=0.0):
        super().__init__()
        self.what, self.after, self.stays = what, after, stays
        self.done, self.outcome = threading.Event(), None

    def run(self):
        try:
            if self.after:
                self.after.wait(timeout=30)
            with transaction.atomic():
                self.outcome = self.what()
                self.done.set()
                time.sleep(self.stays)
        except Exception as wrong:
            self.outcome = wrong
        finally:
            self.done.set()
            connection.close()


def at_once(first, second):
    """What came of both: the second begins while the first is still at it."""
    one = Somebody(first, stays=HEAD_START)
    other = Somebody(second, after=one.done)
    for each in (one, other):
        each.start()
    for each in (one, other):
        each.join()
    return one.outcome, other.outcome


@pytest.fixture
def hazel(cast) -> Provider:
    return Provider.objects.create(
        number="EY700001", name="Hazel Nursery", name_key="hazel nursery", kind="full_day_care", sector="pvi",
        postcode="FW99 1AA", postcode_district="FW99", authority_id="E99000001",
    )  # fmt: skip


def test_of_two_managers_who_end_each_other_one_stays(cast):
    femi = person("Femi Balogun", cast.amara.organisation, Role.MANAGER)
    _ended, refused = at_once(
        lambda: end_membership(membership=femi.membership, by=cast.amara.acting),
        lambda: change_role(
            membership=Membership.objects.get(pk=cast.amara.membership.pk), role=Role.SENCO, by=femi.acting
        ),
    )
    assert isinstance(refused, Refused), refused
    here = Membership.objects.live().answerable().filter(organisation=cast.amara.organisation)
    assert [each.user.name for each in here] == ["Amara Okafor"]


def test_of_two_approvals_for_one_setting_the_second_is_told_that_it_is_there(cast, hazel):
    people = [User.objects.create(name=name, email=f"{name}@example.org") for name in ("oskar", "noor")]
    claims = [ask_for_setting(provider=hazel, position="Manager", message="", by=Themselves(each)) for each in people]
    made, refused = at_once(
        lambda: approve_claim(claim=claims[0], by=cast.daniel.acting),
        lambda: approve_claim(claim=claims[1], by=cast.sam.acting),
    )
    assert (type(made), str(made)) == (Organisation, "Hazel Nursery")
    assert isinstance(refused, Refused), refused
    assert "This setting uses Trellis already" in str(refused)
    assert Organisation.objects.filter(provider=hazel).count() == 1


def test_of_an_approval_and_an_invitation_for_one_setting_one_happens(cast, hazel):
    oskar = User.objects.create(name="Oskar Bell", email="oskar@example.org")
    claim = ask_for_setting(provider=hazel, position="Manager", message="", by=Themselves(oskar))
    made, refused = at_once(
        lambda: approve_claim(claim=claim, by=cast.daniel.acting),
        lambda: invite_setting(provider=hazel, name="Noor", email="noor@example.org", by=cast.daniel.acting),
    )
    assert isinstance(made, Organisation), made
    assert isinstance(refused, Refused), refused
    assert not Invitation.objects.exists()


def test_nothing_relies_on_a_lock_that_sqlite_does_not_know():
    asking = [str(file) for file in package_files() if "select_for_update" in file.read_text(encoding="utf-8")]
    assert asking == [], "write the row as it is instead, as decision 92 does"
