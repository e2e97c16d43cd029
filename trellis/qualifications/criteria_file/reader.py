"""Reading a file with criteria: by its headings, wherever they stand."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from trellis.core.files import FileKind
from trellis.organisations.register.headings import heading_key
from trellis.organisations.register.lines import NotText
from trellis.qualifications.rules.criteria import COLUMNS, Rows
from trellis.qualifications.sheets import csv_rows, excel_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trellis.qualifications.sheets import Row

LINES_TO_SEARCH = 20  # titles and notes may stand above the headings
MOST_REJECTED = 500
DAMAGED = "This workbook cannot be read. Open it, save it again as .xlsx, or save the sheet as CSV"


class NotCriteria(Exception):
    """The file is not one with criteria; its text says what was missing."""


def read_criteria_file(file: IO[bytes], kind: FileKind) -> Rows:
    """What a file says. Raises NotCriteria."""
    try:
        return _read(excel_rows(file) if kind == FileKind.EXCEL else csv_rows(file))
    except NotText as fault:
        raise NotCriteria(str(fault)) from fault
    except NotCriteria:
        raise
    except Exception as fault:  # a damaged workbook makes the library raise almost anything
        raise NotCriteria(DAMAGED) from fault


def _read(rows: Iterator[Row]) -> Rows:
    columns = _headings(rows)
    read = Rows()
    for line, row in rows:
        if isinstance(row, str):
            read.reject(line, row)
        elif any(cell.strip() for cell in row):
            read.add(line, {name: row[column] for name, column in columns.items() if column < len(row)})
        if len(read.rejected) >= MOST_REJECTED:
            read.reject(line, f"More than {MOST_REJECTED} rows cannot be read; the rest was not looked at")
            break
    return read


def _headings(rows: Iterator[Row]) -> dict[str, int]:
    wanted = {name: heading_key(heading) for name, heading in COLUMNS.items()}
    for line, row in rows:
        keys = [] if isinstance(row, str) else [heading_key(cell) for cell in row]
        if set(wanted.values()) <= set(keys):
            return {name: keys.index(key) for name, key in wanted.items()}
        if line >= LINES_TO_SEARCH:
            break
    headings = ", ".join(f"“{heading}”" for heading in COLUMNS.values())
    raise NotCriteria(f"This file has no row with the headings {headings}. Begin with the empty file")
