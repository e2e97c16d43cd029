"""What a page or a report knows of a round: statements, areas, the whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from trellis.core.rules.names import warnings_of
from trellis.review.forms.rating import answer_of
from trellis.review.rules.counts import Standing, share, standing
from trellis.review.rules.plan import NOTHING_TO_DO, strong_order, work_on_order

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from trellis.review import framework as files
    from trellis.review.forms import RatingForm
    from trellis.review.models import Action, Level, Rating, Round
    from trellis.review.wording import Wording


@dataclass(frozen=True, slots=True)
class Last:
    """What the review before said of a statement."""

    state: str
    unsure: bool
    level: files.Level | None


class Outline(NamedTuple):
    """A rating to be read, with what people wrote where it was asked for."""

    pk: UUID
    statement_id: UUID
    state: str
    level: Level | None
    unsure: bool
    no_action_because: str
    changed_at: datetime | None
    who: str | None
    reason: str = ""
    notes: str = ""
    work: str = ""


OUTLINE = ("pk", "statement_id", "state", "level_id", "unsure", "no_action_because", "changed_at", "changed_by__name")


class Planned(NamedTuple):
    """An action of a plan, as far as a round counts and asks about it."""

    pk: UUID
    statement_id: UUID
    what: str
    owned_by: str
    due_on: date | None
    is_open: bool
    owner_left: UUID | None = None
    """The owner, when that person belongs to the setting no more."""


class Piece(NamedTuple):
    """A piece of evidence as a statement names it."""

    pk: UUID
    title: str
    where_kept: str
    use: UUID | None = None
    taken_away_at: datetime | None = None
    taken_away_by: str = ""


@dataclass
class Card:
    """One statement of a round: its words, its rating, and what stands beside it."""

    statement: files.Statement
    rating: Any  # a Rating to work on, or an Outline to read
    level: files.Level | None
    who: str = ""
    last: Last | None = None
    evidence_count: int = 0
    action_count: int = 0
    evidence: list[Piece] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    form: RatingForm | None = None
    conflict: Rating | None = None
    typed: str = ""
    changed: bool = False
    reason: str = ""
    rank: int = NOTHING_TO_DO

    @property
    def said(self) -> dict[str, Any]:
        """The answer to show, by the names of the form’s fields: as it was typed, or else as it stands."""
        return answer_of(self.rating) if self.form is None else {field.name: field.value() for field in self.form}

    def warnings(self, today: date) -> dict[str, str]:
        """What to say beside the words that read as if one child were meant, by field; nothing when none do."""
        said = self.said
        found = warnings_of(str(said["notes"] or ""), str(said["reason"] or ""), today=today)
        return {name: sentence for name, sentence in found.items() if sentence}

    @property
    def is_strength(self) -> bool:
        """Whether this is something to be glad of."""
        return bool(self.level and self.level.is_strength)

    @property
    def needs_action(self) -> bool:
        """Whether development is wanted."""
        return bool(self.level and self.level.needs_action)


def _strong_order(card: Card) -> tuple[bool, int, bool]:
    position = card.level.position if card.level else 0
    return strong_order(statutory=card.statement.statutory, level=position, evidence=card.evidence_count)


def _work_on_order(card: Card) -> tuple[int, int, bool]:
    cared_for = bool(card.action_count or card.rating.no_action_because)
    return work_on_order(rank=card.rank, level=card.level.position if card.level else None, cared_for=cared_for)


@dataclass
class AreaView:
    """An area of a round with its cards."""

    area: files.Area
    cards: list[Card]

    @cached_property
    def standing(self) -> Standing:
        """How far the area has got."""
        return standing(card.rating.state for card in self.cards)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many statements stand at each level, by the level’s code."""
        found: dict[str, int] = {}
        for card in self.cards:
            if card.level:
                found[card.level.code] = found.get(card.level.code, 0) + 1
        return found

    def words(self, wording: Wording) -> str:
        """The counts in words, strongest first: “Secure 3, partly in place 1, does not apply 1”."""
        counted = [(self.counts.get(level.code, 0), level.label.lower()) for level in wording.levels]
        counted.append((self.standing.not_applicable, "does not apply"))
        words = ", ".join(f"{label} {count}" for count, label in counted if count)
        return words[:1].upper() + words[1:]


@dataclass
class RoundView:
    """A whole round, or a part of it."""

    round: Round
    wording: Wording
    areas: list[AreaView]
    plan: list[Action] = field(default_factory=list)
    planned: list[Planned] = field(default_factory=list)
    in_part: bool = False

    @cached_property
    def cards(self) -> list[Card]:
        """Every statement, in order."""
        return [card for area in self.areas for card in area.cards]

    @cached_property
    def standing(self) -> Standing:
        """How far the round has got."""
        return standing(card.rating.state for card in self.cards)

    @cached_property
    def strengths(self) -> list[Card]:
        """What is strong, the law first, then what there is evidence for."""
        return sorted((card for card in self.cards if card.is_strength and not card.rating.unsure), key=_strong_order)

    @cached_property
    def to_work_on(self) -> list[Card]:
        """What to work on, the law first, then the weakest, then what has no action yet; each with its reason."""
        return sorted((card for card in self.cards if card.rank < NOTHING_TO_DO), key=_work_on_order)

    @cached_property
    def without_action(self) -> list[Card]:
        """What needs development and has neither an action nor a reason for none."""
        return [
            card
            for card in self.to_work_on
            if card.needs_action and not card.action_count and not card.rating.no_action_because
        ]

    @cached_property
    def next_area(self) -> files.Area | None:
        """The first area with something not yet discussed."""
        return next((view.area for view in self.areas if view.standing.not_discussed), None)

    def shares(self) -> list[float | None]:
        """For the chart: how far along the scale each area is; never shown as a number."""
        return [
            share([card.level.position for card in view.cards if card.level], self.wording.highest)
            for view in self.areas
        ]

    def last_shares(self) -> list[float | None]:
        """The same for the last review, as far as it rated the same statements."""
        return [
            share(
                [card.last.level.position for card in view.cards if card.last and card.last.level], self.wording.highest
            )
            for view in self.areas
        ]
