"""Reading an Excel form back: by its headings and codes, wherever they stand by now."""

from __future__ import annotations

import warnings
from datetime import date, datetime
from typing import IO, TYPE_CHECKING, Any

from trellis.review.rules.filled_form import plain
from trellis.review.takeaway.marks import found_in
from trellis.review.takeaway.shape import PLAN_LABELS, STATEMENT_LABELS, CameBack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trellis.review.takeaway.marks import Mark

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 1_000, 30, 10
ROWS_BEFORE_HEADINGS = 30

Row = tuple[Any, ...]


def read_xlsx(file: IO[bytes]) -> CameBack:
    """What a workbook says. Raises whatever the library does about a damaged one."""
    from openpyxl.reader.excel import load_workbook  # takes a third of a second, and few requests need it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what other programs put into a workbook
        workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)  # type: ignore[no-untyped-call]
        try:
            sheets = [_rows(sheet) for sheet in workbook.worksheets[:MOST_SHEETS]]
        finally:
            workbook.close()
    statements, plan, mark = [], [], None
    for rows in sheets:
        mark = _mark_in(rows) or mark  # its sheet is the last
        said = _said_in(rows, PLAN_LABELS, needs={"code", "what"})
        plan += said
        statements += [] if said else _said_in(rows, STATEMENT_LABELS, needs={"code", "choice"}, or_else={"notes"})
    return CameBack(mark, statements, plan)


def _rows(sheet: Any) -> list[Row]:
    """The rows of a sheet, as far as a form goes, whatever size the sheet claims."""
    sheet.reset_dimensions()
    return list(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True))


def _mark_in(rows: Iterable[Row]) -> Mark | None:
    texts = (value for row in rows for value in row if isinstance(value, str) and "trellis-form" in value)
    return next((mark for text in texts if (mark := found_in(text))), None)


def _said_in(
    rows: Sequence[Row], labels: dict[str, str], *, needs: set[str], or_else: set[str] | None = None
) -> list[dict[str, str]]:
    """What stands under the headings, if a row has them; under each name that has a column."""
    for number, row in enumerate(rows[:ROWS_BEFORE_HEADINGS]):
        columns = _columns(row, labels)
        if needs <= set(columns) or ("code" in columns and or_else and or_else <= set(columns)):
            return list(_below(rows, number, columns))
    return []


def _columns(row: Row, labels: dict[str, str]) -> dict[str, int]:
    """Where each name has its column."""
    names = {plain(words): name for name, words in labels.items()}
    found: dict[str, int] = {}
    for column, value in enumerate(row):
        name = names.get(plain(value)) if isinstance(value, str) else None
        if name:
            found.setdefault(name, column)
    return found


def _below(rows: Sequence[Row], headings: int, columns: dict[str, int]) -> Iterator[dict[str, str]]:
    for number, row in enumerate(rows[headings + 1 :], start=headings + 2):
        said = {name: _words(row[column]) if column < len(row) else "" for name, column in columns.items()}
        if any(said.values()):
            yield said | {"line": f"row {number}"}


def _words(value: Any) -> str:
    """A cell as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, (date, datetime)):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()
