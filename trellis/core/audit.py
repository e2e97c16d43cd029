"""The audit: one helper writes it, in the transaction of the change, and one reads whether it is whole."""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone

from trellis.core.context import current_origin
from trellis.core.models import AuditEvent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID


# A long name of an organisation, or what a proxy calls an address, must not keep a change from being recorded.
LONGEST_ROLE, LONGEST_ADDRESS = 200, 60

_waiting: ContextVar[list[AuditEvent] | None] = ContextVar("waiting", default=None)


class Actor(Protocol):
    """Whoever does something: a person in a role for an organisation, or the system itself."""

    @property
    def actor_id(self) -> UUID | None:
        """Who; None for the system."""

    @property
    def actor_name(self) -> str:
        """Their name on that day."""

    @property
    def acting_as(self) -> str:
        """The role and the organisation, in words."""

    @property
    def organisation_id(self) -> UUID | None:
        """The organisation they act for; None for the system."""


@dataclass(frozen=True)
class System:
    """The system as an actor: a command, a schedule, a job that no person asked for."""

    actor_name: str
    actor_id: UUID | None = None
    acting_as: str = "Trellis itself"
    organisation_id: UUID | None = None


@dataclass(frozen=True)
class BrokenLink:
    """The first event of a chain that does not follow from the one before."""

    chain: str
    number: int
    event_id: UUID
    reason: str


def record(
    *,
    by: Actor,
    verb: str,
    subject: models.Model,
    change: Mapping[str, Any] | None = None,
    organisation_id: UUID | None = None,
) -> AuditEvent:
    """Write down that `by` did `verb` to `subject`, as the last step of the change’s own transaction.

    `change` holds field → [old, new] or whatever tells the change; never a child’s data. The event joins
    the chain of `organisation_id`, or of the actor’s organisation, or of the installation. Raises
    `TransactionManagementError` outside a transaction: a change and its event stand or fall together. A change
    that belongs into more than one chain is made `in_several_chains`.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An audit event is written in the transaction of its change")
    origin = current_origin()
    event = AuditEvent(
        chain=str(organisation_id or by.organisation_id or ""),
        at=timezone.now(),
        actor_id=by.actor_id,
        actor_name=by.actor_name,
        acting_as=by.acting_as[:LONGEST_ROLE],
        verb=verb,
        record_type=subject._meta.label_lower,
        record_id=str(subject.pk),
        change=json.loads(json.dumps(change or {}, cls=DjangoJSONEncoder)),
        address=origin.address[:LONGEST_ADDRESS],
        request_id=origin.request_id,
    )
    waiting = _waiting.get()
    if waiting is None:
        _append([event])
    else:
        waiting.append(event)
    return event


@contextmanager
def in_several_chains() -> Iterator[None]:
    """A transaction, or a part of one, whose events go into the chains of several organisations.

    Each chain is held until the transaction ends. If one transaction held A and then wanted B, and another held B
    and then wanted A, neither could go on. So the events wait for the end of the block and are then written chain
    by chain, in the same order everywhere; within a chain by their moments. Nothing inside may be taken back by
    itself: the events of the block stand or fall together.
    """
    if _waiting.get() is not None:
        yield  # the block around this one writes them
        return
    waiting: list[AuditEvent] = []
    with transaction.atomic():
        token = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(token)
        _append(waiting)


def _append(events: list[AuditEvent]) -> None:
    """Write events at the ends of their chains."""
    for event in sorted(events, key=lambda each: (each.chain, each.at)):
        last_number, event.previous_hash = _end_of(event.chain)
        event.number = last_number + 1
        event.hash = hash_of(event)
        event.save(force_insert=True)


def _end_of(chain: str) -> tuple[int, str]:
    """The number and hash of a chain’s last event, with the chain held until this transaction ends.

    SQLite has one writer and its transactions start by taking the lock, so reading is enough. PostgreSQL
    takes a lock on this chain alone, in the same round trip: other organisations do not wait.
    """
    table = AuditEvent._meta.db_table
    last = f"SELECT number, hash FROM {table} WHERE chain = %s ORDER BY number DESC LIMIT 1"  # noqa: S608
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7305)); " + last, [chain, chain])
            cursor.nextset()
        else:
            cursor.execute(last, [chain])
        row = cursor.fetchone()
    return (row[0], row[1]) if row else (0, "")


def hash_of(event: AuditEvent) -> str:
    """The SHA-256 of everything an event says and of the hash before it, in hexadecimal."""
    said = [
        str(event.id),
        event.chain,
        event.number,
        event.at.astimezone(UTC).isoformat(),
        str(event.actor_id or ""),
        event.actor_name,
        event.acting_as,
        event.verb,
        event.record_type,
        event.record_id,
        event.change,
        event.address,
        event.request_id,
        event.previous_hash,
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def broken_links() -> Iterator[BrokenLink]:
    """Walk every chain and yield the first broken link of each; nothing when the audit is whole."""
    for chain in AuditEvent.objects.order_by().values_list("chain", flat=True).distinct():
        broken = first_broken_link(chain)
        if broken:
            yield broken


def first_broken_link(chain: str) -> BrokenLink | None:
    """The first event of `chain` that was changed, or before which one is missing; None when it is whole."""
    previous_hash = ""
    for number, event in enumerate(AuditEvent.objects.of_chain(chain).iterator(chunk_size=2000), start=1):
        reason = _what_is_wrong(event, number, previous_hash)
        if reason:
            return BrokenLink(chain, event.number, event.id, reason)
        previous_hash = event.hash
    return None


def _what_is_wrong(event: AuditEvent, number: int, previous_hash: str) -> str | None:
    """Why an event does not follow from the one before, or None if it does."""
    if event.number != number:
        return f"event {number} is missing"
    if event.previous_hash != previous_hash:
        return "it does not follow the event before it"
    if event.hash != hash_of(event):
        return "it was changed after it was written"
    return None
