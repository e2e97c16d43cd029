"""A round as pages and reports show it: read in a handful of queries, whatever its size."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone

from trellis.accounts.models import User
from trellis.accounts.roles import ROLE_PERMISSIONS, Permission
from trellis.organisations.models import Membership
from trellis.review.models import Action, EvidenceUse, PromptDismissal, Rating, RatingState, RoundStatus
from trellis.review.models.plan import STILL_OPEN
from trellis.review.reading.shapes import OUTLINE, AreaView, Card, Last, Outline, Piece, Planned, RoundView
from trellis.review.rules.plan import priority
from trellis.review.rules.prompts import PlannedAction, Prompt, RatedStatement, SetAside, belong_to_who_left, prompts
from trellis.review.wording import levels_of, statements_behind, statements_of, wording_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from trellis.accounts.acting import Acting
    from trellis.review import framework as files
    from trellis.review.models import Round
    from trellis.review.wording import Wording


SAID = ("reason", "notes", "work")
PIECE = ("evidence_id", "evidence__title", "evidence__where_kept", "pk")
taken_away_at = attrgetter("taken_away_at")


def view_area(round: Round, area: files.Area, *, codes: Collection[str] | None = None, last: bool = True) -> RoundView:
    """Read an area of a round, or some of its statements, to work on: two queries when it follows another round.

    Without `last`, what that round said is left out.
    """
    wording, statements = wording_of(round), statements_of(round)
    levels = {level.pk: level for level in levels_of(round).values()}
    wanted = {statement.code for statement in area.statements} if codes is None else codes
    keys = [pk for pk, statement in statements.items() if statement.code in wanted]
    known: dict[str, Rating] = {}
    for rating in Rating.objects.filter(round=round, statement__in=keys).annotate(who=F("changed_by__name")):
        rating.round, rating.statement = round, statements[rating.statement_id]
        rating.level = levels[rating.level_id] if rating.level_id else None
        known[rating.statement.code] = rating
    said = _last_ratings(round, wording, wanted) if last else {}
    return RoundView(round, wording, _views([area], known, said, wording), in_part=True)


def outline_round(round: Round) -> RoundView:
    """Read how far a round has got, without what people wrote: one query."""
    wording = wording_of(round)
    return RoundView(round, wording, _views(wording.areas, _outlines(round, OUTLINE), {}, wording))


def outline_rounds(*rounds: Round) -> list[RoundView]:
    """Read how far several rounds got: one query."""
    columns = ("round_id", "pk", "statement_id", "state", "level_id", "unsure", "no_action_because")
    rows: dict[UUID, list[tuple[Any, ...]]] = {round.pk: [] for round in rounds}
    for which, *said in Rating.objects.filter(round__in=rounds).values_list(*columns):
        rows[which].append((*said, None, None))
    views = []
    for round in rounds:
        wording = wording_of(round)
        views.append(RoundView(round, wording, _views(wording.areas, _by_code(round, rows[round.pk]), {}, wording)))
    return views


def read_round(round: Round, *, area: files.Area | None = None, last: bool = True, who: bool = True) -> RoundView:
    """Read all that a round says of its statements, or of those of an area: two queries when it follows another round.

    Without `last`, what that round said is left out; without `who`, who said it and when.
    """
    wording = wording_of(round)
    areas = wording.areas if area is None else (area,)
    known = _outlines(round, (*(OUTLINE if who else OUTLINE[:-2]), *SAID), area)
    said = _last_ratings(round, wording) if last else {}
    return RoundView(round, wording, _views(areas, known, said, wording), in_part=area is not None)


def _outlines(round: Round, columns: Sequence[str], area: files.Area | None = None) -> dict[str, Outline]:
    """The ratings of a round, or of an area of it, by statement code."""
    rows = Rating.objects.filter(round=round).values_list(*columns)
    if area is not None:
        codes = {statement.code for statement in area.statements}
        rows = rows.filter(statement__in=[pk for pk, each in statements_of(round).items() if each.code in codes])
    if OUTLINE[-1] in columns:
        return _by_code(round, rows)
    said = len(OUTLINE) - 2
    return _by_code(round, ((*row[:said], None, None, *row[said:]) for row in rows))


def _by_code(round: Round, rows: Iterable[tuple[Any, ...]]) -> dict[str, Outline]:
    """Ratings of a round by statement code; `rows` say the columns of an outline, in order."""
    statements = statements_of(round)
    levels = {level.pk: level for level in levels_of(round).values()}
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


def _last_ratings(round: Round, wording: Wording, codes: Collection[str] | None = None) -> dict[str, Last]:
    """What the round before said, or what it said of some statements, by statement code, as far as it said anything."""
    if round.previous_id is None:
        return {}
    said = Rating.objects.filter(round=round.previous_id)
    if codes is not None:
        said = said.filter(statement__code__in=codes)
    return {
        code: Last(state, unsure, wording.level.get(level))
        for code, state, unsure, level in said.values_list("statement__code", "state", "unsure", "level__code")
        if state != RatingState.NOT_DISCUSSED
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
    return _counted(view, list(Action.objects.filter(rounds=view.round).values_list("statement_id", flat=True)))


def with_planned(view: RoundView) -> RoundView:
    """Read what is planned, the soonest first, as far as a round asks about it, and count it: one query."""
    view.planned = planned_of(Action.objects.filter(rounds=view.round).soonest_first(), view.round.organisation_id)
    return _counted(view, [action.statement_id for action in view.planned])


def _counted(view: RoundView, about: Sequence[UUID]) -> RoundView:
    """Say how many actions each statement has, from what they are about; by its code, as they carry over."""
    statements = statements_behind(view.round, about)
    counts = Counter(statements[key].code for key in about)
    for card in view.cards:
        card.action_count = counts[card.statement.code]
    return view


def planned_of(actions: QuerySet[Action], organisation_id: UUID) -> list[Planned]:
    """What is planned by these actions of a setting, in their order: two queries, as one with both costs thrice as much."""
    columns = ("pk", "statement_id", "what", "owner__name", "owner_name", "due_on", "status", "owner")
    rows = list(actions.values_list(*columns))
    team = Membership.objects.live().filter(organisation_id=organisation_id).values_list("user_id", flat=True)
    here = {None, *team} if any(owner for *_, owner in rows) else {None}
    return [
        Planned(pk, statement, what, name or named, due, status in STILL_OPEN, None if owner in here else owner)
        for pk, statement, what, name, named, due, status, owner in rows
    ]


def left_behind(planned: Iterable[Planned], acting: Acting) -> str:
    """How many open actions are of somebody who has left, in words, for those of a team who can hand them over."""
    if acting.alone or not acting.may(Permission.CHANGE_ACTIONS):
        return ""
    count = sum(1 for action in planned if action.is_open and action.owner_left)
    return belong_to_who_left(count) if count else ""


def with_evidence_count(view: RoundView) -> RoundView:
    """Count the pieces of evidence of each statement: one query."""
    uses = Counter(EvidenceUse.objects.standing().filter(rating__round=view.round).values_list("rating_id", flat=True))
    for card in view.cards:
        card.evidence_count = uses[card.rating.pk]
    return view


def with_evidence(view: RoundView) -> RoundView:
    """Read the pieces of evidence of each statement, for those who may see them: one query."""
    by_rating = {card.rating.pk: card for card in view.cards}
    uses = EvidenceUse.objects.standing().order_by("at")
    uses = uses.filter(rating__in=list(by_rating)) if view.in_part else uses.filter(rating__round=view.round)
    for rating, *piece in uses.values_list("rating_id", *PIECE):
        if rating in by_rating:
            by_rating[rating].evidence.append(Piece(*piece))
            by_rating[rating].evidence_count += 1
    return view


def with_all_evidence(card: Card) -> list[Piece]:
    """Read the evidence of one statement, and return what was taken away from it, the latest first: one query."""
    uses = EvidenceUse.objects.filter(rating=card.rating.pk).order_by("at")
    pieces = [Piece(*row) for row in uses.values_list(*PIECE, "taken_away_at", "taken_away_by__name")]
    card.evidence = [piece for piece in pieces if piece.taken_away_at is None]
    card.evidence_count = len(card.evidence)
    return sorted((piece for piece in pieces if piece.taken_away_at), key=taken_away_at, reverse=True)


def with_plan(view: RoundView) -> RoundView:
    """Read the plan of the round, or of the part that was read, the soonest first: one query. Each statement has its own."""
    by_code = {card.statement.code: card for card in view.cards}
    actions = Action.objects.filter(rounds=view.round)
    if view.in_part:
        actions = actions.filter(statement__code__in=list(by_code))
    view.plan = list(actions.for_a_plan().soonest_first())
    statements = statements_behind(view.round, [action.statement_id for action in view.plan])
    for action in view.plan:
        action.statement = statements[action.statement_id]
        if action.statement.code in by_code:
            by_code[action.statement.code].actions.append(action)
            by_code[action.statement.code].action_count += 1
    return view


def said_at_agreeing(round: Round) -> str:
    """The comment that was given when the round was agreed; nothing when there is none: one query if it was agreed."""
    if round.agreed_at is None:
        return ""
    steps = round.steps.filter(to_status=RoundStatus.AGREED).order_by("-at")
    return steps.values_list("note", flat=True).first() or ""


def prompts_for(view: RoundView, *, today: date, alone: bool) -> list[Prompt]:
    """The quality prompts of a round `with_planned` that nobody has dismissed yet: one query."""
    dismissed = set(PromptDismissal.objects.filter(round=view.round).values_list("prompt", "subject"))
    found = prompts(
        statements=[_rated(card, view) for card in view.cards if card.level],
        set_aside=[
            SetAside(card.statement.code, card.statement.text)
            for card in view.cards
            if card.statement.statutory and card.rating.state == RatingState.NOT_APPLICABLE
        ],
        actions=[
            PlannedAction(str(each.pk), each.what, each.owned_by, each.due_on, str(each.owner_left or ""))
            for each in view.planned
            if each.is_open
        ],
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
        statutory=card.statement.statutory,
    )


def colleagues_of(acting: Acting) -> QuerySet[User]:
    """The people of the organisation who see its reviews, by name: whom a page can offer as owner or companion."""
    roles = [role for role, allowed in ROLE_PERMISSIONS.items() if Permission.SEE_REVIEW in allowed]
    members = Membership.objects.visible_to(acting).live().filter(role__in=roles)
    return User.objects.filter(pk__in=members.values("user")).order_by("name")
