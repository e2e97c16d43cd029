"""Word, Excel, PowerPoint and OpenDocument files: packed parts, of which only the list and one part are read."""

from __future__ import annotations

import re
import struct
from typing import IO
from zipfile import ZipFile, ZipInfo

from trellis.core.refusal import Refused, refuse
from trellis.core.rules.files import BOMB, DAMAGED, KINDS, MACROS, MEGABYTE, FileKind, why_not_unpacked

CONTENT_TYPES = "[Content_Types].xml"
OPEN_MARK = "mimetype"
# What the main part of each kind calls itself, and what the whole of an OpenDocument file does.
MAIN_PARTS = {
    f"{KINDS[FileKind.WORD].content_type}.main+xml".encode(): FileKind.WORD,
    f"{KINDS[FileKind.EXCEL].content_type}.main+xml".encode(): FileKind.EXCEL,
    f"{KINDS[FileKind.POWERPOINT].content_type}.main+xml".encode(): FileKind.POWERPOINT,
}
OPEN_KINDS = {
    KINDS[kind].content_type.encode(): kind for kind in (FileKind.OPEN_TEXT, FileKind.OPEN_SHEET, FileKind.OPEN_SLIDES)
}
MACRO_PARTS = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml)$|^(basic|scripts)/|(^|/)(macrosheets|dialogsheets)/", re.IGNORECASE
)
MACRO_TYPES = re.compile(rb"macroenabled|vbaproject|macrosheet", re.IGNORECASE)

LIST_MOST = 2 * MEGABYTE
PART_MOST = MEGABYTE
ENCRYPTED = 0x1
END_MARK, END_SIZE, COMMENT_MOST = b"PK\x05\x06", 22, 65_535


def office_kind(content: IO[bytes], size: int) -> FileKind | None:
    """Which kind of document a packed file of `size` bytes is, or None if it is something else, packed.

    Raises `Refused` when it is damaged, holds macros or a password, or would unpack to far too much.
    Nothing is unpacked but the part, of at most one megabyte, that says what the file is.
    """
    try:
        if _length_of_list(content, size) > LIST_MOST:
            raise Refused(BOMB)
        with ZipFile(content) as packed:
            parts = packed.infolist()
            _refuse_bombs(parts, size)
            return _kind(packed, {part.filename: part for part in parts})
    except Refused:
        raise
    except Exception as wrong:  # a hostile file makes the unpacker raise almost anything
        raise Refused(DAMAGED) from wrong


def _length_of_list(content: IO[bytes], size: int) -> int:
    """How many bytes the list of parts claims, read from the end of the file before anything makes objects of it."""
    content.seek(max(0, size - END_SIZE - COMMENT_MOST))
    tail = content.read()
    return int(struct.unpack_from("<L", tail, tail.rindex(END_MARK) + 12)[0])


def _refuse_bombs(parts: list[ZipInfo], size: int) -> None:
    """Refuse what is too much, told twice, or locked."""
    packed, unpacked = sum(part.compress_size for part in parts), sum(part.file_size for part in parts)
    refuse(why_not_unpacked(parts=len(parts), packed=packed, unpacked=unpacked, size=size))
    names = {part.filename.lower() for part in parts}
    refuse(DAMAGED if len(names) < len(parts) or any(part.flag_bits & ENCRYPTED for part in parts) else None)


def _kind(packed: ZipFile, parts: dict[str, ZipInfo]) -> FileKind | None:
    """What the file says of itself, after a look for macros."""
    said = _read(packed, parts.get(CONTENT_TYPES))
    if MACRO_TYPES.search(said) or any(MACRO_PARTS.search(name) for name in parts):
        raise Refused(MACROS)
    found = [kind for mark, kind in MAIN_PARTS.items() if mark in said]
    if len(found) == 1:
        return found[0]
    return OPEN_KINDS.get(_read(packed, parts.get(OPEN_MARK)).strip())


def _read(packed: ZipFile, part: ZipInfo | None) -> bytes:
    """One small part, or nothing when it is not there. Raises `Refused` when it is not small."""
    if part is None:
        return b""
    refuse(BOMB if part.file_size > PART_MOST else None)
    with packed.open(part) as opened:
        return opened.read(PART_MOST)
