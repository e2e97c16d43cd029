"""A round as pages and reports show it: read in a handful of queries, whatever its size."""

from trellis.review.reading.rounds import (
    colleagues_of,
    outline_round,
    outline_rounds,
    prompts_for,
    read_round,
    view_area,
    with_action_count,
    with_counts,
    with_evidence,
    with_evidence_count,
    with_plan,
    with_planned,
)
from trellis.review.reading.shapes import AreaView, Card, Outline, Piece, RoundView
from trellis.review.reading.versions import earlier_versions

__all__ = [
    "AreaView",
    "Card",
    "Outline",
    "Piece",
    "RoundView",
    "colleagues_of",
    "earlier_versions",
    "outline_round",
    "outline_rounds",
    "prompts_for",
    "read_round",
    "view_area",
    "with_action_count",
    "with_counts",
    "with_evidence",
    "with_evidence_count",
    "with_plan",
    "with_planned",
]
