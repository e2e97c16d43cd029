"""A visit on paper: its timetable and its report, the same words as on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.dates import day
from trellis.core.documents import Block, Document, Heading, KeyValues, NumberedList, Paragraph, TableBlock
from trellis.core.exports import Column
from trellis.review.rules.visit import SECTIONS
from trellis.review.visiting import version_words
from trellis.review.wording import wording_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from trellis.core.exports import Cell
    from trellis.review.models import Recommendation, ReportVersion, Visit
from trellis.review.visiting import Timetable

SUPPORT = "A visit is support between colleagues. It is not an inspection, and it gives no grade."


def timetable(visit: Visit, rows: Timetable, *, on: date) -> Document:
    """The timetable, to hang up."""
    columns = [
        Column("Begins", width=9),
        Column("Minutes", "number", width=9),
        Column("What", width=30),
        Column("Who", width=20),
        Column("Where", width=16),
        Column("What to look for", width=30),
    ]
    lines: list[list[Cell]] = [
        [row.clock, row.minutes, row.activity, row.who, row.room, row.look_for] for row in rows.rows
    ]
    blocks: list[Block] = [
        KeyValues([*_about(visit), ("In all", rows.total)]),
        TableBlock("Timetable", columns, lines, empty="No timetable yet."),
        Paragraph(SUPPORT),
    ]
    return _document(visit, "Timetable of a visit", blocks, on, landscape=True)


def report(visit: Visit, version: ReportVersion, recommendations: Sequence[Recommendation], *, on: date) -> Document:
    """The report in the version given."""
    newest = visit.versions.values_list("number", flat=True).first() or version.number
    called = version_words(version.number, newest, visit.status)
    blocks: list[Block] = [KeyValues([*_about(visit), ("Version", f"{called}, {day(version.at)}")])]
    for name, title in SECTIONS.items():
        text = getattr(version, name)
        if text:
            blocks += [Heading(title), Paragraph(text)]
        if name == "work_on" and recommendations:
            blocks += [Heading("Recommendations"), NumberedList([_said(each) for each in recommendations])]
    blocks.append(Paragraph(SUPPORT))
    return _document(visit, "Report of a visit", blocks, on)


def _said(recommendation: Recommendation) -> str:
    return f"{recommendation.what} ({recommendation.statement.code})"


def _about(visit: Visit) -> list[tuple[str, str]]:
    pairs = [("Visit", str(visit)), ("Review", f"{visit.round.period}, {wording_of(visit.round).framework.title}")]
    if visit.visit_on:
        pairs.append(("Day", day(visit.visit_on)))
    if visit.visitor_name:
        pairs.append(("Visitor", visit.visitor_name))
    return [*pairs, ("What for", visit.why)]


def _document(visit: Visit, title: str, blocks: list[Block], on: date, *, landscape: bool = False) -> Document:
    setting = visit.round.organisation.name
    return Document(
        title=title,
        subtitle=f"{setting}, {visit.round.period}",
        scope=setting,
        on=on,
        blocks=blocks,
        landscape=landscape,
    )
