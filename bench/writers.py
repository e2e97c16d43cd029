"""Several writers at once, each of whom changes something and writes the audit: `python -m bench.writers CHANGES`.

Threads of one process, as the web server has them. All write into the chain of one organisation, without a pause:
the worst that can happen to an audit that is a chain. `python -m bench.writers whole` then says how many events
the chain has, or fails if it is broken anywhere.
"""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from uuid import UUID

import django
from django.db import connection, transaction

if TYPE_CHECKING:
    from trellis.organisations.models import Organisation

THREADS = 4
ORGANISATION = UUID(int=4_700_000)


def write(organisation: Organisation, changes: int) -> list[float]:
    """Change an organisation so many times, each time with its event; the milliseconds that each took."""
    from trellis.core.audit import System, record

    by, waits = System("The bench", organisation_id=organisation.pk), []
    for number in range(changes):
        begun = time.perf_counter()
        with transaction.atomic():
            type(organisation).objects.filter(pk=organisation.pk).update(name=f"Bench {number}")
            record(by=by, verb="bench.changed", subject=organisation, change={"name": ["", f"Bench {number}"]})
        waits.append((time.perf_counter() - begun) * 1000)
    connection.close()
    return waits


def write_together(changes: int) -> list[float]:
    """Let several threads write so much each; all their waits."""
    from trellis.organisations.models import Organisation

    organisation, _ = Organisation.objects.get_or_create(id=ORGANISATION, defaults={"name": "Bench", "kind": "group"})
    connection.close()
    with ThreadPoolExecutor(THREADS) as threads:
        asked = [threads.submit(write, organisation, changes) for _ in range(THREADS)]
        return [wait for each in asked for wait in each.result()]


def events_of_whole_chain() -> int:
    """How many events the chain has. Raises `RuntimeError` if it is broken."""
    from trellis.core.audit import first_broken_link
    from trellis.core.models import AuditEvent

    chain = str(ORGANISATION)
    if broken := first_broken_link(chain):
        raise RuntimeError(f"The chain broke at event {broken.number}: {broken.reason}")
    return AuditEvent.objects.of_chain(chain).count()


if __name__ == "__main__":
    django.setup()
    asked = sys.argv[1]
    sys.stdout.write(json.dumps(events_of_whole_chain() if asked == "whole" else write_together(int(asked))))
