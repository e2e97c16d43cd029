"""Checking an upload: what comes out may be kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import SEEK_END, BytesIO
from typing import IO, TYPE_CHECKING, cast

from django.conf import settings

from trellis.core.files.recognising import recognise
from trellis.core.files.scanning import scan
from trellis.core.files.upload import RefusedUpload
from trellis.core.refusal import refuse
from trellis.core.rules.file_names import clean_name
from trellis.core.rules.files import EVERY_KIND, FileKind, Scan, why_not_size

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept: its cleaned name, what it is, and its bytes from the beginning."""

    name: str
    kind: FileKind
    content: IO[bytes]
    size: int
    sha256: str
    scan: Scan = Scan.NOT_SCANNED


def check_upload(
    upload: UploadedFile[bytes], *, kinds: frozenset[FileKind] = EVERY_KIND, megabytes: int | None = None
) -> CheckedFile:
    """Check what a person uploaded: size (at most `megabytes`, else the installation’s limit), viruses, content.

    Raises `Refused` with the sentence to show. Does not touch the database, so it is done before a transaction.
    """
    if isinstance(upload, RefusedUpload):
        refuse(upload.reason)
    size = int(upload.size or 0)
    refuse(why_not_size(size=size, megabytes=megabytes or settings.ENVIRONMENT.upload_limit_mb))
    content = cast("IO[bytes]", upload.file)
    scanned = _scanned(content)
    kind, kept = recognise(content, name=upload.name or "", size=size, kinds=kinds)
    return _checked(name=clean_name(upload.name or "", kind), kind=kind, content=kept, scan=scanned)


def made_here(*, name: str, kind: FileKind, content: bytes | IO[bytes]) -> CheckedFile:
    """A file that Trellis made itself, such as a report or the result of an import: nothing to check."""
    made = BytesIO(content) if isinstance(content, bytes) else content
    return _checked(name=clean_name(name, kind), kind=kind, content=made, scan=Scan.NOT_SCANNED)


def _scanned(content: IO[bytes]) -> Scan:
    address = settings.ENVIRONMENT.clamav
    if not address:
        return Scan.NOT_SCANNED
    scan(content, address=address)
    return Scan.CLEAN


def _checked(*, name: str, kind: FileKind, content: IO[bytes], scan: Scan) -> CheckedFile:
    content.seek(0)
    sha256 = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    size = content.seek(0, SEEK_END)
    content.seek(0)
    return CheckedFile(name=name, kind=kind, content=content, size=size, sha256=sha256, scan=scan)
