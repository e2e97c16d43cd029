"""A change that goes into the chains of two organisations: nobody waits for somebody who waits for them."""

from __future__ import annotations

import threading
import uuid
from contextlib import suppress

import pytest
from django.db import DatabaseError, connection, transaction

from tests.chains import ChainsMeet
from trellis.core.audit import System, first_broken_link, in_several_chains, record
from trellis.core.models import AuditEvent, Schedule

FIRST, SECOND = uuid.UUID(int=1), uuid.UUID(int=2)


def write(*organisations):
    """Events in these chains, in this order, as one change would write them."""
    for organisation_id in organisations:
        record(by=System("A test"), verb="test.written", subject=Schedule(name="x"), organisation_id=organisation_id)


def meet(barrier):
    """Wait for the other writer: on SQLite in vain, as it cannot begin before this one ends."""
    with suppress(threading.BrokenBarrierError):
        barrier.wait(timeout=2)


def writer(barrier, chains, went_wrong):
    """Somebody whose change goes into two chains and is in the middle when the other’s is."""
    try:
        with in_several_chains():
            write(chains[0])
            meet(barrier)
            write(chains[1])
    except DatabaseError as wrong:
        went_wrong.append(wrong)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_changes_in_the_same_two_chains_do_not_stop_each_other():
    barrier, went_wrong = threading.Barrier(2), []
    orders = [(FIRST, SECOND), (SECOND, FIRST)]
    threads = [threading.Thread(target=writer, args=[barrier, order, went_wrong]) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert went_wrong == []
    for chain in map(str, (FIRST, SECOND)):
        assert AuditEvent.objects.of_chain(chain).count() == 2
        assert first_broken_link(chain) is None


@pytest.mark.django_db
def test_a_second_chain_is_noticed_in_every_test():
    with pytest.raises(ChainsMeet), transaction.atomic():
        write(FIRST, SECOND)
    with transaction.atomic():
        write(FIRST, FIRST)
    with transaction.atomic():
        write(SECOND)


@pytest.mark.django_db
def test_a_block_after_another_chain_is_noticed_too():
    with transaction.atomic():
        write(SECOND)
        with pytest.raises(ChainsMeet), in_several_chains():
            write(FIRST, SECOND)


@pytest.mark.django_db
def test_events_of_a_block_are_written_at_its_end_in_the_order_of_the_chains():
    with in_several_chains():
        write(SECOND)
        with in_several_chains():
            write(FIRST, SECOND)
        assert not AuditEvent.objects.exists()
    written = AuditEvent.objects.order_by("chain", "number").values_list("chain", "number")
    assert list(written) == [(str(FIRST), 1), (str(SECOND), 1), (str(SECOND), 2)]


@pytest.mark.django_db
def test_a_block_that_is_taken_back_leaves_no_event_behind():
    with suppress(ZeroDivisionError), in_several_chains():
        write(FIRST)
        raise ZeroDivisionError
    write(SECOND)
    assert [event.chain for event in AuditEvent.objects.all()] == [str(SECOND)]
