"""Text: the one kind that has no mark of its own, so it is what can be read as text from end to end."""

from __future__ import annotations

import codecs
import re
from typing import IO

# Windows-1252 is what spreadsheets on Windows still write.
ENCODINGS = ("utf-8-sig", "windows-1252")
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
NEVER_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
CHUNK = 65_536


def is_text(content: IO[bytes]) -> bool:
    """Whether every byte can be read as text, without control characters other than spaces and line ends."""
    content.seek(0)
    encodings = ("utf-16",) if content.read(2) in UTF_16_MARKS else ENCODINGS
    return any(_reads_as(encoding, content) for encoding in encodings)


def _reads_as(encoding: str, content: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    content.seek(0)
    try:
        while chunk := content.read(CHUNK):
            if NEVER_IN_TEXT.search(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
