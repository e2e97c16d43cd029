"""CSV and Excel files say what the screen says, and nothing in them runs."""

from __future__ import annotations

import csv
import gc
import tracemalloc
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.core.exports import (
    Column,
    Table,
    csv_response,
    excel_file,
    file_name,
    printable,
    write_xlsx,
    xlsx_response,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

# Closing an answer tells Django that a request has ended, and Django then looks after its database connections.
pytestmark = pytest.mark.django_db

ON = date(2026, 11, 23)
COLUMNS = [
    Column("What we will do", width=40),
    Column("Due", "date"),
    Column("Statements", "number"),
    Column("Done", "percent"),
    Column("Changed", "date"),
]
ROWS = [
    ["Add a visual timetable to the toddler room", date(2027, 3, 5), 4, 0.5, datetime(2026, 7, 1, 9, 30, tzinfo=UTC)],
    ["Ask parents, “What works at home?”\nand write it down", None, -2, None, None],
    ["Siân’s and Łukasz’s training", date(2026, 12, 1), Decimal("1.5"), 1, None],
]
HOSTILE = [
    "=1+1",
    "+44 20 7946 0000",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "   =1+1",
    "\u200b=1+1",
    "\u00a0\ufeff-1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "\u22121",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://example.org","Click")',
    "\x00=1",
    "\u202e=1",
    "\ud800=1",
]


def plan(rows: Any = ROWS) -> Table:
    return Table("Action plan", "Bramble Lane Nursery", COLUMNS, rows)


def one_column(cells: list[Any]) -> Table:
    return Table("Notes", "Bramble Lane Nursery", [Column("Note")], ([cell] for cell in cells))


def csv_text(table: Table) -> str:
    return b"".join(csv_response(table, on=ON)).decode()


def csv_rows(table: Table) -> list[list[str]]:
    return list(csv.reader(StringIO(csv_text(table).removeprefix("\ufeff"), newline="")))


def xlsx_bytes(table: Table) -> bytes:
    with closing(xlsx_response(table, on=ON)) as response:
        return b"".join(response)


def workbook(table: Table) -> Any:
    return openpyxl.load_workbook(BytesIO(xlsx_bytes(table)))


def xlsx_cells(table: Table) -> list[Any]:
    return [row[0] for row in workbook(table).active.iter_rows(min_row=6)]


def test_excel_has_room_for_the_longest_date_and_moment() -> None:
    """Excel shows ##### for a date that is longer than its column is wide."""
    sheet = workbook(plan()).active
    assert min(sheet.column_dimensions[letter].width for letter in "BE") > len("24 September 2026 14:30")
    assert sheet.column_dimensions["A"].width < 42


def test_csv_has_the_headings_and_the_rows_of_the_screen() -> None:
    assert csv_rows(plan()) == [
        ["What we will do", "Due", "Statements", "Done", "Changed"],
        ["Add a visual timetable to the toddler room", "2027-03-05", "4", "50%", "2026-07-01 10:30"],
        ["Ask parents, “What works at home?”\nand write it down", "", "-2", "", ""],
        ["Siân’s and Łukasz’s training", "2026-12-01", "1.5", "100%", ""],
    ]


def test_csv_begins_with_the_mark_that_tells_excel_it_is_utf_8() -> None:
    assert csv_text(plan()).startswith("\ufeff")


def test_csv_is_a_download_that_no_cache_keeps() -> None:
    response = csv_response(plan(), on=ON)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="action-plan-bramble-lane-nursery-2026-11-23.csv"'
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_csv_cell_becomes_a_formula(text: str) -> None:
    assert csv_rows(one_column([text]))[1][0].startswith("'")


def test_a_heading_cannot_become_a_formula_either() -> None:
    table = Table("Notes", "Bramble Lane Nursery", [Column("=1+1")], [])
    assert csv_rows(table) == [["'=1+1"]]
    assert workbook(table).active["A5"].data_type != "f"


@given(st.lists(st.text(), max_size=20))
def test_csv_gives_back_every_text_with_at_most_an_apostrophe_before_it(texts: list[str]) -> None:
    back = [row[0] for row in csv_rows(one_column(texts))[1:]]
    for cell, text in zip(back, texts, strict=True):
        assert cell in {printable(text), f"'{printable(text)}"}
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) for cell in back)


def test_a_text_with_the_separator_of_another_country_stays_in_its_quotes() -> None:
    assert '"Sand;=1+1"' in csv_text(one_column(["Sand;=1+1"]))


def test_excel_says_what_it_is_whose_and_of_which_day() -> None:
    sheet = workbook(plan()).active
    assert [sheet.cell(line, 1).value for line in (1, 2, 3)] == [
        "Action plan",
        "Bramble Lane Nursery",
        "23 November 2026",
    ]
    assert [cell.value for cell in sheet[5]] == [column.heading for column in COLUMNS]
    assert sheet.freeze_panes == "A6"
    assert sheet.print_title_rows == "$5:$5"


def test_excel_has_real_dates_and_real_numbers() -> None:
    sheet = workbook(plan()).active
    first, second = ([cell.value for cell in sheet[line]] for line in (6, 7))
    assert first == [
        ROWS[0][0],
        datetime.fromisoformat("2027-03-05"),
        4,
        0.5,
        datetime.fromisoformat("2026-07-01T10:30"),
    ]
    assert second == [ROWS[1][0], None, -2, None, None]
    assert sheet["D6"].number_format == "0%"


def test_excel_writes_a_day_that_it_does_not_know_as_text() -> None:
    assert xlsx_cells(one_column([date(1899, 5, 1)]))[0].value == "1 May 1899"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_excel_cell_is_a_formula(text: str) -> None:
    cell = xlsx_cells(one_column([text]))[0]
    assert (cell.data_type, cell.value) == ("s", printable(text))


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(min_size=1).filter(printable), min_size=1, max_size=20))
def test_excel_gives_back_every_text(texts: list[str]) -> None:
    cells = xlsx_cells(one_column(texts))
    assert [cell.value for cell in cells] == [printable(text) for text in texts]
    assert all(cell.data_type in {"s", "inlineStr"} for cell in cells)


def test_excel_makes_no_links_of_addresses() -> None:
    assert xlsx_cells(one_column(["https://example.org/"]))[0].hyperlink is None


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    cells = xlsx_cells(one_column(["a" * 40_000, "🙂" * 20_000]))
    assert all(str(cell.value).endswith("does not fit into a cell of Excel.") for cell in cells)
    assert len(cells[0].value) == 32_767


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_file, "ROWS_IN_A_SHEET", 2)
    book = workbook(one_column(["one", "two", "three"]))
    assert book.sheetnames == ["Notes", "Notes (2)"]
    assert book["Notes (2)"]["A6"].value == "three"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), None, ""])
def test_what_is_no_number_is_an_empty_cell(value: Any) -> None:
    table = Table("Counts", "Bramble Lane Nursery", [Column("Count", "number"), Column("Room")], [[value, "Acorns"]])
    assert csv_rows(table)[1] == ["", "Acorns"]
    assert workbook(table).active["A6"].value is None


def test_a_hidden_count_stays_a_word_in_a_column_of_numbers() -> None:
    table = Table("Counts", "Fernshire", [Column("Children", "number")], [["fewer than 5"]])
    assert csv_rows(table)[1] == ["fewer than 5"]
    assert workbook(table).active["A6"].value == "fewer than 5"


def test_an_empty_table_is_a_file_with_headings() -> None:
    assert csv_rows(plan([])) == [[column.heading for column in COLUMNS]]
    assert workbook(plan([])).active.max_row == 5


def test_a_row_that_does_not_fit_the_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        csv_text(plan([["only one"]]))
    with pytest.raises(ValueError, match="zip"):
        xlsx_response(plan([["only one"]]), on=ON)


def many(count: int) -> Iterator[list[str]]:
    return ([f"{number} " + "long evidence " * 70, "", "", "", ""] for number in range(count))


def peak_of_csv(count: int) -> int:
    tracemalloc.start()
    for _piece in csv_response(plan(many(count)), on=ON):
        pass
    return stop()


def peak_of_xlsx(count: int) -> int:
    tracemalloc.start()
    with TemporaryFile() as file:
        write_xlsx(plan(many(count)), ON, file)
    return stop()


def stop() -> int:
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize("peak", [peak_of_csv, peak_of_xlsx])
def test_5000_rows_need_no_more_memory_than_500(peak: Any) -> None:
    peak(10)
    assert peak(5_000) < peak(500) + 400_000


def test_the_first_rows_are_sent_before_the_last_are_read() -> None:
    read: list[int] = []

    def rows() -> Iterator[list[str]]:
        for number in range(5_000):
            read.append(number)
            yield ["evidence", "", "", "", ""]

    next(iter(csv_response(plan(rows()), on=ON)))
    assert len(read) < 2_000


@pytest.mark.parametrize(
    ("what", "whose", "expected"),
    [
        ("Action plan", "St Mary’s Pre-school", "action-plan-st-marys-pre-school-2026-11-23.xlsx"),
        ("SEND review: full report", "../../etc/passwd", "send-review-full-report-etcpasswd-2026-11-23.xlsx"),
        ("Action plan", "Przedszkole Żółw", "action-plan-przedszkole-zow-2026-11-23.xlsx"),
        ("Actions", "", "actions-2026-11-23.xlsx"),
        ("A" * 200, "B" * 200, "a" * 60 + "-" + "b" * 60 + "-2026-11-23.xlsx"),
        ("Plan\r\nSet-Cookie: a=b", "Oak", "plan-set-cookie-ab-oak-2026-11-23.xlsx"),
    ],
)
def test_a_file_name_is_plain_on_every_computer(what: str, whose: str, expected: str) -> None:
    assert file_name(what, whose, ON, "xlsx") == expected


def test_excel_response_is_a_download() -> None:
    with closing(xlsx_response(plan(), on=ON)) as response:
        headers = dict(response.items())
    assert headers["Content-Disposition"] == 'attachment; filename="action-plan-bramble-lane-nursery-2026-11-23.xlsx"'
    assert headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert "no-store" in headers["Cache-Control"]


def test_the_same_table_on_the_same_day_is_the_same_file() -> None:
    assert xlsx_bytes(plan()) == xlsx_bytes(plan())


def test_a_large_workbook_goes_to_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    small = xlsx_bytes(plan())
    monkeypatch.setattr(excel_file, "IN_MEMORY", 100)
    assert xlsx_bytes(plan()) == small
    with closing(xlsx_response(plan(), on=ON)) as response:
        assert response.streaming
        assert int(response["Content-Length"]) == len(small)


def test_a_small_workbook_leaves_no_file_open_when_nobody_reads_it() -> None:
    response = xlsx_response(plan(), on=ON)
    assert not response.streaming
    del response
    gc.collect()
