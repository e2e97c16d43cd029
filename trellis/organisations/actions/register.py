"""Importing the register: one engine for the command and for the page’s background job.

The file streams through in batches. What a batch changes, its results and how far the import has come are one
transaction: whoever goes on after a killed worker loses nothing and repeats nothing. What is there already is
asked once for each batch, and only what differs is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Protocol

from django.db import transaction
from django.utils import timezone

from trellis.core.audit import in_several_chains, record
from trellis.core.files import keep_file, written_first
from trellis.core.jobs import start
from trellis.core.refusal import refuse
from trellis.organisations.actions.providers import (
    add_words,
    forget_words,
    known_listings,
    numbers_listed,
    write_providers,
)
from trellis.organisations.actions.reference import load_reference
from trellis.organisations.models import (
    ImportedBatch,
    Organisation,
    Provider,
    RegisterImport,
    RejectedLine,
)
from trellis.organisations.register import NotARegister, ProviderRow, RejectedRow, read_register
from trellis.organisations.register.headings import find_columns
from trellis.organisations.rules.register import (
    NOTHING_KNOWN,
    Listing,
    differences,
    families,
    found_by,
    has_flags,
    why_not_complete,
    why_not_import,
    why_not_import_tried,
    with_what_is_known,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.core.audit import Actor
    from trellis.core.files import CheckedFile

BATCH = 1000  # rows in a transaction: on SQLite, others wait for it no longer than they notice
MARKED_AT_ONCE = 500
COUNTS = ("added", "changed", "unchanged", "rejected", "no_longer_listed")
Result = ProviderRow | RejectedRow


class Steps(Protocol):
    """Where an import says how far it is; a job’s `Progress` is one. What is `kept` survives with each batch."""

    kept: dict[str, Any]

    def batch(self) -> AbstractContextManager[None]:
        """One transaction."""

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        """So many bytes of so many."""


def ask_for_import(
    *, upload: CheckedFile, dry_run: bool, complete: bool, all_or_nothing: bool, by: Acting
) -> RegisterImport:
    """Keep an uploaded file and let a worker import it. Raises `Refused` while another import is under way."""
    with written_first(upload) as written, transaction.atomic():
        refuse(why_not_import(under_way=RegisterImport.objects.under_way().exists()))
        file = keep_file(upload=written, organisation_id=by.organisation_id, by=by)
        how = {"dry_run": dry_run, "complete": complete, "all_or_nothing": all_or_nothing}
        return _let_a_worker_import(RegisterImport(file_name=upload.name, file=file, **how), by)


@transaction.atomic
def import_tried_file(*, tried: RegisterImport, by: Acting) -> RegisterImport:
    """Import the file of a try-out as it was tried. Raises `Refused` while another import is under way, or when the
    file is no longer kept."""
    refuse(why_not_import(under_way=RegisterImport.objects.under_way().exists()))
    refuse(
        why_not_import_tried(tried=tried.dry_run, finished=tried.finished_at is not None, kept=tried.file is not None)
    )
    how = {"complete": tried.complete, "all_or_nothing": tried.all_or_nothing}
    return _let_a_worker_import(RegisterImport(file_name=tried.file_name, file=tried.file, **how), by)


def _let_a_worker_import(wanted: RegisterImport, by: Acting) -> RegisterImport:
    wanted.asked_by, wanted.asked_by_name = by.user, by.actor_name
    wanted.save(force_insert=True)
    wanted.job = start(job="register.import", by=by, arguments={"import_id": str(wanted.pk)})
    wanted.save(update_fields=["job"])
    change = {"file": wanted.file_name, "dry_run": wanted.dry_run}
    record(by=by, verb="register.import_asked_for", subject=wanted, change=change)
    return wanted


@transaction.atomic
def begin_import(*, file_name: str, dry_run: bool, complete: bool, all_or_nothing: bool, by: Actor) -> RegisterImport:
    """Note that a command imports a file. Raises `Refused` while an import that a person asked for is under way."""
    refuse(why_not_import(under_way=RegisterImport.objects.under_way().exists()))
    return RegisterImport.objects.create(
        file_name=file_name[:255],
        asked_by_name=by.actor_name,
        dry_run=dry_run,
        complete=complete,
        all_or_nothing=all_or_nothing,
    )


def run_import(*, wanted: RegisterImport, file: IO[bytes], size: int, steps: Steps, by: Actor) -> RegisterImport:
    """Import an open file of `size` bytes, from its beginning or from where `steps.kept` says, to the end.

    Raises `NotARegister` with a sentence that says what is missing; then nothing was changed and `wanted` says why.
    An import that is done already stays as it is.
    """
    if wanted.finished_at is None:
        try:
            _Import(wanted, file, size, steps, by).run()
        except NotARegister as reason:
            _fail(wanted, str(reason), by)
            raise
    return wanted


@transaction.atomic
def _fail(wanted: RegisterImport, reason: str, by: Actor) -> None:
    wanted.finished_at, wanted.failure, wanted.applied = timezone.now(), reason[:1000], False
    wanted.save(update_fields=["finished_at", "failure", "applied"])
    record(by=by, verb="register.refused", subject=wanted, change={"file": wanted.file_name})


@dataclass
class _Batch:
    """What some rows of the file come to."""

    position: int
    new: list[Provider] = field(default_factory=list)
    changed: list[Provider] = field(default_factory=list)
    unchanged: int = 0
    rejected: list[RejectedRow] = field(default_factory=list)
    results: list[list[Any]] = field(default_factory=list)
    forgotten: dict[str, list[str]] = field(default_factory=dict)  # number → the words it had
    found_by: list[tuple[str, str]] = field(default_factory=list)  # (word, number)


class _Import:
    """One import under way."""

    def __init__(self, wanted: RegisterImport, file: IO[bytes], size: int, steps: Steps, by: Actor) -> None:
        self.wanted, self.file, self.size, self.steps, self.by = wanted, file, size, steps, by
        self.seen: set[str] = set()
        self.kinds: set[str] = set()
        self.flags = True

    def run(self) -> None:
        """From the first row to the result."""
        self.applies = not self.wanted.dry_run and not (self.wanted.all_or_nothing and self._rejects_something())
        load_reference(by=self.by)
        self.file.seek(0)
        self.reader = read_register(self.file)
        rows, position = iter(self.reader), self.steps.kept.get("rows", 0)
        self._note(islice(rows, position))
        while batch := list(islice(rows, BATCH)):
            self._note(batch)
            self._take(self._compare(position, batch))
            position += len(batch)
        if self.wanted.complete:
            self._mark_the_missing(position)
        self._finish()

    def _rejects_something(self) -> bool:
        self.file.seek(0)
        return any(isinstance(row, RejectedRow) for row in read_register(self.file))

    def _note(self, rows: Iterable[Result]) -> None:
        """Remember who is in the file, be their row readable or not, when it is the whole register."""
        for row in rows:
            if self.wanted.complete:
                self.seen.add(row.provider_number)
                if isinstance(row, ProviderRow):
                    self.kinds.add(row.kind)

    def _compare(self, position: int, rows: list[Result]) -> _Batch:
        """What a batch comes to, with one question to the database."""
        batch, flags = _Batch(position), has_flags(find_columns(self.reader.headings))
        known = known_listings(row.provider_number for row in rows if isinstance(row, ProviderRow))
        for row in rows:
            if isinstance(row, RejectedRow):
                batch.rejected.append(row)
            else:
                before = known.get(row.provider_number)
                self._add(batch, row, before, with_what_is_known(row, before or NOTHING_KNOWN, flags=flags))
        return batch

    def _add(self, batch: _Batch, row: ProviderRow, before: Listing | None, after: Listing) -> None:
        number = row.provider_number
        if before == after:
            batch.unchanged += 1
            return
        told = None if before is None else differences(before, after)
        batch.results.append([row.line, number, told])
        (batch.new if before is None else batch.changed).append(Provider(number=number, **after._asdict()))
        earlier, later = found_by(before) if before else [], found_by(after)
        if earlier != later:
            batch.found_by += [(word, number) for word in later]
            if earlier:
                batch.forgotten[number] = earlier

    def _take(self, batch: _Batch) -> None:
        """Write what a batch comes to, and how far the import is."""
        wanted, steps = self.wanted, self.steps
        with steps.batch():
            if self.applies:
                write_providers(batch.new, batch.changed)
                self._write_words(batch)
                self._tell_settings(batch)
            self._write_results(batch)
            wanted.added += len(batch.new)
            wanted.changed += len(batch.changed)
            wanted.unchanged += batch.unchanged
            wanted.rejected += len(batch.rejected)
            wanted.save(update_fields=COUNTS)
            steps.kept["rows"] = wanted.read
            steps.step(min(self.reader.bytes_read, self.size), self.size, f"{wanted.read:,} rows read")

    def _write_words(self, batch: _Batch) -> None:
        forget_words(batch.forgotten)
        add_words(batch.found_by)

    def _write_results(self, batch: _Batch) -> None:
        RejectedLine.objects.bulk_create(
            RejectedLine(
                register_import=self.wanted, line=row.line, provider_number=row.provider_number, reason=row.reason[:500]
            )
            for row in batch.rejected
        )
        if batch.results:
            ImportedBatch.objects.create(register_import=self.wanted, position=batch.position, results=batch.results)

    def _tell_settings(self, batch: _Batch) -> None:
        """Record in the chain of each setting that uses Trellis that its row in the register changed."""
        told = {number: change for _line, number, change in batch.results if change}
        settings = Organisation.objects.filter(provider__number__in=told) if told else Organisation.objects.none()
        with in_several_chains():
            for setting in settings.select_related("provider"):
                change = told[setting.provider.number]  # type: ignore[union-attr]
                record(
                    by=self.by,
                    verb="setting.register_changed",
                    subject=setting,
                    change={name: list(values) for name, values in change.items()},
                    organisation_id=setting.pk,
                )

    def _mark_the_missing(self, position: int) -> None:
        """Mark who is in the database and not in the file, list by list. Nobody is deleted."""
        reason = why_not_complete(providers=len(self.kinds))
        if reason:
            raise NotARegister(reason)
        missing = sorted(set().union(*map(numbers_listed, families(self.kinds))) - self.seen)
        today, done = timezone.localdate(), 0 if self.applies else self.wanted.no_longer_listed
        for first in range(done, len(missing), MARKED_AT_ONCE):
            self._mark(missing[first : first + MARKED_AT_ONCE], today, position)

    def _mark(self, numbers: list[str], today: date, position: int) -> None:
        """Mark some, with the results and the count in the same transaction; in a dry run, only say so."""
        change = {"no_longer_listed_since": (None, today)}
        batch = _Batch(position + self.wanted.no_longer_listed, results=[[0, number, change] for number in numbers])
        with self.steps.batch():
            if self.applies:
                Provider.objects.filter(number__in=numbers).update(no_longer_listed_since=today)
                self._tell_settings(batch)
            self._write_results(batch)
            self.wanted.no_longer_listed += len(numbers)
            self.wanted.save(update_fields=["no_longer_listed"])

    def _finish(self) -> None:
        wanted = self.wanted
        counts = {name: getattr(wanted, name) for name in COUNTS}
        with self.steps.batch():
            wanted.finished_at, wanted.applied = timezone.now(), self.applies
            wanted.save(update_fields=["finished_at", "applied"])
            verb = "register.imported" if self.applies else "register.tried"
            record(by=self.by, verb=verb, subject=wanted, change={"file": wanted.file_name, **counts})
