"""Files: which kinds are taken, how large they may be, and the sentence for each that is not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MEGABYTE = 1024 * 1024


class FileKind(StrEnum):
    """What a file is, by its content. The value is the ending of its name."""

    PDF = "pdf"
    WORD = "docx"
    EXCEL = "xlsx"
    POWERPOINT = "pptx"
    OPEN_TEXT = "odt"
    OPEN_SHEET = "ods"
    OPEN_SLIDES = "odp"
    CSV = "csv"
    TEXT = "txt"
    JPEG = "jpg"
    PNG = "png"
    ZIP = "zip"  # what Trellis packs itself; never taken from anybody


class Scan(StrEnum):
    """What the virus check said. A file in which it found something is not kept, so there is no third answer."""

    NOT_SCANNED = "not_scanned"
    CLEAN = "clean"


@dataclass(frozen=True)
class Kind:
    """What a kind is called in sentences, and as what it is sent."""

    noun: str
    content_type: str
    endings: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
KINDS: dict[FileKind, Kind] = {
    FileKind.PDF: Kind("PDF", "application/pdf", ("pdf",)),
    FileKind.WORD: Kind("Word", f"{_OFFICE}.wordprocessingml.document", ("docx",)),
    FileKind.EXCEL: Kind("Excel", f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",)),
    FileKind.POWERPOINT: Kind("PowerPoint", f"{_OFFICE}.presentationml.presentation", ("pptx",)),
    FileKind.OPEN_TEXT: Kind("OpenDocument", f"{_OPEN}.text", ("odt",)),
    FileKind.OPEN_SHEET: Kind("OpenDocument", f"{_OPEN}.spreadsheet", ("ods",)),
    FileKind.OPEN_SLIDES: Kind("OpenDocument", f"{_OPEN}.presentation", ("odp",)),
    FileKind.CSV: Kind("CSV", "text/csv", ("csv",)),
    FileKind.TEXT: Kind("text", "text/plain", ("txt",)),
    FileKind.JPEG: Kind("picture", "image/jpeg", ("jpg", "jpeg")),
    FileKind.PNG: Kind("picture", "image/png", ("png",)),
    FileKind.ZIP: Kind("packed", "application/zip", ("zip",)),
}
EVERY_KIND = frozenset(FileKind) - {FileKind.ZIP}
PICTURES = frozenset({FileKind.JPEG, FileKind.PNG})
# Taken as well, and kept as a JPEG or PNG picture.
ALSO_PICTURES = ("webp",)

EMPTY = "The file is empty"
DAMAGED = "The file cannot be read. Open it on your device, save it again and upload the new copy"
OLDER_OFFICE = (
    "This is an older kind of Office file, or one with a password. "
    "Save it as .docx, .xlsx or .pptx without a password and upload that"
)
HEIC = "The picture is in the HEIC format that some phones use. Save it as JPEG and upload that"
MACROS = "The file contains macros. Save it without macros and upload that"
BOMB = "The file unpacks to far more than a document should, so it was not kept"
HARMFUL = "The virus check found something harmful in the file, so it was not kept"
UNCHECKED = "The file could not be checked for viruses, so it was not kept. Try again in a few minutes"
NO_ROOM = "There is no room to keep the file at the moment. Nothing was kept. Try again later"
NOBODY = "Sign in before you upload a file"

PIXELS_MOST = 50_000_000
PARTS_MOST = 5_000
UNPACKED_MOST = 500 * MEGABYTE
UNPACKED_HARMLESS = 50 * MEGABYTE
UNPACKED_TIMES = 100


def endings(kinds: Iterable[FileKind]) -> list[str]:
    """The endings of names that a file dialogue should offer for these kinds.

    >>> endings({FileKind.PDF, FileKind.JPEG})
    ['pdf', 'jpg', 'jpeg', 'webp']
    """
    wanted = set(kinds)
    offered = [ending for kind in FileKind if kind in wanted for ending in KINDS[kind].endings]
    return offered + list(ALSO_PICTURES) if wanted & PICTURES else offered


def must_be(kinds: Iterable[FileKind]) -> str:
    """The sentence that says which kinds are taken.

    >>> must_be({FileKind.EXCEL, FileKind.CSV})
    'The file must be an Excel or CSV file'
    >>> must_be({FileKind.PDF, FileKind.JPEG, FileKind.PNG})
    'The file must be a PDF or picture file'
    """
    wanted = set(kinds)
    nouns = list(dict.fromkeys(KINDS[kind].noun for kind in FileKind if kind in wanted))
    words = " or ".join(filter(None, [", ".join(nouns[:-1]), nouns[-1]]))
    return f"The file must be {'an' if words[0] in 'AEIOU' else 'a'} {words} file"


def larger_than(megabytes: int) -> str:
    """The sentence for a file above the limit, which is in megabytes.

    >>> larger_than(20)
    'The file is larger than 20 MB'
    """
    return f"The file is larger than {megabytes} MB"


def why_not_size(*, size: int, megabytes: int) -> str | None:
    """Why a file of `size` bytes is not taken where the limit is `megabytes`, or None if it is.

    >>> why_not_size(size=0, megabytes=20)
    'The file is empty'
    >>> why_not_size(size=20 * MEGABYTE + 1, megabytes=20)
    'The file is larger than 20 MB'
    >>> why_not_size(size=20 * MEGABYTE, megabytes=20)
    """
    if not size:
        return EMPTY
    return larger_than(megabytes) if size > megabytes * MEGABYTE else None


def why_not_picture(*, width: int, height: int) -> str | None:
    """Why a picture of this many pixels is not drawn afresh, or None if it is. A phone’s finest has 50 million.

    >>> why_not_picture(width=8160, height=6120)
    >>> why_not_picture(width=20_000, height=20_000)
    'The picture is larger than 50 megapixels. Save a smaller copy and upload that'
    """
    if width * height <= PIXELS_MOST:
        return None
    return "The picture is larger than 50 megapixels. Save a smaller copy and upload that"


def why_not_unpacked(*, parts: int, packed: int, unpacked: int, size: int) -> str | None:
    """Why a file made of packed parts is not a document, or None if it may be. All but `parts` in bytes.

    Parts that share the same packed bytes add up to more than the file, which no honest document does.

    >>> why_not_unpacked(parts=12, packed=40_000, unpacked=300_000, size=42_000)
    >>> why_not_unpacked(parts=1, packed=100_000, unpacked=100 * MEGABYTE, size=101_000) == BOMB
    True
    >>> why_not_unpacked(parts=2, packed=90_000, unpacked=90_000, size=50_000) == BOMB
    True
    """
    swells = unpacked > UNPACKED_HARMLESS and unpacked > UNPACKED_TIMES * packed
    return BOMB if parts > PARTS_MOST or unpacked > UNPACKED_MOST or swells or packed > size else None


def why_not_remove(*, removed: bool, uses: int) -> str | None:
    """Why a file cannot be removed, or None if it can.

    >>> why_not_remove(removed=False, uses=0)
    >>> why_not_remove(removed=False, uses=1)
    'The file is used in 1 place, so it cannot be removed'
    >>> why_not_remove(removed=True, uses=0)
    'The file is already removed'
    """
    if removed:
        return "The file is already removed"
    return f"The file is used in {uses:,} place{'s' if uses > 1 else ''}, so it cannot be removed" if uses else None
