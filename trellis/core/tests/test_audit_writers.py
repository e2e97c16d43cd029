"""Several people do things at the same moment: every event is written, no chain forks, nobody waits long.

How long exactly, and how many a second, is a figure of `make bench`.
"""

from __future__ import annotations

import threading
import time
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from trellis.core.audit import System, first_broken_link, record
from trellis.core.models import AuditEvent, Schedule

WRITERS, EVENTS = 8, 25
# For 95 of 100 writes. A few hundredths are usual; a test must not fail because the machine does something else as well.
PATIENCE = 5.0  # seconds


def write(organisation_id, ready, took):
    """One writer: a thread with a connection of its own, as in the web server, writing what every action does at least."""
    by, subject = System("A writer", organisation_id=organisation_id), Schedule(name="test")
    try:
        connection.ensure_connection()
        ready.wait(timeout=60)
        for number in range(EVENTS):
            begun = time.perf_counter()
            with transaction.atomic():
                record(by=by, verb="test.written", subject=subject, change={"number": number})
            took.append(time.perf_counter() - begun)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("organisations", [1, WRITERS], ids=["the same organisation", "different organisations"])
def test_eight_writers_at_once(organisations):
    chains = [uuid.UUID(int=number % organisations + 1) for number in range(WRITERS)]
    ready, took = threading.Barrier(WRITERS), []
    threads = [threading.Thread(target=write, args=[chain, ready, took]) for chain in chains]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(took) == WRITERS * EVENTS, "every event is written"
    for chain in map(str, set(chains)):
        assert AuditEvent.objects.of_chain(chain).count() == WRITERS * EVENTS / organisations
        assert first_broken_link(chain) is None
    assert sorted(took)[int(len(took) * 0.95)] < PATIENCE


@pytest.mark.django_db
def test_a_fork_is_refused_by_the_database():
    by, subject = System("A test"), Schedule(name="test")
    record(by=by, verb="test.written", subject=subject)
    event = record(by=by, verb="test.written", subject=subject)
    event.pk, event._state.adding = uuid.uuid4(), True
    with (
        pytest.raises(IntegrityError, match=r"audit_chain_does_not_fork|core_auditevent\.number"),
        transaction.atomic(),
    ):
        event.save(force_insert=True)


@pytest.mark.django_db
def test_an_event_in_the_middle_of_nowhere_is_refused_by_the_database():
    event = record(by=System("A test"), verb="test.written", subject=Schedule(name="test"))
    event.pk, event.number, event._state.adding = uuid.uuid4(), 2, True
    with pytest.raises(IntegrityError, match="audit_only_the_first_has_no_predecessor"), transaction.atomic():
        event.save(force_insert=True)
