"""The one-page report: what is strong, what to work on, the plan, who was asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from trellis.core.documents import Block, Bullets, Document, Heading, Paragraph
from trellis.core.documents.room import fits_one_page
from trellis.review.papers.plan import plan_table
from trellis.review.papers.words import NOT_THE_OFFICIAL_FORM, paper, said, standing_of, who_was_asked, with_the_law
from trellis.review.rules.plan import STRONG_IN_THIS_ORDER, WORK_ON_IN_THIS_ORDER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from trellis.review.models import Action
    from trellis.review.papers.words import Asked
    from trellis.review.reading import RoundView

MOST_ON_ONE_PAGE = 4


@dataclass
class OnePage:
    """What a one-page report is made of, on the screen and on paper. `agreeing` was said when it was agreed."""

    view: RoundView
    agreeing: str
    people: Sequence[Asked]
    heard: str
    plan: Sequence[Action]
    alone: bool
    on: date

    @cached_property
    def most(self) -> int:
        """How many of each list it shows: fewer where what they say is so long that it would take a second page."""
        return next((most for most in range(MOST_ON_ONE_PAGE, 1, -1) if fits_one_page(self._with(most))), 1)

    @property
    def asked(self) -> str:
        """Who was asked."""
        return who_was_asked(self.people, alone=self.alone, heard=self.heard, most=MOST_ON_ONE_PAGE)

    @property
    def paper(self) -> Document:
        """Where it stands, what is strong, what to work on, the plan, who was asked."""
        return self._with(self.most)

    def _with(self, most: int) -> Document:
        view = self.view
        blocks: list[Block] = [
            Paragraph(f"{standing_of(view.round)}. {view.standing.talked_about}."),
            *([Paragraph(f"Said when it was agreed: {self.agreeing}")] if self.agreeing else []),
            Heading("What is strong"),
            *_strong(view, most),
            Heading("What to work on"),
            *_to_work_on(view, most),
            Heading("The plan"),
            *_plan_on_one_page(self.plan, most, alone=self.alone, on=self.on),
            Heading("Who was asked"),
            Paragraph(self.asked),
            Paragraph(NOT_THE_OFFICIAL_FORM),
        ]
        return paper(view, "SEND review", blocks, self.on)


def _strong(view: RoundView, most: int) -> list[Block]:
    said_of = [with_the_law(card.statement) for card in view.strengths]
    return [*_in_order(said_of, STRONG_IN_THIS_ORDER), _bulleted(said_of, most, "Nothing is rated a strength yet.")]


def _to_work_on(view: RoundView, most: int) -> list[Block]:
    said_of = [f"{said(card)} ({card.reason})" for card in view.to_work_on]
    return [*_in_order(said_of, WORK_ON_IN_THIS_ORDER), _bulleted(said_of, most, "Nothing so far.")]


def first_of_the_plan(plan: Sequence[Action], most: int = MOST_ON_ONE_PAGE) -> list[Action]:
    """What one page has room for: what is open, the soonest first, before what is closed."""
    return sorted(plan, key=lambda action: not action.is_open)[:most]


def _plan_on_one_page(plan: Sequence[Action], most: int, *, alone: bool, on: date) -> list[Block]:
    shown = first_of_the_plan(plan, most)
    more = len(plan) - len(shown)
    table = plan_table(shown, alone=alone, on=on)
    return [table, Paragraph(f"And {more} more in the full report.")] if more else [table]


def _in_order(said_of: Sequence[str], words: str) -> list[Block]:
    """In which order they stand, where there is one."""
    return [Paragraph(words)] if len(said_of) > 1 else []


def _bulleted(said_of: Sequence[str], most: int, nothing: str) -> Block:
    """The first few, and how many more there are in the full report."""
    if not said_of:
        return Paragraph(nothing)
    more = len(said_of) - most
    return Bullets([*said_of[:most], *([f"and {more} more in the full report"] if more > 0 else [])])
