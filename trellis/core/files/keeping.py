"""What changes files: keeping one, removing one that nothing uses, and forgetting one of long ago."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ManyToOneRel
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.files.checking import CheckedFile, check_upload
from trellis.core.files.storage import new_key
from trellis.core.models import StoredFile
from trellis.core.refusal import Refused, refuse
from trellis.core.rules.files import NO_ROOM, why_not_remove

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile

    from trellis.core.audit import Actor

log = structlog.get_logger("trellis.files")
_written: ContextVar[list[str] | None] = ContextVar("written", default=None)


@dataclass(frozen=True)
class WrittenFile:
    """A file whose bytes are on the disk and whose row is still to come."""

    checked: CheckedFile
    key: str


@contextmanager
def written_first(upload: UploadedFile[bytes] | CheckedFile) -> Iterator[WrittenFile]:
    """Around a transaction: the bytes are written before it begins, so that nobody waits for the disk.

    Takes the cleaned value of an `UploadField`, or an upload that it then checks. The transaction gives the file
    its row with `keep_file`; when it fails, the bytes go again. Raises `Refused` with the sentence to show.
    """
    checked = upload if isinstance(upload, CheckedFile) else check_upload(upload)
    key = _write(checked)
    try:
        yield WrittenFile(checked, key)
    except BaseException:
        _delete(key)
        raise


def keep_file(
    *, upload: UploadedFile[bytes] | CheckedFile | WrittenFile, organisation_id: UUID, by: Actor
) -> StoredFile:
    """Keep a file for an organisation: the bytes first, then its row and the audit event in one transaction.

    Within a transaction, give it what was `written_first`. `by` is a person. Raises `Refused` with the sentence to
    show. Whenever the row does not come to stay, the bytes go again: at once, or at the end of the request when
    the transaction around is taken back.
    """
    if not isinstance(upload, WrittenFile):
        with written_first(upload) as written:
            return keep_file(upload=written, organisation_id=organisation_id, by=by)
    stored = _add_row(written=upload, organisation_id=organisation_id, by=by)
    to_look_at = _written.get()
    if to_look_at is not None:
        to_look_at.append(upload.key)
    return stored


def _write(checked: CheckedFile) -> str:
    """Write the bytes under a new random name, and nothing when not all of them can be written."""
    key = new_key()
    checked.content.seek(0)
    try:
        return default_storage.save(key, File(checked.content))
    except Exception as wrong:  # each storage has its own way to fail
        log.exception("a_file_could_not_be_kept")
        _delete(key)
        raise Refused(NO_ROOM) from wrong


@transaction.atomic
def _add_row(*, written: WrittenFile, organisation_id: UUID, by: Actor) -> StoredFile:
    checked = written.checked
    stored = StoredFile.objects.create(
        organisation_id=organisation_id,
        name=checked.name,
        kind=checked.kind,
        size=checked.size,
        sha256=checked.sha256,
        key=written.key,
        scan=checked.scan,
        stored_at=timezone.now(),
        stored_by_id=_person(by),
    )
    change = {"kind": checked.kind, "size": checked.size, "sha256": checked.sha256, "scan": checked.scan}
    record(by=by, verb="file.kept", subject=stored, change=change, organisation_id=organisation_id)
    return stored


@contextmanager
def clearing_orphans() -> Iterator[None]:
    """Around a request or a job: delete at its end what was written in it and whose row was taken back."""
    written: list[str] = []
    token = _written.set(written)
    try:
        yield
    finally:
        _written.reset(token)
        if written:
            stayed = set(StoredFile.objects.filter(key__in=written).values_list("key", flat=True))
            for key in set(written) - stayed:
                _delete(key)


@transaction.atomic
def remove_file(*, stored: StoredFile, by: Actor) -> StoredFile:
    """Remove a file that nothing uses: its row says when and by whom, its bytes go when that is certain.

    Raises `Refused` when something uses it or it is already removed. `by` is a person.
    """
    refuse(why_not_remove(removed=bool(stored.removed_at), uses=uses_of(stored)))
    stored.removed_at, stored.removed_by_id = timezone.now(), _person(by)
    stored.save(update_fields=["removed_at", "removed_by"])
    record(by=by, verb="file.removed", subject=stored, organisation_id=stored.organisation_id)
    transaction.on_commit(lambda: _delete(stored.key))
    return stored


@transaction.atomic
def forget_file(*, stored: StoredFile, by: Actor) -> None:
    """Delete a file that nothing uses, with its row: what a regular job tidies. The audit keeps that it was there.

    Raises `Refused` when something uses it.
    """
    refuse(why_not_remove(removed=False, uses=uses_of(stored)))
    key, had_bytes = stored.key, stored.removed_at is None
    record(by=by, verb="file.forgotten", subject=stored, organisation_id=stored.organisation_id)
    stored.delete()
    if had_bytes:
        transaction.on_commit(lambda: _delete(key))


def uses_of(stored: StoredFile) -> int:
    """How many records point to a file, of whatever part of Trellis; also by ways that cannot be followed back."""
    relations = [field for field in StoredFile._meta.get_fields(include_hidden=True) if isinstance(field, ManyToOneRel)]
    return sum(
        relation.related_model._base_manager.filter(**{relation.field.name: stored}).count() for relation in relations
    )


def _person(by: Actor) -> UUID:
    """Who acts. Files belong to people’s work, so the system itself neither keeps nor removes one."""
    if by.actor_id is None:
        raise ValueError("A file is kept and removed by a person")
    return by.actor_id


def _delete(key: str) -> None:
    """Delete bytes; if that fails, `manage.py check_files` will find them."""
    try:
        default_storage.delete(key)
    except Exception:  # each storage has its own way to fail
        log.exception("a_file_could_not_be_deleted")
