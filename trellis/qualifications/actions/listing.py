"""Importing the list of early years qualifications."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from django.db import transaction

from trellis.core.audit import record
from trellis.organisations.rules.searching import plain
from trellis.qualifications.listing import RejectedRow, read_list
from trellis.qualifications.models import ListedQualification

if TYPE_CHECKING:
    from trellis.core.audit import Actor
    from trellis.qualifications.listing import ListedRow

BATCH = 500
FIELDS = (
    "level", "from_date", "to_date", "name", "awarding_organisation", "number", "notes", "questions",
    "ratio_requirements", "search_key",
)  # fmt: skip


@dataclass
class Imported:
    """What an import came to."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: list[RejectedRow] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """The counts by name."""
        numbers = {"added": self.added, "changed": self.changed, "unchanged": self.unchanged}
        return numbers | {"rejected": len(self.rejected)}


def import_list(*, file: IO[bytes], file_name: str, dry_run: bool, by: Actor) -> Imported:
    """Import an open file, batch by batch: adds and changes, never deletes; the same file twice changes nothing.

    Raises `NotAList` with what is missing; then nothing was changed.
    """
    imported, rows = Imported(), read_list(file)
    while batch := list(islice(rows, BATCH)):
        imported.rejected += [row for row in batch if isinstance(row, RejectedRow)]
        _take([row for row in batch if not isinstance(row, RejectedRow)], imported, dry_run=dry_run)
    if not dry_run:
        with transaction.atomic():
            change = {"file": file_name[:255], **imported.counts}
            record(by=by, verb="qualifications.list_imported", subject=ListedQualification(), change=change)
    return imported


@transaction.atomic
def _take(rows: list[ListedRow], imported: Imported, *, dry_run: bool) -> None:
    there = {each.ref: each for each in ListedQualification.objects.filter(ref__in=[row.ref for row in rows])}
    new, changed = [], []
    for row in rows:
        said = _said(row)
        old = there.get(row.ref)
        if old is None:
            new.append(ListedQualification(ref=row.ref, **said))
        elif any(getattr(old, name) != said[name] for name in FIELDS):
            for name in FIELDS:
                setattr(old, name, said[name])
            changed.append(old)
        else:
            imported.unchanged += 1
    imported.added += len(new)
    imported.changed += len(changed)
    if not dry_run:
        ListedQualification.objects.bulk_create(new)
        ListedQualification.objects.bulk_update(changed, FIELDS)


def _said(row: ListedRow) -> dict[str, Any]:
    told = asdict(row)
    words = plain(" ".join((row.name, row.awarding_organisation, row.number, row.ref)))
    return {name: told[name] for name in FIELDS if name in told} | {"search_key": f" {words}"[:700]}
