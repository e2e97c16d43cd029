"""Opening a file with everything about a setting: looked at part by part, and never unpacked to a name it chose."""

from __future__ import annotations

import hashlib
import json
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from trellis.core.refusal import Refused, refuse
from trellis.review.rules.setting_file import CONTENT, MANIFEST, NO_FILE, Part, why_not_open, why_not_trust

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PIECE = 1_048_576  # bytes
ENCRYPTED = 0x1


@dataclass(frozen=True)
class OpenedFile:
    """What a file says, and how to read the files in it."""

    manifest: dict[str, Any]
    told: dict[str, Any]
    packed: ZipFile

    def file(self, pk: str) -> IO[bytes]:
        """The bytes of one of the files; KeyError when it is not there."""
        return self.packed.open(f"files/{pk}")


@contextmanager
def opened(path: Path) -> Iterator[OpenedFile]:
    """Open a file after comparing every part of it with its sum. Raises `Refused` with the sentence that says why not."""
    try:
        with ZipFile(path) as packed:
            parts = [
                Part(each.filename, each.compress_size, each.file_size, bool(each.flag_bits & ENCRYPTED))
                for each in packed.infolist()
            ]
            refuse(why_not_open(parts, size=path.stat().st_size))
            manifest = _json(packed, MANIFEST)
            found = {part.name: _sum(packed, part) for part in parts if part.name != MANIFEST}
            sums = manifest.get("sums")
            refuse(why_not_trust(sums if isinstance(sums, dict) else {}, found))
            yield OpenedFile(manifest, _json(packed, CONTENT), packed)
    except (BadZipFile, NotImplementedError, EOFError, zlib.error) as wrong:
        raise Refused(NO_FILE) from wrong


def _json(packed: ZipFile, name: str) -> dict[str, Any]:
    try:
        told = json.loads(packed.read(name))
    except (ValueError, RecursionError) as wrong:
        raise Refused(NO_FILE) from wrong
    if not isinstance(told, dict):
        raise Refused(NO_FILE)
    return told


def _sum(packed: ZipFile, part: Part) -> str:
    """The SHA-256 of a part, read no further than it says that it goes."""
    sum = hashlib.sha256()
    with packed.open(part.name) as content:
        while piece := content.read(PIECE):
            sum.update(piece)
    return sum.hexdigest()
