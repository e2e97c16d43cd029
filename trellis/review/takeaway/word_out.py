"""The form as a Word file: a table for each statement, with boxes to fill in, and a hidden line by which it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.documents import Bullets, Callout, Document, docx_bytes
from trellis.core.documents.word_elements import lines, made
from trellis.core.documents.word_fields import day_field, drop_down, fill_in_table, hidden_text, text_field, tick_box
from trellis.review.papers.words import NOT_THE_OFFICIAL_FORM
from trellis.review.takeaway.making import shown
from trellis.review.takeaway.marks import written
from trellis.review.takeaway.shape import ACTION, CHOOSE, HOW_TO, NEW_ACTION, PLAN_LABELS, STATEMENT_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from docx.oxml.xmlchemy import BaseOxmlElement

    from trellis.review.takeaway.shape import FormToFill, PlanEntry, StatementEntry

WIDTHS = (38, 62, 28, 42)  # millimetres
Row = list[tuple["str | BaseOxmlElement", int]]


def form_docx(form: FormToFill, on: date) -> bytes:
    """The form as a Word file."""
    document = Document(
        title=form.title,
        subtitle=f"{form.setting}, {form.period}",
        scope=form.setting,
        on=on,
        blocks=[
            Callout(HOW_TO, "Fill in, save, and read it back in"),
            Bullets(list(form.meanings)),
        ],
    )
    return docx_bytes(document, after=_elements(form))


def _elements(form: FormToFill) -> Iterator[BaseOxmlElement]:
    """The areas with their tables; then by what the form is known."""
    area = ""
    for entry in form.statements:
        if entry.area != area:
            area = entry.area
            yield _paragraph("Heading2", form.areas[area])
        yield _table(form, entry)
        yield _paragraph("Afteratable", "")
    yield _paragraph("Normal", f"{NOT_THE_OFFICIAL_FORM} {form.source}")
    yield hidden_text(written(form.mark))


def _paragraph(style: str, text: str) -> BaseOxmlElement:
    return made("w:p", made("w:pPr", made("w:pStyle", val=style)), made("w:r", *lines(text)))


def _table(form: FormToFill, entry: StatementEntry) -> BaseOxmlElement:
    """A statement with its rating and its actions."""
    law = " (the law asks for this)" if entry.statutory else ""
    label, code = STATEMENT_LABELS, entry.code
    chosen = entry.choice
    rows: list[Row] = [
        [(code, 1), (f"{entry.text}{law}", 3)],
        [
            (label["choice"], 1),
            (drop_down(title=f"{code} {label['choice']}", options=form.choices, chosen=chosen, prompt=CHOOSE), 1),
            (label["unsure"], 1),
            (tick_box(title=f"{code} {label['unsure']}", ticked=entry.unsure), 1),
        ],
        [(label["reason"], 1), (text_field(title=f"{code} {label['reason']}", text=entry.reason), 3)],
        [(label["notes"], 1), (text_field(title=f"{code} {label['notes']}", text=entry.notes), 3)],
    ]
    for planned in form.plan:
        if planned.code == code:
            rows += _action_rows(planned, alone=form.alone)
    return fill_in_table(f"{code} {entry.text}", rows, WIDTHS)


def _action_rows(planned: PlanEntry, *, alone: bool) -> list[Row]:
    """An action, or room for one."""
    named = f"{ACTION} {planned.number}" if planned.number else NEW_ACTION
    said = {name: shown(planned.values.get(name) or "") for name in PLAN_LABELS}
    title = f"{planned.code} {named}: "

    def wide(name: str, label: str = "") -> Row:
        words = label or PLAN_LABELS[name]
        return [(words, 1), (text_field(title=title + PLAN_LABELS[name], text=said[name]), 3)]

    def beside(name: str) -> Row:
        field = day_field if name in ("start_on", "due_on") else text_field
        return [(PLAN_LABELS[name], 1), (field(title=title + PLAN_LABELS[name], text=said[name]), 1)]

    who = [wide("who")] if not alone else []
    dates = [*beside("start_on"), *beside("due_on")]
    return [wide("what", named), wide("why"), *who, dates, wide("resources"), wide("success")]
