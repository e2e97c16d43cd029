"""What a file is, by its content. Its name is asked only whether text says that it is text."""

from __future__ import annotations

from typing import IO

import filetype

from trellis.core.files.office import office_kind
from trellis.core.files.pictures import redraw
from trellis.core.files.texts import is_text
from trellis.core.refusal import Refused
from trellis.core.rules.file_names import ending_of
from trellis.core.rules.files import HEIC, OLDER_OFFICE, FileKind, must_be

HEAD = 8192
PACKED = b"PK\x03\x04"
OLDER_OFFICE_MARK = bytes.fromhex("D0CF11E0A1B11AE1")
TEXTS = {"csv": FileKind.CSV, "txt": FileKind.TEXT}
PICTURE_TYPES = {"image/jpeg", "image/png", "image/apng", "image/webp"}


def recognise(content: IO[bytes], *, name: str, size: int, kinds: frozenset[FileKind]) -> tuple[FileKind, IO[bytes]]:
    """The kind of a file and what of it is kept: the same bytes, or for a picture the picture drawn afresh.

    Raises `Refused` with the sentence to show when it is none of `kinds`, damaged or dangerous.
    """
    kind, kept = _recognised(content, name, size)
    if kind not in kinds:
        raise Refused(must_be(kinds))
    return kind, kept


def _recognised(content: IO[bytes], name: str, size: int) -> tuple[FileKind | None, IO[bytes]]:
    text = TEXTS.get(ending_of(name))
    if text and is_text(content):
        return text, content
    content.seek(0)
    head = content.read(HEAD)
    if head.startswith(PACKED):
        return office_kind(content, size), content
    if head.startswith(OLDER_OFFICE_MARK):
        raise Refused(OLDER_OFFICE)
    return _by_type(filetype.guess_mime(head), content)  # type: ignore[no-untyped-call]


def _by_type(content_type: str | None, content: IO[bytes]) -> tuple[FileKind | None, IO[bytes]]:
    if content_type in PICTURE_TYPES:
        return redraw(content)
    if content_type == "image/heic":
        raise Refused(HEIC)
    return (FileKind.PDF if content_type == "application/pdf" else None), content
