"""The one-page report: what is strong, what to work on, the plan, who was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.documents import Block, Bullets, Document, Heading, Paragraph
from trellis.review.papers.plan import plan_table
from trellis.review.papers.words import NOT_THE_OFFICIAL_FORM, paper, said, standing_of, who_was_asked, with_the_law
from trellis.review.rules.plan import STRONG_IN_THIS_ORDER, WORK_ON_IN_THIS_ORDER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from trellis.review.models import Action, RoundPerson
    from trellis.review.reading import Card, RoundView
    from trellis.review.voices import Voices

MOST_ON_ONE_PAGE = 4


def one_page(
    view: RoundView,
    *,
    agreeing: str,
    people: Sequence[RoundPerson],
    voices: Voices,
    plan: Sequence[Action],
    alone: bool,
    on: date,
) -> Document:
    """Where it stands, what is strong, what to work on, the plan, who was asked. `agreeing` was said at agreeing."""
    blocks: list[Block] = [
        Paragraph(f"{standing_of(view.round)}. {view.standing.talked_about}."),
        *([Paragraph(f"Said when it was agreed: {agreeing}")] if agreeing else []),
        Heading("What is strong"),
        *_in_order(view.strengths, STRONG_IN_THIS_ORDER),
        _bulleted([with_the_law(card.statement) for card in view.strengths], "Nothing is rated a strength yet."),
        Heading("What to work on"),
        *_in_order(view.to_work_on, WORK_ON_IN_THIS_ORDER),
        _bulleted([f"{said(card)} ({card.reason})" for card in view.to_work_on], "Nothing so far."),
        Heading("The plan"),
        *_plan_on_one_page(plan, alone=alone, on=on),
        Heading("Who was asked"),
        Paragraph(who_was_asked(people, alone=alone, voices=voices, most=MOST_ON_ONE_PAGE)),
        Paragraph(NOT_THE_OFFICIAL_FORM),
    ]
    return paper(view, "SEND review", blocks, on)


def first_of_the_plan(plan: Sequence[Action]) -> list[Action]:
    """What one page has room for: what is open, the soonest first, before what is closed."""
    return sorted(plan, key=lambda action: not action.is_open)[:MOST_ON_ONE_PAGE]


def _plan_on_one_page(plan: Sequence[Action], *, alone: bool, on: date) -> list[Block]:
    shown = first_of_the_plan(plan)
    more = len(plan) - len(shown)
    table = plan_table(shown, alone=alone, on=on)
    return [table, Paragraph(f"And {more} more in the full report.")] if more else [table]


def _in_order(cards: Sequence[Card], words: str) -> list[Block]:
    """In which order they stand, where there is one."""
    return [Paragraph(words)] if len(cards) > 1 else []


def _bulleted(said: Sequence[str], nothing: str) -> Block:
    """The first few, and how many more there are in the full report."""
    if not said:
        return Paragraph(nothing)
    more = len(said) - MOST_ON_ONE_PAGE
    return Bullets([*said[:MOST_ON_ONE_PAGE], *([f"and {more} more in the full report"] if more > 0 else [])])
