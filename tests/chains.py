"""A transaction writes into one audit chain, or into several in the order that is the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction

from trellis.core import audit

if TYPE_CHECKING:
    from trellis.core.models import AuditEvent


class ChainsMeet(AssertionError):
    """Two such transactions could wait for each other for ever."""


@dataclass(frozen=True)
class Held:
    """A note that the transaction holds a chain. Kept where Django forgets it as the database lets go of the lock."""

    chain: str

    def __call__(self) -> None:
        """There is nothing to do after the commit."""


def held() -> set[str]:
    """The chains that the transaction holds already; the one that a test itself runs in does not count."""
    of_the_test = sum(block._from_testcase for block in connection.atomic_blocks)
    if of_the_test == len(connection.atomic_blocks):
        return set()
    outermost = set(connection.savepoint_ids[of_the_test - 1 : of_the_test]) if of_the_test else set()
    notes = [(within, note) for within, note, _ in connection.run_on_commit if isinstance(note, Held)]
    return {note.chain for within, note in notes if outermost <= within}


@pytest.fixture(autouse=True)
def chains_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test refuses a change that goes into a second chain without `in_several_chains`."""
    append = audit._append

    def watched(events: list[AuditEvent]) -> None:
        before, now = held(), {event.chain for event in events}
        if before and not now <= before:
            raise ChainsMeet(f"{events[-1].verb} goes into a second chain: make the change `in_several_chains`")
        for chain in now:
            transaction.on_commit(Held(chain))
        append(events)

    monkeypatch.setattr(audit, "_append", watched)
