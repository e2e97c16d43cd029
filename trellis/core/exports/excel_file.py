"""A table as an Excel workbook, written row by row: real numbers, real dates, no formulas."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from itertools import chain, islice
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any

import xlsxwriter
from django.http import FileResponse, HttpResponse
from django.utils import timezone

from trellis.core.dates import day
from trellis.core.exports.names import as_download, file_name
from trellis.core.exports.tables import Cell, Column, Table, is_number, shown
from trellis.core.exports.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY = 2_000_000  # bytes of a workbook, before it goes to the disk
LONGEST_CELL = 32_767  # characters, Excel’s own limit
CUT = " […] The rest does not fit into a cell of Excel."
ROOM_FOR_A_DATE = 24  # characters, for 24 September 2026 14:30; Excel shows ##### for a date that does not fit
FIRST_YEAR = 1900  # Excel knows no day before
ROWS_IN_A_SHEET = 1_048_576 - 5  # Excel’s own limit, less the lines above the table
HEADINGS_LINE = 4  # after title, scope, date and an empty line
INK, ACCENT = "#1f2a2c", "#0b5c63"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def xlsx_response(table: Table, on: date) -> HttpResponse | FileResponse:
    """The table as an Excel download named after its title, its scope and the day; a large one is sent from disk."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - a large one is closed by the response
    try:
        write_xlsx(table, on, file)
    except BaseException:
        file.close()
        raise
    name = file_name(table.title, table.scope, on, "xlsx")
    large = file.tell() > IN_MEMORY
    file.seek(0)
    if large:
        return as_download(FileResponse(file, content_type=CONTENT_TYPE), name)
    with file:
        return as_download(HttpResponse(file.read(), content_type=CONTENT_TYPE), name)


def write_xlsx(table: Table, on: date, file: IO[bytes]) -> None:
    """Write the workbook to an open file, with a further sheet for each million rows.

    Raises ValueError when a row has not one value for each column.
    """
    with xlsxwriter.Workbook(file, OPTIONS) as workbook:
        made = datetime.combine(on, time(), UTC)
        workbook.set_properties({"title": table.title, "subject": table.scope, "created": made})
        formats = _formats(workbook, table.columns)
        for number, rows in enumerate(_sheetfuls(table), start=1):
            sheet = workbook.add_worksheet(sheet_name(table.title, number))
            _write_head(workbook, sheet, table, on)
            last = _write_rows(sheet, table.columns, rows, formats)
            _set_up_page(sheet, table, last)


def sheet_name(title: str, number: int) -> str:
    """A name that Excel allows: 31 characters, no brackets or slashes, and a number from the second sheet on.

    >>> sheet_name("Actions: due [all] this term at Bramble Lane", 2)
    'Actions due all this term a (2)'
    >>> sheet_name("'History'", 1), sheet_name("?", 1)
    ('History of changes', 'Table')
    """
    suffix = f" ({number})" if number > 1 else ""
    plain = re.sub(r"\s+", " ", re.sub(r"[\[\]:*?/\\]", " ", printable(title))).strip("' ")
    plain = "History of changes" if plain.casefold() == "history" else plain or "Table"
    return plain[: 31 - len(suffix)].strip("' ") + suffix


def _sheetfuls(table: Table) -> Iterator[Iterator[Sequence[Cell]]]:
    """The rows in sheets; the first sheet is there even when there are no rows."""
    rows = iter(table.rows)
    yield islice(rows, ROWS_IN_A_SHEET)
    for first in rows:
        yield islice(chain([first], rows), ROWS_IN_A_SHEET)


def _formats(workbook: Workbook, columns: Sequence[Column]) -> list[dict[str, Format]]:
    """For each column, how a text, a number, a day and a moment look in it."""
    base = {"valign": "top", "font_color": INK}

    def number_format(column: Column) -> str:
        if column.kind == "percent":
            return f"0.{'0' * column.places}%" if column.places else "0%"
        return "General"

    text = workbook.add_format({**base, "text_wrap": True})
    on_day = workbook.add_format({**base, "num_format": "d mmmm yyyy", "align": "left"})
    at_moment = workbook.add_format({**base, "num_format": "d mmmm yyyy hh:mm", "align": "left"})
    return [
        {
            "text": text,
            "number": workbook.add_format({**base, "num_format": number_format(column)}),
            "day": on_day,
            "moment": at_moment,
        }
        for column in columns
    ]


def _write_head(workbook: Workbook, sheet: Worksheet, table: Table, on: date) -> None:
    """What this is, whose it is and of which day; then the headings."""
    heading = {"bold": True, "bg_color": ACCENT, "font_color": "#ffffff", "text_wrap": True, "valign": "top"}
    for number, column in enumerate(table.columns):
        room = max(column.width, ROOM_FOR_A_DATE) if column.kind == "date" else column.width
        sheet.set_column(number, number, room)
    _write_text(sheet, 0, 0, table.title, workbook.add_format({"bold": True, "font_size": 14, "font_color": INK}))
    _write_text(sheet, 1, 0, table.scope, workbook.add_format({"font_color": INK}))
    _write_text(sheet, 2, 0, day(on), workbook.add_format({"font_color": INK}))
    for number, column in enumerate(table.columns):
        _write_text(sheet, HEADINGS_LINE, number, column.heading, workbook.add_format(heading))


def _write_rows(
    sheet: Worksheet, columns: Sequence[Column], rows: Iterator[Sequence[Cell]], formats: list[dict[str, Format]]
) -> int:
    """Write each row as it comes, and return the line of the last."""
    line = HEADINGS_LINE
    for line, row in enumerate(rows, start=HEADINGS_LINE + 1):
        for number, (value, column) in enumerate(zip(row, columns, strict=True)):
            _write_cell(sheet, line, number, value, column, formats[number])
    return line


def _write_cell(
    sheet: Worksheet, line: int, number: int, value: Cell, column: Column, looks: dict[str, Format]
) -> None:
    """Write one value as what it is; nothing is guessed from how it looks."""
    if isinstance(value, date) and value.year < FIRST_YEAR:
        _write_text(sheet, line, number, shown(value, column), looks["text"])
    elif isinstance(value, datetime):
        local = timezone.make_naive(value) if timezone.is_aware(value) else value
        sheet.write_datetime(line, number, local, looks["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(line, number, datetime.combine(value, time()), looks["day"])
    elif is_number(value):
        sheet.write_number(line, number, float(value), looks["number"])
    else:
        _write_text(sheet, line, number, shown(value, column), looks["text"])


def _write_text(sheet: Worksheet, line: int, number: int, text: str, look: Any) -> None:
    """Write text as text, cut where Excel would refuse it."""
    counted = printable(text).encode("utf-16-le")  # as Excel counts characters
    if len(counted) > 2 * LONGEST_CELL:
        counted = counted[: 2 * (LONGEST_CELL - len(CUT))] + CUT.encode("utf-16-le")
    if counted:
        sheet.write_string(line, number, counted.decode("utf-16-le", "ignore"), look)
    else:
        sheet.write_blank(line, number, None, look)


def _set_up_page(sheet: Worksheet, table: Table, last_line: int) -> None:
    """Headings that stay when scrolled and printed, a filter, A4 across, page numbers."""
    sheet.freeze_panes(HEADINGS_LINE + 1, 0)
    sheet.autofilter(HEADINGS_LINE, 0, last_line, len(table.columns) - 1)
    sheet.repeat_rows(HEADINGS_LINE)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPage &P of &N")
