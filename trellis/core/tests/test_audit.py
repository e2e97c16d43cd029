"""The audit is whole, or says where it is not."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from trellis.core.append_only import unprotect
from trellis.core.audit import System, broken_links, record
from trellis.core.context import Origin, coming_from
from trellis.core.models import AuditEvent

pytestmark = pytest.mark.django_db


def write(cast, number=1):
    for each in range(number):
        with transaction.atomic():
            record(
                by=cast.amara.acting, verb="organisation.renamed", subject=cast.amara.organisation, change={"n": each}
            )


def test_an_event_says_who_what_which_when_and_the_change(cast):
    write(cast)
    event = AuditEvent.objects.get()
    assert (event.actor_name, event.acting_as) == ("Amara Okafor", "Owner or manager, Bramble Lane Nursery")
    assert (event.record_type, event.record_id) == ("organisations.organisation", str(cast.amara.organisation.pk))
    assert event.change == {"n": 0}


def test_a_long_name_does_not_keep_a_change_from_being_recorded(cast):
    long = System("Amara Okafor", acting_as="Owner or manager, " + "Bramble " * 40)
    with coming_from(Origin(request_id="", address="[2001:db8::1]:443 " * 9)), transaction.atomic():
        event = record(by=long, verb="organisation.renamed", subject=cast.amara.organisation)
    event.full_clean()
    assert list(broken_links()) == []


def test_a_chain_is_whole(cast):
    write(cast, 3)
    assert list(broken_links()) == []


@pytest.mark.parametrize("how", ["UPDATE core_auditevent SET actor_name = 'Nobody'", "DELETE FROM core_auditevent"])
def test_the_database_refuses_to_rewrite_it(cast, how):
    write(cast)
    with (
        pytest.raises((DatabaseError, IntegrityError), match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(how)


@pytest.mark.parametrize(
    ("how", "number", "reason"),
    [
        ("UPDATE core_auditevent SET actor_name = 'Nobody' WHERE number = 2", 2, "changed after it was written"),
        ("DELETE FROM core_auditevent WHERE number = 2", 3, "event 2 is missing"),
    ],
)
def test_the_first_broken_link_is_named(cast, how, number, reason):
    write(cast, 4)
    unprotect(connection, "core_auditevent")
    with connection.cursor() as cursor:
        cursor.execute(how)
    (broken,) = broken_links()
    assert (broken.number, reason in broken.reason) == (number, True)


def test_each_organisation_has_its_own_chain(cast):
    write(cast, 2)
    record(by=System("command"), verb="register.imported", subject=cast.sam.organisation)
    assert sorted(AuditEvent.objects.values_list("chain", "number")) == [
        ("", 1),
        (str(cast.amara.organisation.pk), 1),
        (str(cast.amara.organisation.pk), 2),
    ]


@pytest.mark.django_db(transaction=True)
def test_an_event_without_a_transaction_is_refused(cast):
    with pytest.raises(transaction.TransactionManagementError):
        record(by=cast.amara.acting, verb="x", subject=cast.amara.organisation)
