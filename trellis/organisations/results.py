"""The whole result of an import as one table, to be read, downloaded and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.exports import Column, Table
from trellis.organisations.rules.register import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trellis.core.exports import Cell
    from trellis.organisations.models import RegisterImport

COUNTED = {
    "added": "Added",
    "changed": "Changed",
    "unchanged": "Unchanged",
    "rejected": "Rejected",
    "no_longer_listed": "No longer listed",
}
COLUMNS = (
    Column("Result", width=18),
    Column("Line", "number", width=8),
    Column("Provider number", width=16),
    Column("What", width=30),
    Column("Before", width=30),
    Column("After", width=30),
    Column("Reason", width=60),
)
Row = tuple["Cell", ...]


def counted(wanted: RegisterImport) -> list[tuple[str, str]]:
    """The counts with what they count: (“71,000”, “Added”).

    Those that a file leaves out are counted only where it was said to be the whole register.
    """
    names = [name for name in COUNTED if wanted.complete or name != "no_longer_listed"]
    return [(f"{getattr(wanted, name):,}", COUNTED[name]) for name in names]


def result_table(wanted: RegisterImport) -> Table:
    """Counts, then every rejected row with its reason, then every new and every changed provider with its changes."""
    return Table("Import of the childcare register", wanted.file_name, COLUMNS, _rows(wanted))


def _rows(wanted: RegisterImport) -> Iterator[Row]:
    for number, label in counted(wanted):
        yield ("Count", None, "", label, "", int(number.replace(",", "")), "")
    for rejected in wanted.rejected_lines.order_by("line").iterator():
        yield ("Rejected", rejected.line, rejected.provider_number, "", "", "", rejected.reason)
    for batch in wanted.batches.order_by("position").iterator():
        for line, number, change in batch.results:
            yield from _of_provider(line or None, number, change)


def _of_provider(line: int | None, number: str, change: dict[str, list[Cell]] | None) -> Iterator[Row]:
    if change is None:
        yield ("Added", line, number, "", "", "", "")
    else:
        for name, (before, after) in change.items():
            yield ("Changed" if line else "No longer listed", line, number, LABELS[name], before, after, "")
