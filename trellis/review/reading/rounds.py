"""A round as pages and reports show it: read in a handful of queries, whatever its size."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from trellis.accounts.models import User
from trellis.accounts.roles import ROLE_PERMISSIONS, Permission
from trellis.organisations.models import Membership
from trellis.review.models import Action, EvidenceUse, PromptDismissal, Rating, RatingState, RoundStatus
from trellis.review.reading.shapes import OUTLINE, AreaView, Card, Last, Outline, Piece, RoundView
from trellis.review.rules.plan import priority
from trellis.review.rules.prompts import PlannedAction, Prompt, RatedStatement, prompts
from trellis.review.wording import levels_of, statements_of, wording_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from trellis.accounts.acting import Acting
    from trellis.review import framework as files
    from trellis.review.models import Round
    from trellis.review.wording import Wording


def view_area(round: Round, area: files.Area, *, codes: Collection[str] | None = None) -> RoundView:
    """Read an area of a round, or some of its statements, to work on: two queries when it follows another round."""
    wording, statements = wording_of(round), statements_of(round)
    levels = {level.pk: level for level in levels_of(round).values()}
    wanted = {statement.code for statement in area.statements} if codes is None else codes
    keys = [pk for pk, statement in statements.items() if statement.code in wanted]
    known: dict[str, Rating] = {}
    for rating in Rating.objects.filter(round=round, statement__in=keys).annotate(who=F("changed_by__name")):
        rating.round, rating.statement = round, statements[rating.statement_id]
        rating.level = levels[rating.level_id] if rating.level_id else None
        known[rating.statement.code] = rating
    return RoundView(round, wording, _views([area], known, _last_ratings(round, wording), wording))


def outline_round(round: Round) -> RoundView:
    """Read how far a round has got, without what people wrote: one query."""
    wording = wording_of(round)
    return RoundView(round, wording, _views(wording.areas, _outlines(round, OUTLINE), {}, wording))


def read_round(round: Round) -> RoundView:
    """Read all that a round says of its statements: two queries when it follows another round."""
    wording = wording_of(round)
    known, last = _outlines(round, (*OUTLINE, "reason", "notes", "work")), _last_ratings(round, wording)
    return RoundView(round, wording, _views(wording.areas, known, last, wording))


def _outlines(round: Round, columns: Sequence[str]) -> dict[str, Outline]:
    """The ratings of a round by statement code."""
    statements = statements_of(round)
    levels = {level.pk: level for level in levels_of(round).values()}
    rows = Rating.objects.filter(round=round).values_list(*columns)
    return {
        statements[statement].code: Outline(pk, statement, state, levels.get(level), *rest)
        for pk, statement, state, level, *rest in rows
    }


def _views(
    areas: Iterable[files.Area], ratings: Mapping[str, Rating | Outline], last: dict[str, Last], wording: Wording
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


def _last_ratings(round: Round, wording: Wording) -> dict[str, Last]:
    """What the round before said, by statement code, as far as it said anything."""
    if round.previous_id is None:
        return {}
    said = Rating.objects.filter(round=round.previous_id).exclude(state=RatingState.NOT_DISCUSSED)
    return {
        code: Last(state, unsure, wording.level.get(level))
        for code, state, unsure, level in said.values_list("statement__code", "state", "unsure", "level__code")
    }


def _card(statement: files.Statement, rating: Rating | Outline, last: Last | None, wording: Wording) -> Card:
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
        who=rating.who or "",  # type: ignore[union-attr]
        last=last,
        rank=rank,
        reason=reason,
    )


def with_counts(view: RoundView) -> RoundView:
    """Count the pieces of evidence and the actions of each statement: two queries."""
    return with_action_count(with_evidence_count(view))


def with_action_count(view: RoundView) -> RoundView:
    """Count the actions of each statement: one query."""
    actions = Counter(Action.objects.filter(rounds=view.round).values_list("statement_id", flat=True))
    for card in view.cards:
        card.action_count = actions[card.rating.statement_id]
    return view


def with_evidence_count(view: RoundView) -> RoundView:
    """Count the pieces of evidence of each statement: one query."""
    uses = Counter(EvidenceUse.objects.standing().filter(rating__round=view.round).values_list("rating_id", flat=True))
    for card in view.cards:
        card.evidence_count = uses[card.rating.pk]
    return view


def with_evidence(view: RoundView) -> RoundView:
    """Read the pieces of evidence of each statement, for those who may see them: one query."""
    by_rating = {card.rating.pk: card for card in view.cards}
    uses = EvidenceUse.objects.standing().filter(rating__round=view.round).order_by("at")
    for rating, *piece in uses.values_list("rating_id", "evidence_id", "evidence__title", "evidence__where_kept", "pk"):
        if rating in by_rating:
            by_rating[rating].evidence.append(Piece(*piece))
            by_rating[rating].evidence_count += 1
    return view


def with_plan(view: RoundView) -> RoundView:
    """Read the plan of the round, the soonest first, and what each statement has of it: one query."""
    by_statement = {card.rating.statement_id: card for card in view.cards}
    statements = statements_of(view.round)
    view.plan = list(Action.objects.filter(rounds=view.round).for_a_plan().soonest_first())
    for action in view.plan:
        action.statement = statements[action.statement_id]
        if action.statement_id in by_statement:
            by_statement[action.statement_id].actions.append(action)
            by_statement[action.statement_id].action_count += 1
    return view


def said_at_agreeing(round: Round) -> str:
    """The comment that was given when the round was agreed; nothing when there is none: one query if it was agreed."""
    if round.agreed_at is None:
        return ""
    steps = round.steps.filter(to_status=RoundStatus.AGREED).order_by("-at")
    return steps.values_list("note", flat=True).first() or ""


def prompts_for(view: RoundView, *, today: date, alone: bool) -> list[Prompt]:
    """The quality prompts of a round that nobody has dismissed yet: two queries."""
    dismissed = set(PromptDismissal.objects.filter(round=view.round).values_list("prompt", "subject"))
    actions = Action.objects.filter(rounds=view.round).open().soonest_first()
    planned = actions.values_list("pk", "what", "owner__name", "owner_name", "due_on")
    found = prompts(
        statements=[_rated(card, view) for card in view.cards if card.level],
        actions=[PlannedAction(str(pk), what, owner or named, due) for pk, what, owner, named, due in planned],
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
        rated_by=card.who,
        rated_on=timezone.localdate(rating.changed_at) if rating.changed_at else None,
    )


def colleagues_of(acting: Acting) -> QuerySet[User]:
    """The people of the organisation who see its reviews, by name: whom a page can offer as owner or companion."""
    roles = [role for role, allowed in ROLE_PERMISSIONS.items() if Permission.SEE_REVIEW in allowed]
    members = Membership.objects.visible_to(acting).live().filter(role__in=roles)
    return User.objects.filter(pk__in=members.values("user")).order_by("name")
