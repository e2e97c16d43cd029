"""The register imported by our command and barely, and what is there exported again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.results import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.installation import Installation

# For 71,000 rows.
MOST_SECONDS, MOST_SECONDS_AGAIN, MOST_MEMORY = 60, 20, 300  # MB
OF_BARE = 0.5


def figures_of_imports(ours: Installation, bare: Installation, register: Path, rows: int) -> Iterator[Figure]:
    """First the bare import into an empty database, then ours, twice. All times are of the whole command."""
    least = bare.python("-m", "bench.bare_import", str(register))
    first = ours.manage("import_providers", str(register))
    again = ours.manage("import_providers", str(register))
    for spent, count in ((first, f"Added: {rows}"), (again, f"Unchanged: {rows}")):
        if count.lower() not in spent.said.lower().replace(",", ""):
            raise RuntimeError(f"The import did not say “{count}”:\n{spent.said[:2000]}")
    yield Figure("bare import: rows", rows / least.seconds, "rows/s")
    yield Figure("bare import: processor time", least.processor, "s")
    yield Figure("bare import: largest memory", least.peak, "MB")
    yield Figure("import: rows", rows / first.seconds, "rows/s")
    yield Figure("import: time", first.seconds, "s", at_most=MOST_SECONDS)
    yield Figure("import: processor time", first.processor, "s")
    yield Figure("import: of the bare import’s speed", least.processor / first.processor, "×", at_least=OF_BARE)
    yield Figure("import: largest memory", first.peak, "MB", at_most=MOST_MEMORY)
    yield Figure("import again, unchanged: rows", rows / again.seconds, "rows/s")
    yield Figure("import again, unchanged: time", again.seconds, "s", at_most=MOST_SECONDS_AGAIN)
    yield Figure("import again, unchanged: largest memory", again.peak, "MB", at_most=MOST_MEMORY)
