"""Two reviews side by side, and all of them over the years: read in a handful of queries, whatever their size."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from trellis.review.models import Action, ActionStatus, AreaTarget, Round
from trellis.review.reading import outline_round, outline_rounds
from trellis.review.rules.comparing import NEW, Change, change, towards

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trellis.review import framework as files
    from trellis.review.reading import AreaView, Card, Outline, RoundView
    from trellis.review.wording import Wording

ROUNDS_OVER_THE_YEARS = 6


@dataclass(frozen=True)
class Target:
    """What is aimed for in an area: the level, and how far the area is."""

    level: files.Level
    words: str


class Impact(NamedTuple):
    """What was done because of a statement, and what came of it."""

    what: str
    impact: str


@dataclass
class Compared:
    """One statement in two reviews."""

    statement: files.Statement
    now: Outline
    level_now: files.Level | None
    change: Change
    then: Outline | None = None
    level_then: files.Level | None = None
    text_then: str = ""
    impacts: list[Impact] = field(default_factory=list)

    @property
    def reworded(self) -> bool:
        """Whether the statement said something else then."""
        return bool(self.text_then) and self.text_then != self.statement.text


@dataclass
class ComparedArea:
    """An area of the later review, its statements beside what the earlier one said, and what was aimed for."""

    area: files.Area
    statements: list[Compared]
    target: Target | None = None

    @property
    def words(self) -> str:
        """What changed, in numbers of statements: “2 stronger, 3 as they were”."""
        named = {"stronger": "stronger", "same": "as they were", "weaker": "less strong", "new": "new"}
        counts = {kind: sum(each.change.kind == kind for each in self.statements) for kind in named}
        said = ", ".join(f"{count} {named[kind]}" for kind, count in counts.items() if count)
        return said[:1].upper() + said[1:] if said else "Nothing to compare yet"


@dataclass
class Comparison:
    """A later and an earlier review, and what the earlier one had that the later has not."""

    now: Round
    then: Round
    areas: list[ComparedArea]
    gone: list[Card]


def compare(now: Round, then: Round) -> Comparison:
    """Lay an earlier review beside a later one, statement by statement: four queries, whatever their size."""
    later, earlier = outline_rounds(now, then)
    before = {card.statement.code: card for card in earlier.cards}
    impacts, aims = _impacts(now, then), targets_of(then, later)
    same_scale = [level.code for level in later.wording.levels] == [level.code for level in earlier.wording.levels]
    areas = [
        ComparedArea(
            each.area,
            [_compared(card, before.get(card.statement.code), impacts, same_scale=same_scale) for card in each.cards],
            aims.get(each.area.code),
        )
        for each in later.areas
    ]
    kept = {card.statement.code for card in later.cards}
    return Comparison(now, then, areas, [card for card in earlier.cards if card.statement.code not in kept])


def _compared(card: Card, then: Card | None, impacts: dict[str, list[Impact]], *, same_scale: bool) -> Compared:
    found = Compared(card.statement, card.rating, card.level, NEW, impacts=impacts[card.statement.code])
    if then is not None:
        found.then, found.level_then, found.text_then = then.rating, then.level, then.statement.text
        found.change = change(then=_position(then.level), now=_position(card.level), same_scale=same_scale)
    return found


def _position(level: files.Level | None) -> int | None:
    return level.position if level else None


def _impacts(now: Round, then: Round) -> dict[str, list[Impact]]:
    """What was done between the two, with what came of it, by the code of its statement."""
    between = Q(closed_at__gt=then.started_at)
    if now.agreed_at:
        between &= Q(closed_at__lte=now.agreed_at)
    same = Action.objects.filter(organisation_id=now.organisation_id, statement__framework__key=now.framework.key)
    done = same.filter(between, status=ActionStatus.DONE).order_by("closed_at", "pk")
    found: dict[str, list[Impact]] = defaultdict(list)
    for code, *said in done.values_list("statement__code", "what", "impact"):
        found[code].append(Impact(*said))
    return found


def targets_of(round: Round, view: RoundView) -> dict[str, Target]:
    """What a round aims for, by the code of the area, measured on how `view` stands: one query."""
    aims = newest_targets(round)
    found = {each.area.code: _target(aims.get(each.area.code), each, view.wording) for each in view.areas}
    return {code: target for code, target in found.items() if target}


def newest_targets(round: Round) -> dict[str, str]:
    """The code of the level aimed for in each area that has an aim, by the code of the area: one query."""
    rows = AreaTarget.objects.filter(round=round).order_by("number").values_list("area", "level__code")
    return {area: code for area, code in dict(rows).items() if code}


def _target(code: str | None, each: AreaView, wording: Wording) -> Target | None:
    level = wording.level.get(code) if code else None
    if level is None:
        return None
    positions = [card.level.position for card in each.cards if card.level]
    return Target(level, towards(target=level.position, positions=positions))


@dataclass
class Years:
    """A setting’s agreed reviews by one framework, the oldest first, and what was done meanwhile."""

    views: list[RoundView]
    done: list[Action]

    @property
    def areas(self) -> list[tuple[files.Area, list[AreaView | None]]]:
        """Each area of the newest review, with how it stood in each; None where a review had no such area."""
        by_code = [{each.area.code: each for each in view.areas} for view in self.views]
        return [(each.area, [areas.get(each.area.code) for areas in by_code]) for each in self.views[-1].areas]


def over_the_years(rounds: Iterable[Round]) -> Years:
    """The newest agreed reviews by the framework of the newest, up to `ROUNDS_OVER_THE_YEARS`, the oldest first.

    `rounds` come newest first and with their wording. Two queries a review, and one for what was done.
    """
    agreed = list(rounds)
    same = [each for each in agreed if each.framework.key == agreed[0].framework.key][:ROUNDS_OVER_THE_YEARS]
    views = [outline_round(each) for each in reversed(same)]
    done: list[Action] = []
    if views:
        first = views[0].round
        found = Action.objects.filter(organisation_id=first.organisation_id, status=ActionStatus.DONE)
        found = found.filter(statement__framework__key=first.framework.key, closed_at__gt=first.started_at)
        done = list(found.select_related("statement").order_by("-closed_at", "pk")[:12])
    return Years(views, done)
