"""The pieces of evidence as a table, for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from trellis.core.exports import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trellis.core.exports import Cell
    from trellis.review.models import Evidence


def evidence_export(pieces: Iterable[Evidence], *, title: str, scope: str) -> Table:
    """The pieces of evidence, for a spreadsheet. `pieces` come `with_use_count()`."""
    columns = [
        Column("What", width=40),
        Column("Where it is kept", width=40),
        Column("Look at it again", "date", width=14),
        Column("Statements", "number", width=12),
        Column("Added", "date", width=14),
        Column("By", width=20),
    ]
    rows: Iterable[list[Cell]] = (
        [
            piece.title,
            piece.where_kept,
            piece.look_again_on,
            piece.use_count,  # type: ignore[attr-defined]
            timezone.localdate(piece.added_at),
            piece.added_by.name,
        ]
        for piece in pieces
    )
    return Table(title, scope, columns, rows)
