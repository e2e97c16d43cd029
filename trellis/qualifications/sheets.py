"""Rows of CSV and Excel files, each with the line on which it stands."""

from __future__ import annotations

import csv
import warnings
from typing import IO, TYPE_CHECKING

from trellis.organisations.register.lines import Lines, QuoteNotClosed, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ROWS, MOST_COLUMNS = 5_000, 40
Row = tuple[int, "list[str] | str"]
"""The line on which a row begins, and its cells; instead of them why it cannot be read."""


def next_row(lines: Lines, delimiter: str = ",") -> Row | None:
    """The next row with the line on which it begins; instead of the row why it cannot be read; None at the end."""
    lines.start_row()
    line = lines.number + 1
    try:
        return line, next(csv.reader(lines, strict=False, delimiter=delimiter))
    except StopIteration:
        return None
    except Unreadable as fault:
        return line, str(fault)
    except QuoteNotClosed:
        lines.give_back(lines.row[1:])
        return line, "A quotation mark is opened on this line and never closed"
    except csv.Error as fault:
        return line, f"This line is no row of a CSV file: {fault}"


def csv_rows(file: IO[bytes], delimiter: str = ",") -> Iterator[Row]:
    """The rows of an open CSV file. Raises `NotText` when it is of another type."""
    lines = Lines(file)
    while (found := next_row(lines, delimiter)) is not None:
        yield found


def excel_rows(file: IO[bytes]) -> Iterator[Row]:
    """The rows of the first sheet of an open workbook. Raises whatever the library does about a damaged one."""
    from openpyxl.reader.excel import load_workbook  # takes a third of a second, and few requests need it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what other programs put into a workbook
        workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)  # type: ignore[no-untyped-call]
    sheet = workbook.worksheets[0]
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    for line, row in enumerate(rows, start=1):
        yield line, [shown(value) for value in row]


def shown(value: object) -> str:
    """What stands in a cell, as a person reads it: Excel makes the code 1.1 a number.

    >>> shown(1.1), shown(3.0), shown(None), shown("1a")
    ('1.1', '3', '', '1a')
    """
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
