"""The lines of a file as text, numbered as a person sees them, with little memory whatever the file holds."""

from __future__ import annotations

from collections import deque
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_LINE = 100_000  # bytes; a line of the register has about 300
MOST_LINES_IN_A_ROW = 50  # a quoted address may hold line breaks; more is a quotation mark gone astray

# What files of other types begin with, and what to do about it.
OTHER_TYPES = {
    b"PK\x03\x04": "This is an Excel workbook or a zip file; open it and save the sheet as CSV",
    b"\xd0\xcf\x11\xe0": "This is an old Excel workbook; open it and save the sheet as CSV",
    b"%PDF": "This is a PDF file, not a CSV file",
    b"\xff\xfe": "This file is saved as Unicode text (UTF-16); save it as CSV UTF-8",
    b"\xfe\xff": "This file is saved as Unicode text (UTF-16); save it as CSV UTF-8",
    b"\x1f\x8b": "This is a compressed file; unpack it first",
    b"<!doctype html": "This is a web page, not a CSV file",
    b"<html": "This is a web page, not a CSV file",
}


class NotText(Exception):
    """The file is of another type; its text says which, and what to do."""


class Unreadable(Exception):
    """A line that no row can be made of; its text is the reason."""


class QuoteNotClosed(Exception):
    """A quotation mark is opened and the rows that follow vanish in it."""


class Lines:
    """An iterator over the lines of a binary file; lines already handed out can be handed out again.

    Each line is UTF-8 or else Windows-1252, so that a file put together from both is read right.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._readline = file.readline
        self._again: deque[str | Unreadable] = deque()
        self.row: list[str] = []  # the lines since `start_row`
        self.number = 0  # of the line handed out last, from 1
        self.bytes_read = 0

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        """The next line; raises Unreadable, or QuoteNotClosed when one row has taken too many."""
        line = self._again.popleft() if self._again else self._read()
        if isinstance(line, Unreadable):
            return self._refuse(line)
        if len(self.row) >= MOST_LINES_IN_A_ROW:
            self._again.appendleft(line)
            raise QuoteNotClosed
        self.number += 1
        self.row.append(line)
        return line

    def start_row(self) -> None:
        """Forget the lines handed out so far: a new row begins."""
        self.row.clear()

    def give_back(self, lines: Sequence[str | Unreadable]) -> None:
        """Hand these lines, the last ones handed out, out again."""
        self.number -= len(lines)
        self._again.extendleft(reversed(lines))

    def _refuse(self, fault: Unreadable) -> str:
        if self.row:  # it stands inside a quoted value: first the row that swallowed it
            self._again.appendleft(fault)
            raise QuoteNotClosed
        self.number += 1
        raise fault

    def _read(self) -> str | Unreadable:
        raw = self._readline(LONGEST_LINE)
        if not raw:
            raise StopIteration
        if not self.bytes_read:
            _refuse_other_types(raw)
        self.bytes_read += len(raw)
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            self._skip_rest_of_line()
            return Unreadable(f"This line is longer than {LONGEST_LINE:,} characters")
        if b"\0" in raw:
            return Unreadable("This line holds characters that are not text")
        return _text(raw)

    def _skip_rest_of_line(self) -> None:
        while raw := self._readline(LONGEST_LINE):
            self.bytes_read += len(raw)
            if raw.endswith(b"\n"):
                return


def _refuse_other_types(start: bytes) -> None:
    for signature, reason in OTHER_TYPES.items():
        if start[:20].lower().startswith(signature.lower()):
            raise NotText(reason)


def _text(raw: bytes) -> str:
    try:
        return raw.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
