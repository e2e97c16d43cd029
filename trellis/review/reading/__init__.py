"""A round as pages and reports show it: read in a handful of queries, whatever its size."""

from trellis.review.reading.rounds import (
    colleagues_of,
    left_behind,
    outline_round,
    outline_rounds,
    planned_of,
    prompts_for,
    read_round,
    said_at_agreeing,
    view_area,
    with_action_count,
    with_all_evidence,
    with_counts,
    with_evidence,
    with_evidence_count,
    with_plan,
    with_planned,
)
from trellis.review.reading.shapes import AreaView, Card, Outline, Piece, RoundView
from trellis.review.reading.versions import earlier_versions, meanwhile
from trellis.review.reading.words import page_of, where_names_stand, words_to_take_out

__all__ = [
    "AreaView",
    "Card",
    "Outline",
    "Piece",
    "RoundView",
    "colleagues_of",
    "earlier_versions",
    "left_behind",
    "meanwhile",
    "outline_round",
    "outline_rounds",
    "page_of",
    "planned_of",
    "prompts_for",
    "read_round",
    "said_at_agreeing",
    "view_area",
    "where_names_stand",
    "with_action_count",
    "with_all_evidence",
    "with_counts",
    "with_evidence",
    "with_evidence_count",
    "with_plan",
    "with_planned",
    "words_to_take_out",
]
