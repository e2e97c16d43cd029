"""How long an authority’s answers take, as a table for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.exports import Column, Table
from trellis.core.topics import LABELS, Topic

if TYPE_CHECKING:
    from datetime import date

    from trellis.core.exports import Cell
    from trellis.review.rules.help import HelpFigures, Wait


def help_figures_export(found: HelpFigures, *, scope: str, since: date) -> Table:
    """What the page of the figures says: how many, how long, and about what. It compares no settings."""
    columns = [
        Column("What", width=40),
        Column("Requests", "number", width=12),
        Column("Days, the middle one", "number", width=14),
        Column("Days, the longest", "number", width=14),
        Column("Since", "date", width=14),
    ]
    rows: list[list[Cell]] = [
        ["Asked", found.asked, None, None, since],
        ["Wait for a first answer", found.waiting, None, found.longest_waiting, since],
        ["To the first answer", *_waited(found.first_answer), since],
        ["To the end", *_waited(found.closing), since],
    ]
    rows += [[f"About: {LABELS[Topic(topic)]}", count, None, None, since] for topic, count in found.topics]
    return Table("How long our answers take", scope, columns, rows)


def _waited(wait: Wait) -> list[Cell]:
    return [wait.number, wait.middle, wait.longest]
