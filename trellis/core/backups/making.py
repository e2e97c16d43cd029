"""Making a backup while people go on working: every table as of one moment, then the files."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from trellis.core.append_only import protected_tables
from trellis.core.backups.archive import MANIFEST, Writing
from trellis.core.backups.manifest import Manifest, Table, version
from trellis.core.backups.rows import column_names, kept_models, parts
from trellis.core.models import StoredFile
from trellis.core.operations import own_pages
from trellis.core.operations.audit_heads import digest, heads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

NAME = "trellis-{:%Y%m%dT%H%M%SZ}.tar"
NAMES = "trellis-????????T??????Z.tar"


@dataclass
class Made:
    """A finished backup, and what is wrong with the installation that it is of."""

    path: Path
    manifest: Manifest
    problems: list[str] = field(default_factory=list)


def make_backup(folder: Path, *, at: datetime) -> Made:
    """Write an archive into `folder`, named after the moment `at` (UTC), readable by its owner only.

    It has its name when it is whole and on the disk. Raises `OSError` when it cannot be written; then nothing is left.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / NAME.format(at)
    unfinished = path.with_suffix(".unfinished")
    try:
        with _private(unfinished) as file:
            made = Made(path, *_write(file, at))
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return made


def forget_all_but(folder: Path, newest: int) -> list[Path]:
    """Delete the backups in `folder` but the `newest`; those deleted."""
    old = sorted(folder.glob(NAMES))[:-newest]
    for path in old:
        path.unlink()
    return old


def _private(path: Path) -> IO[bytes]:
    """A new file that only its owner can read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _write(file: IO[bytes], at: datetime) -> tuple[Manifest, list[str]]:
    with Writing(file) as archive, TemporaryFile("w+") as files:
        with one_moment():
            manifest = _begin(at)
            for model in kept_models():
                table = model._meta.db_table
                counts: list[int] = []
                for number, part in enumerate(parts(model, counts), 1):
                    archive.add_bytes(f"tables/{table}/{number:06}.jsonl.gz", part)
                manifest.tables[table] = Table(column_names(model), sum(counts))
            for stored in StoredFile.objects.kept().order_by("key").values_list("key", "sha256").iterator():
                files.write(" ".join(stored) + "\n")
        files.seek(0)
        problems = _write_files(archive, files, manifest)
        for page in sorted(own_pages.folder().glob("*.txt")):
            archive.add_bytes(f"pages/{page.name}", page.read_bytes())
        archive.add_bytes(MANIFEST, json.dumps(manifest.as_json(), indent=1).encode())
    return manifest, problems


def _begin(at: datetime) -> Manifest:
    """What is known of the database before its rows are read."""
    ends = heads()
    return Manifest(
        trellis=version(),
        made_at=at.isoformat(timespec="seconds"),
        database=connection.vendor,
        migrations=sorted(MigrationRecorder(connection).applied_migrations()),
        only_grow=protected_tables(connection),
        audit_chains=len(ends),
        audit_heads=digest(ends),
    )


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything inside the block as it was at its beginning, without keeping anybody from writing."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # Django’s own transactions would take the place of the one writer
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _write_files(archive: Writing, files: IO[str], manifest: Manifest) -> list[str]:
    """Add the bytes of the files that the rows speak of; what is wrong with them, in sentences."""
    problems, missing = [], []
    for line in files:
        key, sha256 = line.split()
        try:
            size = default_storage.size(key)
            content = default_storage.open(key)
        except FileNotFoundError:
            missing.append(key)
            continue
        with content:
            if archive.add(f"files/{key}", content, size) != sha256:
                problems.append(f"The file {key} is not what was stored: its bytes have changed.")
        manifest.files, manifest.bytes_of_files = manifest.files + 1, manifest.bytes_of_files + size
    # What was removed since the moment of the rows is not missing.
    still_kept = StoredFile.objects.kept().filter(key__in=missing).values_list("key", flat=True)
    return problems + [f"The file {key} is missing from the storage." for key in still_kept]
