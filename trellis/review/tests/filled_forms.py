"""Forms as they come back: filled in, saved by other programs, typed over."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import openpyxl
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx.oxml.ns import qn

from tests.cast import Person
from trellis.review.models import FilledForm, Round

HEADINGS = 5  # the row of a sheet with the headings


def taken(browse: Any, person: Person, round: Round, kind: str = "xlsx", what: str = "filled") -> bytes:
    """A form as a person takes it."""
    page = browse(person).get(reverse("take_form", args=[round.pk, what, kind]))
    assert page.status_code == 200
    return page.content


def workbook(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def saved(file: Any) -> bytes:
    """A workbook or a Word file, saved."""
    into = BytesIO()
    file.save(into)
    return into.getvalue()


def row_of(sheet: Any, code: str, column: int = 2) -> int:
    """The row of a statement, by the code in a column."""
    return next(row for row in range(HEADINGS + 1, sheet.max_row + 1) if sheet.cell(row, column).value == code)


def column_of(sheet: Any, heading: str) -> int:
    return next(cell.column for cell in sheet[HEADINGS] if cell.value == heading)


def with_cells(content: bytes, *cells: tuple[str, str, Any]) -> bytes:
    """An Excel form in which a person wrote: code, heading, value, on the sheet of the statements."""
    book = workbook(content)
    sheet = book["Statements"]
    for code, heading, value in cells:
        sheet.cell(row_of(sheet, code), column_of(sheet, heading)).value = value
    return saved(book)


def with_plan(content: bytes, code: str, number: str | None = None, **values: Any) -> bytes:
    """An Excel form in which a person planned: in the row of an action, or in the row for a new one."""
    book = workbook(content)
    sheet = book["Plan"]
    code_at, number_at = column_of(sheet, "Code"), column_of(sheet, "No.")
    rows = range(HEADINGS + 1, sheet.max_row + 1)
    row = next(
        each for each in rows if sheet.cell(each, code_at).value == code and sheet.cell(each, number_at).value == number
    )
    for heading, value in values.items():
        sheet.cell(row, column_of(sheet, PLAN[heading])).value = value
    return saved(book)


PLAN = {
    "what": "What will you do?",
    "why": "Why?",
    "who": "Who will see to it?",
    "start": "Start",
    "due": "Due",
    "needs": "What does it need?",
    "success": "How will you know it worked?",
}


def word_cell(file: Any, code: str, label: str) -> Any:
    """The cell beside a label, in the table of a statement."""
    for table in file.element.body.iter(qn("w:tbl")):
        rows = [list(row.iter(qn("w:tc"))) for row in table.iter(qn("w:tr"))]
        if _text(rows[0][0]) == code:
            for cells in rows:
                for beside, cell in zip(cells[::2], cells[1::2], strict=False):
                    if _text(beside) == label:
                        return cell
    raise LookupError(label)


def _text(cell: Any) -> str:
    return "".join(text.text or "" for text in cell.iter(qn("w:t"))).strip()


def fill_word(content: bytes, *cells: tuple[str, str, str], typed_over: bool = False) -> bytes:
    """A Word form in which a person wrote: code, label, words. Typed over, the box itself is gone."""
    file = docx.Document(BytesIO(content))
    for code, label, words in cells:
        cell = word_cell(file, code, label)
        field = cell.find(f".//{qn('w:sdt')}")
        if typed_over:
            paragraph = field.getparent()
            paragraph.remove(field)
            docx.text.paragraph.Paragraph(paragraph, None).add_run(words)
            continue
        for text in list(field.iter(qn("w:t")))[1:]:
            text.getparent().remove(text)
        next(field.iter(qn("w:t"))).text = words
    return saved(file)


def sent(browse: Any, person: Person, round: Round, content: bytes, name: str = "Form.xlsx") -> Any:
    """The page after a person has sent a file to be read."""
    return browse(person).post(
        reverse("on_paper", args=[round.pk]), {"upload": SimpleUploadedFile(name, content)}, follow=True
    )


def form_read(browse: Any, person: Person, round: Round, content: bytes, name: str = "Form.xlsx") -> FilledForm:
    """The form that a person has read."""
    page = sent(browse, person, round, content, name)
    assert page.redirect_chain, page.content.decode()
    return FilledForm.objects.order_by("-read_at").first()  # type: ignore[return-value]


def soup(page: Any) -> BeautifulSoup:
    return BeautifulSoup(page.content, "html5lib")


def words(page: Any) -> str:
    """What a person reads on a page, in one line."""
    return " ".join(soup(page).find("main").get_text().split())


def ticks(page: Any) -> dict[str, bool]:
    """What can be accepted on the page, and whether it is ticked."""
    boxes = soup(page).select("input[name^=accept-]")
    return {box["name"].removeprefix("accept-"): box.has_attr("checked") for box in boxes}


def accept(browse: Any, person: Person, form: FilledForm, choose: Callable[[str, bool], bool] | None = None) -> Any:
    """The page after a person has accepted what is ticked, or what `choose` says."""
    browser = browse(person)
    page = browser.get(form.get_absolute_url())
    hidden = {box["name"]: box["value"] for box in soup(page).select("input[name^=version-]")}
    chosen = {key for key, ticked in ticks(page).items() if (choose(key, ticked) if choose else ticked)}
    return browser.post(form.get_absolute_url(), hidden | {f"accept-{key}": "on" for key in chosen}, follow=True)
