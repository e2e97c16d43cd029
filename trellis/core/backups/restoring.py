"""Restoring a backup into an empty installation: all of it, or nothing."""

from __future__ import annotations

import json
import re
from typing import IO, TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from trellis.core.append_only import protected_tables
from trellis.core.backups.archive import DamagedArchive, members, verify
from trellis.core.backups.manifest import Manifest, manifest_from
from trellis.core.backups.rows import column_names, insert, kept_models
from trellis.core.files.storage import KEY, keys
from trellis.core.models import AuditEvent, StoredFile
from trellis.core.operations import own_pages
from trellis.core.operations.audit_heads import digest, heads
from trellis.core.refusal import refuse
from trellis.core.rules.backups import why_not_restore

if TYPE_CHECKING:
    from pathlib import Path

    from django.db.models import Model

PAGE = re.compile(r"[a-z_]+\.txt")


def read_manifest(path: Path) -> Manifest:
    """Read the whole archive, compare every hash, and return what it says of itself. Raises `DamagedArchive`."""
    try:
        return manifest_from(json.loads(verify(path)))
    except (TypeError, KeyError, ValueError) as error:
        raise DamagedArchive("manifest.json is none of Trellis") from error


def restore(path: Path, manifest: Manifest) -> None:
    """Restore an archive that was read through, into an installation that has its tables and nothing else.

    Raises `Refused` with a sentence when it cannot be restored here, and `DamagedArchive` when what was restored is
    not what the manifest says. Then everything is as it was before.
    """
    unprotected = set(manifest.only_grow) - set(protected_tables(connection))
    here = MigrationRecorder(connection).applied_migrations()
    refuse(
        why_not_restore(
            format=manifest.format,
            version=manifest.trellis,
            is_empty=is_empty(),
            had=manifest.migrations,
            here=list(here),
            unprotected=unprotected,
        )
    )
    try:
        with transaction.atomic():
            pages = _load(path, manifest)
    except BaseException:
        for key in keys():
            default_storage.delete(key)
        raise
    _keep_pages(pages)


def is_empty() -> bool:
    """Whether nobody has done anything here yet: no people, no events, no files."""
    records: tuple[type[Model], ...] = (get_user_model(), AuditEvent, StoredFile)
    return not any(model._base_manager.exists() for model in records) and next(keys(), None) is None


def _load(path: Path, manifest: Manifest) -> dict[str, bytes]:
    """Write every row and every file; the installation’s own pages, for which there is time when that went well."""
    pages: dict[str, bytes] = {}
    models = {model._meta.db_table: model for model in kept_models()}
    for model in models.values():
        _clear(model)
    counts = dict.fromkeys(models, 0)
    for name, content in members(path):
        folder, _, rest = name.partition("/")
        if folder == "tables":
            table = rest.partition("/")[0]
            _same_columns(models[table], manifest)
            counts[table] += insert(models[table], content)
        elif folder == "files":
            _keep_file(rest, content)
        elif folder == "pages":
            pages[rest] = content.read()
    _number_on(list(models.values()))
    connection.check_constraints()
    _compare(counts, manifest)
    return pages


def _clear(model: type[Model]) -> None:
    """Take out what the migrations put in; the archive has it too."""
    if model._base_manager.exists():
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def _same_columns(model: type[Model], manifest: Manifest) -> None:
    if manifest.tables[model._meta.db_table].columns != column_names(model):
        raise DamagedArchive(f"The columns of {model._meta.db_table} are not those of this Trellis")


def _keep_file(key: str, content: IO[bytes]) -> None:
    if not KEY.fullmatch(key) or default_storage.save(key, File(content)) != key:
        raise DamagedArchive(f"files/{key} cannot be kept under this name")


def _keep_pages(pages: dict[str, bytes]) -> None:
    folder = own_pages.folder()
    for name in filter(PAGE.fullmatch, pages):
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(pages[name])


def _number_on(models: list[type[Model]]) -> None:
    """Let numbered keys go on after the highest that was restored."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _compare(counts: dict[str, int], manifest: Manifest) -> None:
    """Nothing is missing, and the audit ends where it ended."""
    for table, expected in manifest.tables.items():
        if counts.get(table) != expected.rows:
            raise DamagedArchive(f"{table} has {counts.get(table)} rows instead of {expected.rows}")
    if digest(heads()) != manifest.audit_heads:
        raise DamagedArchive("The audit does not end where it ended when the backup was made")
