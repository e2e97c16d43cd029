"""A form that came back beside what the review says now: every difference, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import F

from trellis.accounts.roles import Permission
from trellis.core.dates import moment
from trellis.review.actions.ratings import Answer, answer_of
from trellis.review.forms.rating import LONGEST_NOTE
from trellis.review.models import Rating, RatingChange, RatingState
from trellis.review.rules.filled_form import (
    CANNOT_TELL,
    changed_since,
    choice_said,
    codes_like,
    tick_said,
    why_not_length,
)
from trellis.review.takeaway.lines import StatementLine
from trellis.review.takeaway.planned import compare_plan
from trellis.review.takeaway.shape import STATEMENT_LABELS, Difference, as_in_a_form, choices_of
from trellis.review.wording import levels_of, statements_of, wording_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from trellis.accounts.acting import Acting
    from trellis.review.models import Level, Round
    from trellis.review.takeaway.lines import PlanLine
    from trellis.review.takeaway.marks import Mark
    from trellis.review.takeaway.shape import CameBack

LONGEST_REASON = 500


@dataclass(frozen=True)
class Unread:
    """A line of the form that was not understood, and why."""

    where: str
    why: str


@dataclass
class Preview:
    """Everything in which a form and the review differ."""

    statements: list[StatementLine] = field(default_factory=list)
    plan: list[PlanLine] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    alike: int = 0

    @property
    def lines(self) -> list[StatementLine | PlanLine]:
        """What can be accepted."""
        return [*self.statements, *self.plan]


def compared(came_back: CameBack, round: Round, acting: Acting) -> Preview:
    """What a form says beside what the round says now: five queries."""
    preview = Preview()
    if came_back.mark is None:
        return preview
    mark, wording = came_back.mark, wording_of(round)
    rows = statements_of(round)
    ratings = {rows[each.statement_id].code: each for each in _ratings(round)}
    before = _before(ratings, mark, _levels_by_key(round))
    seen: set[str] = set()
    for said in came_back.statements:
        code = codes_like(said.get("code", ""), ratings)
        where = f"{said['line']}, {said.get('code', '')}".strip(", ")
        if not code or code not in wording.statements:
            if any(said.get(name, "").strip() for name in ("choice", "reason", "notes")):
                preview.unread.append(Unread(where, "This review has no statement with this code"))
            continue
        found = _statement(said, ratings[code], before[code], mark, code, round)
        if code in seen and not isinstance(found, str | None):
            found = f"{code} stands in the form more than once. Only the first is read"
        seen.add(code)
        if isinstance(found, str):
            preview.unread.append(Unread(where, found))
        elif found:
            preview.statements.append(replace(found, text=wording.statements[code].text))
        else:
            preview.alike += 1
    lines, unread = compare_plan(came_back, round, acting, set(ratings))
    if acting.may(Permission.CHANGE_ACTIONS):
        preview.plan = lines
        preview.unread += [Unread(*each) for each in unread]
    elif lines:
        preview.unread.append(Unread("The plan", "Your role cannot change the plan, so it is not read"))
    return preview


def _ratings(round: Round) -> list[Rating]:
    """Every rating of a round, with who said it; statements and levels are in memory."""
    statements, levels = statements_of(round), _levels_by_key(round)
    ratings = list(Rating.objects.filter(round=round).annotate(who=F("changed_by__name")))
    for each in ratings:
        each.round, each.statement = round, statements[each.statement_id]
        each.level = levels[each.level_id] if each.level_id else None
    return ratings


def _levels_by_key(round: Round) -> dict[UUID, Level]:
    return {level.pk: level for level in levels_of(round).values()}


def _before(ratings: Mapping[str, Rating], mark: Mark, levels: Mapping[UUID, Level]) -> dict[str, Answer | None]:
    """What each rating said when the form was made; None where that cannot be known."""
    nothing = Answer(RatingState.NOT_DISCUSSED)
    by_key = {(rating.pk, mark.statements.get(code)): code for code, rating in ratings.items()}
    before: dict[str, Answer | None] = {code: nothing if mark.statements.get(code) == 0 else None for code in ratings}
    if mark.blank:
        return before | {code: nothing for code in ratings if code in mark.statements}
    found = RatingChange.objects.filter(
        rating__in=[each.pk for each in ratings.values()], version__in={*mark.statements.values()} - {0}
    )
    columns = ("rating_id", "version", "state", "level_id", "reason", "unsure", "notes", "work")
    for rating, version, state, level, *rest in found.order_by().values_list(*columns):
        code = by_key.get((rating, version))
        if code:
            before[code] = Answer(state, levels[level] if level else None, *rest)
    return before


def _statement(
    said: dict[str, str], rating: Rating, before: Answer | None, mark: Mark, code: str, round: Round
) -> StatementLine | str | None:
    """The line to show, why it cannot be read, or None when the form says nothing new."""
    told, why_not = _told(said, round)
    if why_not:
        return why_not
    here = answer_of(rating)
    changes = {
        name: value
        for name, value in told.items()
        if value != _values(here)[name] and not (before and value == _values(before)[name] and not _chosen(name, mark))
    }
    answer = _changed(here, changes, round)
    if answer.state == RatingState.NOT_APPLICABLE and not answer.reason:
        statement = wording_of(round).statements.get(code)
        law = (
            ", and the law asks for it: why does it not bind your setting?" if statement and statement.statutory else ""
        )
        return f"It says “Does not apply” without saying why{law}"
    if answer.state != RatingState.NOT_APPLICABLE:
        changes.pop("reason", None)
        answer = replace(answer, reason="")
    if not changes:
        return None
    differences = [
        Difference(STATEMENT_LABELS[name], _in_words(_values(here)[name], round), _in_words(value, round))
        for name, value in changes.items()
    ]
    return StatementLine(code, "", differences, answer, rating, _conflict(rating, mark.statements.get(code), before))


def _chosen(name: str, mark: Mark) -> bool:
    """Whether what the form says was put there by somebody: on a blank form everything but an empty tick box was."""
    return mark.blank and name != "unsure"


def _told(said: dict[str, str], round: Round) -> tuple[dict[str, Any], str | None]:
    """What the form says of a statement, by the names of an answer; an empty box says nothing."""
    choice = choice_said(said.get("choice", ""), choices_of(wording_of(round)))
    tick = tick_said(said.get("unsure", ""))
    reason, notes = as_in_a_form(said.get("reason", "")), as_in_a_form(said.get("notes", ""))
    why_not = (
        choice.why_not
        or tick.why_not
        or why_not_length(notes, most=LONGEST_NOTE, what="Notes")
        or why_not_length(reason, most=LONGEST_REASON, what="Why it does not apply")
    )
    told = {"choice": choice.value or None, "unsure": tick.value, "reason": reason or None, "notes": notes or None}
    return {name: value for name, value in told.items() if value is not None}, why_not


def _values(answer: Answer) -> dict[str, Any]:
    choice = answer.level.code if answer.level else answer.state
    return {
        "choice": choice,
        "unsure": answer.unsure,
        "reason": as_in_a_form(answer.reason),
        "notes": as_in_a_form(answer.notes),
    }


def _changed(here: Answer, changes: dict[str, Any], round: Round) -> Answer:
    """What the rating would say."""
    rest = {name: value for name, value in changes.items() if name != "choice"}
    if "choice" not in changes:
        return replace(here, **rest)
    level = levels_of(round).get(changes["choice"])
    return replace(here, state=RatingState.RATED if level else changes["choice"], level=level, **rest)


def _in_words(value: Any, round: Round) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return choices_of(wording_of(round)).get(value, value) if value else ""


def _conflict(rating: Rating, version: int | None, before: Answer | None) -> str:
    if version is None or version > rating.version or before is None:
        return CANNOT_TELL
    if version == rating.version:
        return ""
    return changed_since(rating.who or "", moment(rating.changed_at))  # type: ignore[attr-defined]
