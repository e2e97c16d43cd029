"""The form as an Excel workbook: one sheet for the statements, one for the plan, and a hidden one by which it is known."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

import xlsxwriter

from trellis.core.dates import day
from trellis.core.exports import printable
from trellis.review.takeaway.marks import written
from trellis.review.takeaway.shape import HOW_TO, STATEMENT_LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from trellis.review.takeaway.shape import FormToFill, PlanEntry, StatementEntry

INK, ACCENT, PALE, RULE = "#1f2a2c", "#0b5c63", "#eef4f4", "#aab7b8"
HEADINGS_LINE, FIRST_LINE = 4, 5
SPARE_ROWS = 20  # at the end of the plan
HIDDEN = "For Trellis"
LINE_HEIGHT, ROOM_TO_WRITE = 15, 48  # points
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
STATEMENT_COLUMNS = [("area", "Area", 18), ("code", "", 7), ("text", "Statement", 46), ("choice", "", 17)]
STATEMENT_COLUMNS += [("unsure", "", 9), ("reason", "", 22), ("notes", "", 40)]
PLAN_WIDTHS = {"code": 7, "number": 6, "what": 32, "why": 24, "who": 18, "start_on": 18, "due_on": 18}
PLAN_WIDTHS |= {"resources": 20, "success": 26}


class Looks(NamedTuple):
    """How cells look: what is only read, and what is filled in, as text and as a day."""

    heading: Any
    title: Any
    words: Any
    read: Any
    fill: Any
    day: Any


def form_xlsx(form: FormToFill, on: date) -> bytes:
    """The form as a workbook."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as workbook:
        workbook.set_properties(
            {"title": form.title, "subject": form.setting, "created": datetime.combine(on, time(), UTC)}
        )
        looks = _looks(workbook)
        statements, plan = workbook.add_worksheet("Statements"), workbook.add_worksheet("Plan")
        _write_hidden(workbook.add_worksheet(HIDDEN), form)
        _write_statements(statements, form, looks, on)
        _write_plan(plan, form, looks, on)
    return file.getvalue()


def _looks(workbook: Workbook) -> Looks:
    base = {"valign": "top", "font_color": INK, "text_wrap": True}
    lined = {**base, "border": 1, "border_color": RULE}
    return Looks(
        heading=workbook.add_format({**lined, "bold": True, "bg_color": ACCENT, "font_color": "#ffffff"}),
        title=workbook.add_format({"bold": True, "font_size": 14, "font_color": INK}),
        words=workbook.add_format({"font_color": INK}),
        read=workbook.add_format({**lined, "bg_color": PALE}),
        fill=workbook.add_format(lined),
        day=workbook.add_format({**lined, "num_format": "d mmmm yyyy", "align": "left"}),
    )


def _write_hidden(sheet: Worksheet, form: FormToFill) -> None:
    """By what the form is known, and the lists to choose from."""
    _text(sheet, 0, 0, "Please leave this sheet as it is: by it the form is known when it is read back in.")
    _text(sheet, 1, 0, written(form.mark))
    for line, words in enumerate(form.choices):
        _text(sheet, line, 1, words)
    for line, name in enumerate(form.owners):
        _text(sheet, line, 2, name)
    for line, words in enumerate(("Yes", "No")):
        _text(sheet, line, 3, words)
    sheet.hide()


def _write_statements(sheet: Worksheet, form: FormToFill, looks: Looks, on: date) -> None:
    headings = [heading or STATEMENT_LABELS[name] for name, heading, _ in STATEMENT_COLUMNS]
    _write_head(sheet, form, looks, on, "; ".join(form.meanings))
    _write_headings(sheet, headings, [width for *_, width in STATEMENT_COLUMNS], looks)
    for line, entry in enumerate(form.statements, start=FIRST_LINE):
        _write_statement(sheet, line, entry, form, looks)
    last = FIRST_LINE + max(len(form.statements), 1) - 1
    _choose_from(sheet, 3, last, "B", len(form.choices), "Choose one of the words from the list")
    _choose_from(sheet, 4, last, "D", 2, "Choose Yes or No")
    _set_up_page(sheet)


def _write_statement(sheet: Worksheet, line: int, entry: StatementEntry, form: FormToFill, looks: Looks) -> None:
    law = " (the law asks for this)" if entry.statutory else ""
    said = [form.areas[entry.area], entry.code, f"{entry.text}{law}", entry.choice, "Yes" if entry.unsure else ""]
    row = [*said, entry.reason, entry.notes]
    for column, value in enumerate(row):
        _text(sheet, line, column, value, looks.read if column < 3 else looks.fill)
    sheet.set_row(line, _height(row, [width for *_, width in STATEMENT_COLUMNS]))


def _write_plan(sheet: Worksheet, form: FormToFill, looks: Looks, on: date) -> None:
    names = list(form.plan_labels)
    widths = [PLAN_WIDTHS[name] for name in names]
    columns = ["text", *names]
    how = "A line for each action. For a second action of a statement, use a line at the end and write its code."
    _write_head(sheet, form, looks, on, how)
    _write_headings(sheet, ["Statement", *form.plan_labels.values()], [30, *widths], looks)
    rows: list[PlanEntry | None] = [*form.plan, *([None] * SPARE_ROWS)]
    for line, entry in enumerate(rows, start=FIRST_LINE):
        values = _plan_values(entry, columns)
        for column, (name, value) in enumerate(zip(columns, values, strict=True)):
            _write_planned(sheet, line, column, name, value, entry, looks)
        sheet.set_row(line, _height([str(value or "") for value in values], [30, *widths]))
    last = FIRST_LINE + len(rows) - 1
    for name in ("start_on", "due_on"):
        _expect_a_day(sheet, columns.index(name), last)
    if form.owners:
        _choose_from(sheet, columns.index("who"), last, "C", len(form.owners), "")
    _set_up_page(sheet)


def _plan_values(entry: PlanEntry | None, columns: Sequence[str]) -> list[Any]:
    if entry is None:
        return [""] * len(columns)
    known = {"text": entry.text, "code": entry.code, "number": entry.number} | entry.values
    return [known.get(name, "") for name in columns]


def _write_planned(
    sheet: Worksheet, line: int, column: int, name: str, value: Any, entry: PlanEntry | None, looks: Looks
) -> None:
    if isinstance(value, date):
        sheet.write_datetime(line, column, datetime.combine(value, time()), looks.day)
    elif name in ("start_on", "due_on"):
        sheet.write_blank(line, column, None, looks.day)
    else:
        given = entry is not None and name in ("text", "code", "number")
        _text(sheet, line, column, value or "", looks.read if given else looks.fill)


def _write_head(sheet: Worksheet, form: FormToFill, looks: Looks, on: date, how: str) -> None:
    _text(sheet, 0, 0, f"{form.title}, {form.period}", looks.title)
    _text(sheet, 1, 0, f"{form.setting} · taken on {day(on)} · {form.source}", looks.words)
    _text(sheet, 2, 0, HOW_TO, looks.words)
    _text(sheet, 3, 0, how, looks.words)


def _write_headings(sheet: Worksheet, headings: Sequence[str], widths: Sequence[int], looks: Looks) -> None:
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        sheet.set_column(column, column, width)
        _text(sheet, HEADINGS_LINE, column, heading, looks.heading)


def _choose_from(sheet: Worksheet, column: int, last: int, letter: str, count: int, sentence: str) -> None:
    """A list to choose from; with a sentence nothing else is taken, without one something else may be written."""
    strict = {"error_type": "stop", "error_message": sentence} if sentence else {"show_error": False}
    source = f"='{HIDDEN}'!${letter}$1:${letter}${count}"
    sheet.data_validation(FIRST_LINE, column, last, column, {"validate": "list", "source": source, **strict})


def _expect_a_day(sheet: Worksheet, column: int, last: int) -> None:
    rule = {"validate": "date", "criteria": "between", "minimum": date(2000, 1, 1), "maximum": date(2099, 12, 31)}
    words = {"error_type": "warning", "error_message": "Write a date, such as 5 March 2027"}
    sheet.data_validation(FIRST_LINE, column, last, column, rule | words)


def _set_up_page(sheet: Worksheet) -> None:
    """Headings that stay when scrolled and printed, A4 across, page numbers."""
    sheet.freeze_panes(FIRST_LINE, 0)
    sheet.repeat_rows(HEADINGS_LINE)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPage &P of &N")


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Room for the longest cell of a row, and for writing by hand."""
    lines = (
        sum(len(piece) // max(width - 2, 1) + 1 for piece in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return float(min(max(max(lines) * LINE_HEIGHT, ROOM_TO_WRITE), 400))


def _text(sheet: Worksheet, line: int, column: int, text: str, look: Any = None) -> None:
    """A text as a text, never a formula; nothing where there is none."""
    said = printable(text)
    if said:
        sheet.write_string(line, column, said, look)
    elif look is not None:
        sheet.write_blank(line, column, None, look)
