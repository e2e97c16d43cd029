"""What an uploaded form says, whichever program it comes from; refused in words when it cannot be read."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING
from zipfile import ZipFile

from trellis.core.files import FileKind
from trellis.core.refusal import Refused, refuse
from trellis.core.rules.files import BOMB, DAMAGED, MEGABYTE
from trellis.review.takeaway.excel_in import read_xlsx
from trellis.review.takeaway.word_in import read_docx

if TYPE_CHECKING:
    from trellis.core.files import CheckedFile
    from trellis.review.takeaway.shape import CameBack

UNPACKED_MOST = 30 * MEGABYTE  # a form unpacks to less than one
READERS = {FileKind.EXCEL: read_xlsx, FileKind.WORD: read_docx}
KINDS = frozenset(READERS)


def read_file(file: CheckedFile) -> CameBack:
    """What a checked Excel or Word file says. Raises `Refused` when it holds too much or cannot be read."""
    _refuse_too_much(file.content)
    file.content.seek(0)
    try:
        return READERS[file.kind](file.content)
    except Refused:
        raise
    except Exception as wrong:  # a hostile file makes the libraries raise almost anything
        raise Refused(DAMAGED) from wrong


def _refuse_too_much(content: IO[bytes]) -> None:
    """The libraries read whole parts into memory, so that less is let in than may be kept as a file."""
    content.seek(0)
    with ZipFile(content) as packed:
        unpacked = sum(part.file_size for part in packed.infolist())
    refuse(BOMB if unpacked > UNPACKED_MOST else None)
