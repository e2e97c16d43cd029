"""The full report: the shape, each statement with what was said of it, the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.documents import Block, Document, Figure, Heading, KeyValues, Paragraph, TableBlock
from trellis.core.exports import Column
from trellis.review.papers.plan import plan_table
from trellis.review.papers.shape import area_table, chart
from trellis.review.papers.words import (
    NOT_THE_OFFICIAL_FORM,
    paper,
    rating_words,
    standing_of,
    who_was_asked,
    with_the_law,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from trellis.core.exports import Cell
    from trellis.review.models import Action
    from trellis.review.papers.words import Asked
    from trellis.review.reading import AreaView, RoundView
    from trellis.review.voices import Voices


def in_full(
    view: RoundView,
    *,
    agreeing: str,
    people: Sequence[Asked],
    voices: Voices,
    plan: Sequence[Action],
    alone: bool,
    evidence: bool,
    on: date,
) -> Document:
    """Everything: the shape, each statement with its notes, the plan. Evidence only for those who may see it.

    `agreeing` is what was said when it was agreed.
    """
    blocks: list[Block] = [
        KeyValues(_about(view, agreeing)),
        Heading("The areas at a glance"),
        *_chart(view),
        area_table(view),
    ]
    if voices.parents:
        blocks += [Heading("What parents say"), _parents_table(voices)]
    for each in view.areas:
        blocks += [Heading(each.area.title), *_statements(each, voices, evidence=evidence)]
    blocks += [
        Heading("The plan"),
        plan_table(plan, alone=alone, on=on),
        Heading("Who was asked"),
        Paragraph(who_was_asked(people, alone=alone, heard=voices.asked)),
        Paragraph(f"{NOT_THE_OFFICIAL_FORM} {view.wording.framework.source}"),
    ]
    return paper(view, "SEND review in full", blocks, on)


def _parents_table(voices: Voices) -> TableBlock:
    """What parents said, in words for shares."""
    columns = [Column("Question", width=50), Column("Yes", width=20), Column("Not yet", width=20)]
    rows: list[list[Cell]] = [[each.text, each.yes, each.not_yet] for each in voices.parents]
    return TableBlock("Shares of all who replied", columns, rows, header_column=True)


def _chart(view: RoundView) -> list[Block]:
    drawn = chart(view)
    alt = "Radar chart of the areas; the table that follows says the same"
    return [Figure(drawn, alt, width=0.62)] if drawn else []


def _about(view: RoundView, agreeing: str) -> list[tuple[str, str]]:
    round = view.round
    pairs = [
        ("Period", round.period),
        ("Where it stands", standing_of(round)),
        ("How far", view.standing.talked_about),
    ]
    if agreeing:
        pairs.append(("Said at agreeing", agreeing))
    if round.reason:
        pairs.append(("Why now", round.reason))
    return [*pairs, ("Statements", f"{view.wording.framework.title}, edition {view.wording.framework.edition}")]


def _statements(each: AreaView, voices: Voices, *, evidence: bool) -> list[Block]:
    seen = [voice.seen for voice in voices.children_of_area(each.area.code)]
    blocks: list[Block] = [KeyValues([("Seen of children", "\n".join(seen))])] if seen else []
    for card in each.cards:
        blocks.append(Heading(with_the_law(card.statement), level=3))
        pairs = [("Rating", rating_words(card))]
        if card.rating.notes:
            pairs.append(("Notes", card.rating.notes))
        if evidence and card.evidence:
            pairs.append(("Evidence", "; ".join(_where(piece.title, piece.where_kept) for piece in card.evidence)))
        if card.actions:
            pairs.append(("Actions", "; ".join(action.what for action in card.actions)))
        elif card.rating.no_action_because:
            pairs.append(("No action, because", card.rating.no_action_because))
        pairs += voices.in_pairs(card.statement.code)
        blocks.append(KeyValues(pairs))
    return blocks


def _where(title: str, where_kept: str) -> str:
    return f"{title} ({where_kept})" if where_kept else title
