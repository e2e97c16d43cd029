"""A round as pages and reports show it: read in a handful of queries, whatever its size."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from trellis.accounts.models import User
from trellis.accounts.roles import ROLE_PERMISSIONS, Permission
from trellis.organisations.models import Membership
from trellis.review.models import Action, EvidenceUse, PromptDismissal, Rating, RatingState
from trellis.review.rules.counts import Standing, share, standing
from trellis.review.rules.plan import NOTHING_TO_DO, priority
from trellis.review.rules.prompts import PlannedAction, Prompt, RatedStatement, prompts
from trellis.review.rules.versions import Difference, differences
from trellis.review.wording import levels_of, wording_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

    from trellis.accounts.acting import Acting
    from trellis.review import framework as files
    from trellis.review.forms import RatingForm
    from trellis.review.models import ActionChange, Evidence, EvidenceChange, Round
    from trellis.review.wording import Wording


@dataclass
class Card:
    """One statement of a round: its words, its rating, and what stands beside it."""

    statement: files.Statement
    rating: Rating
    level: files.Level | None
    last: Rating | None = None
    last_level: files.Level | None = None
    evidence_count: int = 0
    action_count: int = 0
    evidence: list[Evidence] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    form: RatingForm | None = None
    conflict: Rating | None = None
    typed: str = ""
    reason: str = ""
    rank: int = NOTHING_TO_DO

    @property
    def is_strength(self) -> bool:
        """Whether this is something to be glad of."""
        return bool(self.level and self.level.is_strength)

    @property
    def needs_action(self) -> bool:
        """Whether development is wanted."""
        return bool(self.level and self.level.needs_action)


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
        """The counts in words, strongest first: “Secure 3, partly in place 1”."""
        counted = [(self.counts.get(level.code, 0), level.label.lower()) for level in wording.levels]
        words = ", ".join(f"{label} {count}" for count, label in counted if count)
        return words[:1].upper() + words[1:]


@dataclass
class RoundView:
    """A whole round."""

    round: Round
    wording: Wording
    areas: list[AreaView]

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
        """What is strong."""
        return [card for card in self.cards if card.is_strength and not card.rating.unsure]

    @cached_property
    def to_work_on(self) -> list[Card]:
        """What to work on, the law first, each with its reason."""
        return sorted((card for card in self.cards if card.rank < NOTHING_TO_DO), key=lambda card: card.rank)

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
            share([card.last_level.position for card in view.cards if card.last_level], self.wording.highest)
            for view in self.areas
        ]


def view_round(round: Round, *, area: str = "", last: bool = True) -> RoundView:
    """Read a round, or one `area` of it by code: four queries (five when it follows another round).

    Without `last`, for a page that does not show what the last review said.
    """
    wording = wording_of(round)
    wanted = [each for each in wording.areas if not area or each.code == area]
    codes = {statement.code for each in wanted for statement in each.statements}
    ratings = Rating.objects.filter(round=round, statement__code__in=codes)
    known = _known(ratings.select_related("statement", "changed_by"), round)
    uses = Counter(EvidenceUse.objects.filter(rating__round=round).values_list("rating_id", flat=True))
    for rating in known.values():
        rating.evidence_count = uses[rating.pk]  # type: ignore[attr-defined]
    return RoundView(round, wording, _views(wanted, known, _last_ratings(round, codes) if last else {}, wording))


def outline_round(round: Round) -> RoundView:
    """Read how far a round has got and what has no action yet, without what people wrote: two queries."""
    wording = wording_of(round)
    ratings = Rating.objects.filter(round=round).only("statement", "state", "level", "unsure", "no_action_because")
    return RoundView(round, wording, _views(wording.areas, _known(ratings, round), {}, wording))


def _views(
    areas: Iterable[files.Area], ratings: dict[str, Rating], last: dict[str, Rating], wording: Wording
) -> list[AreaView]:
    """The areas, each with a card for every statement that the round has."""
    return [
        AreaView(
            area,
            [
                _card(statement, ratings[statement.code], last.get(statement.code), wording)
                for statement in area.statements
                if statement.code in ratings
            ],
        )
        for area in areas
    ]


def _known(ratings: QuerySet[Rating], round: Round) -> dict[str, Rating]:
    """The ratings by statement code, each with its round and its level, which are in memory, and its actions counted."""
    levels = {level.pk: level for level in levels_of(round).values()}
    actions = Counter(Action.objects.filter(rounds=round).values_list("statement_id", flat=True))
    found: dict[str, Rating] = {}
    for rating in ratings.annotate(code=F("statement__code")):
        rating.round = round
        rating.level = levels[rating.level_id] if rating.level_id else None
        rating.action_count = actions[rating.statement_id]  # type: ignore[attr-defined]
        found[rating.code] = rating
    return found


def _last_ratings(round: Round, codes: Iterable[str]) -> dict[str, Rating]:
    """What the round before said, by statement code, as far as it said anything; its level by the level’s code."""
    if round.previous_id is None:
        return {}
    found = Rating.objects.filter(round=round.previous_id, statement__code__in=codes)
    said = found.exclude(state=RatingState.NOT_DISCUSSED).only("state", "unsure")
    by_code = said.annotate(code=F("statement__code"), level_code=F("level__code"))
    return {rating.code: rating for rating in by_code}  # type: ignore[attr-defined]


def _card(statement: files.Statement, rating: Rating, last: Rating | None, wording: Wording) -> Card:
    level = wording.level[rating.level.code] if rating.level else None
    rank, reason = priority(
        statutory=statement.statutory,
        needs_action=bool(level and level.needs_action),
        is_strength=bool(level and level.is_strength),
        rated=level is not None,
        unsure=rating.unsure,
    )
    return Card(
        statement=statement,
        rating=rating,
        level=level,
        last=last,
        last_level=wording.level.get(last.level_code) if last else None,  # type: ignore[attr-defined]
        evidence_count=getattr(rating, "evidence_count", 0),
        action_count=rating.action_count,  # type: ignore[attr-defined]
        rank=rank,
        reason=reason,
    )


def with_evidence_and_actions(view: RoundView, *, evidence: bool) -> RoundView:
    """Read the pieces of evidence (if the person may see them) and the actions of each statement: two queries."""
    by_rating = {card.rating.pk: card for card in view.cards}
    by_statement = {card.rating.statement_id: card for card in view.cards}
    if evidence:
        for use in EvidenceUse.objects.filter(rating__in=by_rating).select_related("evidence").order_by("at"):
            by_rating[use.rating_id].evidence.append(use.evidence)
    actions = Action.objects.filter(rounds=view.round, statement__in=by_statement).select_related("owner", "statement")
    for action in actions.soonest_first():
        by_statement[action.statement_id].actions.append(action)
    return view


def prompts_for(view: RoundView, *, today: date, alone: bool) -> list[Prompt]:
    """The quality prompts of a round that nobody has dismissed yet: two queries."""
    dismissed = set(PromptDismissal.objects.filter(round=view.round).values_list("prompt", "subject"))
    actions = Action.objects.filter(rounds=view.round).open().select_related("owner").soonest_first()
    found = prompts(
        statements=[_rated(card, view) for card in view.cards if card.level],
        actions=[PlannedAction(str(each.pk), each.what, each.owned_by, each.due_on) for each in actions],
        area_sizes={each.area.code: len(each.cards) for each in view.areas},
        area_titles={each.area.code: each.area.title for each in view.areas},
        started_on=timezone.localdate(view.round.started_at),
        today=today,
        alone=alone,
    )
    return [prompt for prompt in found if (prompt.kind, prompt.subject) not in dismissed]


def _rated(card: Card, view: RoundView) -> RatedStatement:
    rating = card.rating
    return RatedStatement(
        code=card.statement.code,
        text=card.statement.text,
        area=view.wording.area_of[card.statement.code].code,
        is_strength=card.is_strength,
        evidence=card.evidence_count,
        rated_by=rating.changed_by.name if rating.changed_by else "",
        rated_on=timezone.localdate(rating.changed_at) if rating.changed_at else None,
    )


@dataclass(frozen=True)
class Change:
    """What somebody changed, and when."""

    by: User
    at: datetime
    differences: list[Difference]


def earlier_versions(changes: Iterable[ActionChange | EvidenceChange]) -> list[Change]:
    """What each version changed of the one before, the newest first; nothing of the first. One query."""
    newest_first = list(changes)
    return [
        Change(after.by, after.at, differences(before.words, after.words)) for after, before in pairwise(newest_first)
    ]


def colleagues_of(acting: Acting) -> QuerySet[User]:
    """The people of the organisation who see its reviews, by name: whom a page can offer as owner or companion."""
    roles = [role for role, allowed in ROLE_PERMISSIONS.items() if Permission.SEE_REVIEW in allowed]
    members = Membership.objects.visible_to(acting).live().filter(role__in=roles)
    return User.objects.filter(pk__in=members.values("user")).order_by("name")
