"""The ratings as a table, for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from trellis.core.exports import Column, Table
from trellis.review.models import RatingState, Work

if TYPE_CHECKING:
    from trellis.core.exports import Cell
    from trellis.review.reading import AreaView, Card, RoundView


def ratings_export(view: RoundView, *, scope: str) -> Table:
    """Every statement with its rating, for a spreadsheet."""
    columns = [
        Column("Area", width=28),
        Column("Code", width=8),
        Column("Statement", width=60),
        Column("The law asks for this", width=10),
        Column("Rating", width=20),
        Column("Not sure", width=10),
        Column("Reason", width=30),
        Column("Notes", width=40),
        Column("How far we have got", width=16),
        Column("Evidence", "number", width=10),
        Column("Actions", "number", width=10),
        Column("No action, because", width=30),
        Column("Changed", "date", width=14),
        Column("By", width=20),
    ]
    rows = (_row(each, card) for each in view.areas for card in each.cards)
    return Table("SEND review ratings", scope, columns, rows)


def _row(each: AreaView, card: Card) -> list[Cell]:
    rating = card.rating
    return [
        each.area.title,
        card.statement.code,
        card.statement.text,
        "Yes" if card.statement.statutory else "",
        card.level.label if card.level else RatingState(rating.state).label,
        "Yes" if rating.unsure else "",
        rating.reason,
        rating.notes,
        Work(rating.work).label,
        card.evidence_count,
        card.action_count,
        rating.no_action_because,
        timezone.localdate(rating.changed_at) if rating.changed_at else None,
        card.who,
    ]
