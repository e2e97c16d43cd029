"""A table as CSV, streamed: Excel opens it, and nothing in it runs."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING

from django.http import StreamingHttpResponse
from django.utils import timezone

from trellis.core.exports.names import as_download, file_name
from trellis.core.exports.tables import Cell, Column, Table, is_number, shown
from trellis.core.exports.text import never_a_formula, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

BYTE_ORDER_MARK = "\ufeff"  # tells Excel that the letters are UTF-8
CHUNK = 32_000  # characters held before they are sent on


def csv_response(table: Table, on: date) -> StreamingHttpResponse:
    """The table as a CSV download named after its title, its scope and the day; rows are read as they are sent."""
    response = StreamingHttpResponse(csv_lines(table), content_type="text/csv; charset=utf-8")
    return as_download(response, file_name(table.title, table.scope, on, "csv"))


def csv_lines(table: Table) -> Iterator[str]:
    """The text of the file in pieces: headings, then rows; numbers bare, everything else in quotes.

    Raises ValueError when a row has not one value for each column.
    """
    held = StringIO()
    writer = csv.writer(held, quoting=csv.QUOTE_NONNUMERIC)
    held.write(BYTE_ORDER_MARK)
    writer.writerow([never_a_formula(printable(column.heading)) for column in table.columns])
    for row in table.rows:
        writer.writerow([csv_cell(value, column) for value, column in zip(row, table.columns, strict=True)])
        if held.tell() > CHUNK:
            yield held.getvalue()
            held.seek(0)
            held.truncate()
    yield held.getvalue()


def csv_cell(value: Cell, column: Column) -> str | int | float | Decimal:
    """A value as CSV holds it: numbers as they are, dates as ISO, text that can never become a formula.

    >>> csv_cell(-3, Column("Change", "number")), csv_cell("-3", Column("Change", "number"))
    (-3, "'-3")
    >>> csv_cell(date(2027, 3, 5), Column("Due", "date")), csv_cell(0.667, Column("Agreed", "percent"))
    ('2027-03-05', '67%')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | float | Decimal):
        return shown(value, column) if column.kind == "percent" or not is_number(value) else value
    if isinstance(value, datetime):
        return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else never_a_formula(printable(str(value)))
