"""Reading a Word form back: by the words beside the boxes, whatever became of the boxes themselves."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from docx.oxml.ns import qn

from trellis.review.rules.filled_form import plain
from trellis.review.takeaway.marks import found_in
from trellis.review.takeaway.shape import ACTION, CHOOSE, NEW_ACTION, PLAN_LABELS, STATEMENT_LABELS, CameBack

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_TABLES, MOST_ROWS, MOST_CELLS = 600, 200, 12
# What Word shows in a box in which nothing stands.
PROMPTS = {
    plain(CHOOSE),
    "choose an item.",
    "click or tap here to enter text.",
    "click or tap to enter a date.",
    "click here to enter text.",
    "click here to enter a date.",
}

Row = list[str]


def read_docx(file: IO[bytes]) -> CameBack:
    """What a Word file says. Raises whatever the library does about a damaged one."""
    import docx  # few requests need it

    body = docx.Document(file).element.body
    statements: list[dict[str, str]] = []
    plan: list[dict[str, str]] = []
    for number, table in enumerate(list(body.iter(qn("w:tbl")))[:MOST_TABLES], start=1):
        rows = [_cells(row) for row in list(table.iter(qn("w:tr")))[:MOST_ROWS]]
        said = _said_in(rows, f"table {number}")
        if said:
            statements.append(said[0])
            plan += said[1:]
    outside = "".join(text.text or "" for text in body.iter(qn("w:t")))
    return CameBack(found_in(outside), statements, plan)


def _said_in(rows: list[Row], where: str) -> list[dict[str, str]]:
    """What the table of a statement says: the statement first, then each action. Nothing when it is another table."""
    of_statement = {plain(words): name for name, words in STATEMENT_LABELS.items()}
    of_plan = {plain(words): name for name, words in PLAN_LABELS.items()}
    code = rows[0][0] if rows and rows[0] else ""
    said: list[dict[str, str]] = [{"code": code, "line": where}]
    known = False
    for label, value in _pairs(rows[1:]):
        if named := _number_of(label):
            said.append({"code": code, "line": where, "number": named[1], "what": value})
        elif label in of_plan and len(said) > 1:
            said[-1][of_plan[label]] = value
        elif label in of_statement:
            said[0][of_statement[label]] = value
            known = True
    planned = [each for each in said[1:] if any(each[name] for name in each if name not in ("code", "line", "number"))]
    return [said[0], *planned] if known or planned else []


def _pairs(rows: list[Row]) -> Iterator[tuple[str, str]]:
    """Each label with what stands beside it."""
    for row in rows:
        yield from ((plain(label), value) for label, value in zip(row[::2], row[1::2], strict=False))


def _number_of(label: str) -> tuple[str, str] | None:
    """That a row begins an action, with its number if it has one."""
    if label == plain(NEW_ACTION):
        return (label, "")
    beginning, _, number = label.partition(" ")
    return (label, number.upper()) if beginning == plain(ACTION) and number else None


def _cells(row: Any) -> Row:
    """The texts of the cells of a row; those of tables within are left out."""
    cells = [cell for cell in row.iter(qn("w:tc")) if _row_of(cell) is row]
    return [_text(cell) for cell in cells[:MOST_CELLS]]


def _row_of(element: Any) -> Any:
    return next(element.iterancestors(qn("w:tr")))


def _text(cell: Any) -> str:
    """What stands in a cell, with its line breaks; without prompts, and without what somebody struck out."""
    pieces: list[str] = []
    for element in cell.iter():
        if (element.tag == qn("w:p") and pieces) or element.tag in (qn("w:br"), qn("w:cr")):
            pieces.append("\n")
        elif element.tag == qn("w:tab"):
            pieces.append("\t")
        elif element.tag == qn("w:t"):
            pieces.append(element.text or "")
    text = "".join(pieces).strip()
    return "" if plain(text) in PROMPTS else text
