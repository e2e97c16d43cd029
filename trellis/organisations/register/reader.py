"""The reader: rows in, providers and rejections out."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from operator import itemgetter
from typing import IO, TYPE_CHECKING

from trellis.organisations.register import cells
from trellis.organisations.register.cells import NOTHING, CannotBeRead
from trellis.organisations.register.headings import HEADINGS, find_columns, find_headings, what_is_missing
from trellis.organisations.register.kinds import kind_of
from trellis.organisations.register.lines import Lines, QuoteNotClosed, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

NAME = list(HEADINGS).index("name")
NOT_THERE = -1  # the blank cell that is put at the end of every row stands for a column the file has not
LONGEST = {"name": 255, "type": 120, "subtype": 120, "status": 40, "town": 120, "authority": 80}  # characters
LONGEST_ADDRESS = 500


@dataclass(slots=True)
class ProviderRow:
    """A provider as the register gives it. Texts are “” where nothing is published."""

    line: int
    provider_number: str
    name: str
    redacted: bool
    provider_type: str
    provider_subtype: str
    kind: str
    status: str
    registered_on: date | None
    address_lines: tuple[str, ...]
    town: str
    postcode: str
    authority_name: str
    authority_code: str
    region_name: str
    places: int | None
    early_years_register: bool
    compulsory_register: bool
    voluntary_register: bool


@dataclass(slots=True)
class RejectedRow:
    """A row that cannot be taken: where its record begins in the file, and why not."""

    line: int
    reason: str
    provider_number: str = ""


class _Layout:
    """Where this file has what."""

    def __init__(self, headings: list[str]) -> None:
        self.headings = headings
        self.columns = find_columns(headings)
        self.width = max(at for at, heading in enumerate(headings) if heading.strip()) + 1
        self.pick = itemgetter(*(self.columns.get(what, NOT_THERE) for what in HEADINGS))

    def fits(self, row: list[str]) -> bool:
        """Whether a row has the columns of the headings; blank ones beyond them do no harm."""
        return len(row) == len(self.headings) or (len(row) >= self.width and not "".join(row[self.width :]).strip())


class RegisterReader:
    """An iterator over the rows of a register; `headings` and `bytes_read` can be asked for at any time."""

    def __init__(self, file: IO[bytes]) -> None:
        self._lines = Lines(file)
        headings, self._delimiter = find_headings(self._lines)
        self._layout = _Layout(headings)
        self._rows = csv.reader(self._lines, delimiter=self._delimiter)
        self._line_of: dict[str, int] = {}

    @property
    def headings(self) -> list[str]:
        """The headings as they stand in the file."""
        return self._layout.headings

    @property
    def bytes_read(self) -> int:
        """How much of the file has been read, to show progress."""
        return self._lines.bytes_read

    def __iter__(self) -> Iterator[ProviderRow | RejectedRow]:
        """Each provider or rejection, in the order of the file; blank rows and repeated headings are passed over."""
        lines, rows = self._lines, self._rows
        while True:
            lines.start_row()
            line = lines.number + 1
            try:
                row = next(rows)
            except StopIteration:
                return
            except Unreadable as fault:
                yield RejectedRow(line, str(fault))
            except (QuoteNotClosed, csv.Error):
                yield self._broken(line)
            else:
                if result := self._read(line, row):
                    yield result

    def _read(self, line: int, row: list[str]) -> ProviderRow | RejectedRow | None:
        if len(self._lines.row) > 1 and self._has_swallowed_rows():
            return self._broken(line)
        try:
            provider = _provider(line, row, self._layout)
            return self._first_of_its_number(provider) if provider else None
        except CannotBeRead as fault:
            return self._unless_headings(line, row, fault)

    def _first_of_its_number(self, provider: ProviderRow) -> ProviderRow | RejectedRow:
        earlier = self._line_of.setdefault(provider.provider_number, provider.line)
        if earlier == provider.line:
            return provider
        reason = f"This provider number was already on line {earlier}"
        return RejectedRow(provider.line, reason, provider.provider_number)

    def _has_swallowed_rows(self) -> bool:
        """Whether a row over several lines holds one that is a whole row by itself."""
        alone = (next(csv.reader([text], delimiter=self._delimiter), []) for text in self._lines.row[1:])
        return any(self._layout.fits(row) and cells.is_number(row[self._layout.columns["number"]]) for row in alone)

    def _broken(self, line: int) -> RejectedRow:
        """Reject the first line only: those that follow are rows of their own."""
        self._lines.give_back(self._lines.row[1:])
        return RejectedRow(line, "A quotation mark is opened on this line and never closed")

    def _unless_headings(self, line: int, row: list[str], fault: CannotBeRead) -> RejectedRow | None:
        """A rejection; but where files were put one below the other, headings stand again and may differ."""
        if what_is_missing(row) is None:
            self._layout = _Layout(row)
            return None
        number = "".join(row[self._layout.columns["number"] :][:1]).strip()
        return RejectedRow(line, str(fault), number if number.isalnum() and len(number) <= 20 else "")


def read_register(file: IO[bytes]) -> RegisterReader:
    """A reader for an open binary file, from where it stands. Raises NotARegister with what was missing."""
    return RegisterReader(file)


def _provider(line: int, row: list[str], layout: _Layout) -> ProviderRow | None:
    """The provider of a row, or None if the row is blank. Raises CannotBeRead."""
    if _is_blank(row):
        return None
    if not layout.fits(row):
        columns = "1 column" if len(row) == 1 else f"{len(row)} columns"
        raise CannotBeRead(f"This row has {columns} where the headings have {layout.width}")
    published = layout.pick([*row, ""])
    (
        number, name, type_, subtype, status, registered_on, address_1, address_2, address_3, town, postcode,
        authority, authority_code, region, places, registers, early_years, compulsory, voluntary,
    ) = [cell and NOTHING.get(text := " ".join(cell.split()), text) for cell in published]  # fmt: skip
    provider_number = cells.read_number(number)
    _refuse_too_long(name=name, type=type_, subtype=subtype, status=status, town=town, authority=authority)
    return ProviderRow(
        line,
        provider_number,
        name,
        not name and published[NAME].strip().upper() == "REDACTED",
        type_,
        subtype,
        kind_of(type_, subtype),
        status,
        cells.read_date(registered_on),
        _address(address_1, address_2, address_3),
        town,
        cells.read_postcode(postcode) if postcode else "",
        authority,
        *cells.read_place(authority, authority_code, region),
        cells.read_places(places),
        *cells.read_registers(early_years, compulsory, voluntary, registers),
    )


def _is_blank(row: list[str]) -> bool:
    return not any(row) or not "".join(row).strip()


def _refuse_too_long(**texts: str) -> None:
    for what, text in texts.items():
        if len(text) > LONGEST[what]:
            raise CannotBeRead(f"The {what} is longer than {LONGEST[what]} characters")


def _address(*lines: str) -> tuple[str, ...]:
    kept = tuple(line for line in lines if line)
    if sum(map(len, kept)) > LONGEST_ADDRESS:
        raise CannotBeRead(f"The address is longer than {LONGEST_ADDRESS} characters")
    return kept
