"""Packing everything about a setting into one file, piece by piece."""

from __future__ import annotations

import hashlib
import json
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.files.storage import default_storage
from django.utils import timezone

from trellis.accounts.models import User
from trellis.core.backups.making import one_moment
from trellis.core.backups.manifest import version
from trellis.core.models import StoredFile
from trellis.organisations.models import Membership, Organisation
from trellis.review.models import Framework, LocalOverlay
from trellis.review.rules.setting_file import CONTENT, MANIFEST, SCHEMA
from trellis.review.setting_file.tables import TABLES
from trellis.review.setting_file.values import Naming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Step = Callable[[int, int, str], None]

PIECE = 1_048_576  # bytes
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same file for the same content, whenever it is made


class Incomplete(Exception):
    """Bytes of a file are missing from the storage, or are not what was stored."""


def write_setting(organisation: Organisation, into: IO[bytes], step: Step = lambda done, total, note: None) -> int:
    """Pack a setting; how many files are in it. `step` is told how far it is.

    The records are all of one moment, while people go on working. Raises `Incomplete` when bytes of a file are not
    what they should be.
    """
    sums: dict[str, str] = {}
    with ZipFile(into, "w", ZIP_DEFLATED, allowZip64=True) as packed:
        with one_moment():
            sums[CONTENT] = _write(packed, CONTENT, _content(organisation))
            kept = next(table for table in TABLES if table.model is StoredFile)
            files = list(kept.rows(organisation.pk))
        for done, stored in enumerate(files, start=1):
            step(done, len(files), "Packing the files")
            sums[f"files/{stored.pk}"] = _write(packed, f"files/{stored.pk}", _bytes_of(stored), ZIP_STORED)
            if sums[f"files/{stored.pk}"] != stored.sha256:
                raise Incomplete
        manifest = {
            "schema": SCHEMA,
            "setting": organisation.name,
            "made_at": timezone.now().isoformat(),
            "trellis": version(),
            "sums": sums,
        }
        _write(packed, MANIFEST, iter([json.dumps(manifest, ensure_ascii=False, indent=1).encode()]))
    return len(files)


def _write(packed: ZipFile, name: str, pieces: Iterator[bytes], how: int = ZIP_DEFLATED) -> str:
    """Write one part; its SHA-256."""
    about, sum = ZipInfo(name, LONG_AGO), hashlib.sha256()
    about.compress_type, about.external_attr = how, 0o600 << 16
    with packed.open(about, "w", force_zip64=True) as part:
        for piece in pieces:
            sum.update(piece)
            part.write(piece)
    return sum.hexdigest()


def _bytes_of(stored: StoredFile) -> Iterator[bytes]:
    try:
        content = default_storage.open(stored.key)
    except FileNotFoundError as wrong:
        raise Incomplete from wrong
    with content:
        while piece := content.read(PIECE):
            yield piece


def _content(organisation: Organisation) -> Iterator[bytes]:
    """The JSON, a row on each line; what the rows name comes after them."""
    naming = Naming(organisation)
    yield f'{{"schema": {SCHEMA},\n"setting": {_json(_setting(organisation))},\n"tables": {{\n'.encode()
    for count, table in enumerate(TABLES):
        yield f'{"," if count else ""}"{table.name}": ['.encode()
        for number, instance in enumerate(table.rows(organisation.pk).iterator(chunk_size=500)):
            yield f"{',' if number else ''}\n{_json(naming.row(table, instance))}".encode()
        yield b"]\n"
    yield f'}},\n"people": {_lines(_people(naming))},\n'.encode()
    yield f'"organisations": {_lines(_organisations(naming))},\n'.encode()
    yield f'"overlays": {_lines(_overlays(naming))},\n'.encode()
    yield f'"frameworks": {_lines(_frameworks(naming))}}}\n'.encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _lines(values: list[dict[str, Any]]) -> str:
    return "[" + ",".join(f"\n{_json(each)}" for each in values) + "]"


def _setting(organisation: Organisation) -> dict[str, Any]:
    """What is known of the setting itself. Its group stays behind."""
    return {
        "id": str(organisation.pk),
        "name": organisation.name,
        "setting_kind": organisation.setting_kind,
        "sector": organisation.sector,
        "authority": organisation.authority_id,
        "register_number": organisation.provider.number if organisation.provider else "",
        "created_at": organisation.created_at.isoformat(),
    }


def _people(naming: Naming) -> list[dict[str, Any]]:
    """Everybody who is named: of the setting’s own people the e-mail address too, of nobody a password."""
    own = set(Membership.objects.filter(organisation=naming.organisation).values_list("user", flat=True))
    found = User.objects.filter(pk__in=naming.people).order_by("pk")
    return [{"id": str(each.pk), "name": each.name, "email": each.email if each.pk in own else ""} for each in found]


def _organisations(naming: Naming) -> list[dict[str, Any]]:
    """The other organisations that are named: to which something was released, who was asked for help."""
    found = Organisation.objects.filter(pk__in=naming.organisations).order_by("pk")
    return [
        {"id": str(each.pk), "name": each.name, "kind": each.kind, "authority": each.authority_id} for each in found
    ]


def _frameworks(naming: Naming) -> list[dict[str, Any]]:
    """The statements in full, so that the file can be read without any other."""
    return [each.content for each in Framework.objects.filter(pk__in=naming.frameworks).order_by("key", "edition")]


def _overlays(naming: Naming) -> list[dict[str, Any]]:
    found = LocalOverlay.objects.filter(pk__in=naming.overlays).order_by("authority", "fingerprint")
    return [{"authority": each.authority_id, "content": each.content} for each in found]
