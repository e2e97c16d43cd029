"""Several writers at once, as two web processes have them."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from bench.measure import percentile
from bench.results import Figure
from bench.writers import THREADS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.installation import Installation

PROCESSES = 2
NAME = f"{PROCESSES * THREADS} writers"
MOST_WAIT = 250.0  # ms, 19 times in 20: hardly noticed


def figures_of_writers(installation: Installation, changes: int, database: str) -> Iterator[Figure]:
    """How long a change and its event take while others write into the same chain. Fails if the chain breaks."""
    with ThreadPoolExecutor(PROCESSES) as processes:
        asked = [processes.submit(installation.python, "-m", "bench.writers", str(changes)) for _ in range(PROCESSES)]
        waits = [wait for each in asked for wait in json.loads(each.result().said)]
    events = int(installation.python("-m", "bench.writers", "whole").said)
    if events != len(waits):
        raise RuntimeError(f"{len(waits)} changes were made and {events} events written on {database}")
    name = f"{NAME}, {database}"
    yield Figure(f"{name}: median wait", percentile(waits, 0.5), "ms")
    yield Figure(f"{name}: 95th percentile", percentile(waits, 0.95), "ms", at_most=MOST_WAIT)
    yield Figure(f"{name}: longest wait", max(waits), "ms")
