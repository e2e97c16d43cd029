"""The action plan on paper and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.documents import Document, TableBlock
from trellis.core.exports import Column, Table
from trellis.review.rules.plan import standing_on_paper

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from trellis.core.exports import Cell
    from trellis.review.models import Action


def plan_table(plan: Iterable[Action], *, alone: bool, on: date) -> TableBlock:
    """What the screen shows of the actions: what, who, due, where it stands, and by how much it is overdue."""
    who = [] if alone else [Column("Who", width=20)]
    columns = [
        Column("Code", width=11),
        Column("What", width=40),
        *who,
        Column("Due", "date", width=14),
        Column("Where it stands", width=14),
    ]
    rows: list[list[Cell]] = [
        [action.statement.code, action.what, *_who(action, alone), action.due_on, _stands(action, on)]
        for action in plan
    ]
    return TableBlock("Actions", columns, rows, empty="No actions yet.")


def plan_export(plan: Iterable[Action], *, title: str, scope: str, alone: bool, on: date) -> Table:
    """The actions with everything they say, for a spreadsheet."""
    who = [] if alone else [Column("Who", width=20)]
    columns = [
        Column("Code", width=11),
        Column("What", width=40),
        Column("Why", width=30),
        *who,
        Column("Start", "date", width=21),
        Column("Due", "date", width=21),
        Column("What it needs", width=24),
        Column("How we will know", width=30),
        Column("Where it stands", width=17),
        Column("What difference it made", width=30),
    ]
    rows: Iterable[list[Cell]] = (
        [
            action.statement.code,
            action.what,
            action.why,
            *_who(action, alone),
            action.start_on,
            action.due_on,
            action.resources,
            action.success,
            _stands(action, on),
            action.impact,
        ]
        for action in plan
    )
    return Table(title, scope, columns, rows)


def plan_document(plan: Iterable[Action], *, title: str, scope: str, alone: bool, on: date) -> Document:
    """The plan on paper, with everything the actions say."""
    table = plan_export(plan, title=title, scope=scope, alone=alone, on=on)
    block = TableBlock("Actions", table.columns, list(table.rows), empty="No actions here.")
    return Document(title=title, scope=scope, on=on, blocks=[block], landscape=True)


def _stands(action: Action, on: date) -> str:
    return standing_on_paper(action.get_status_display(), due_on=action.due_on, is_open=action.is_open, today=on)


def _who(action: Action, alone: bool) -> list[Cell]:
    return [] if alone else [action.owned_by or "Nobody yet"]
