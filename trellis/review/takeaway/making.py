"""A review as a form to fill in elsewhere: what stands in it, blank or as the review says now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trellis.core.dates import day
from trellis.review.models import Action, Rating
from trellis.review.reading import colleagues_of
from trellis.review.takeaway.marks import Mark
from trellis.review.takeaway.shape import FormToFill, PlanEntry, StatementEntry, choices_of
from trellis.review.wording import statements_behind, statements_of, wording_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from trellis.accounts.acting import Acting
    from trellis.review.models import Round, Statement
    from trellis.review.wording import Wording

PLAN_FIELDS = ("what", "why", "who", "start_on", "due_on", "resources", "success")


def form_of(round: Round, *, blank: bool, acting: Acting, on: date) -> FormToFill:
    """The form of a round: four queries."""
    wording, rows = wording_of(round), statements_of(round)
    ratings = {rows[each.statement_id].code: each for each in _ratings(round)}
    actions = {f"P{count}": each for count, each in enumerate(_actions(round), start=1)}
    behind = statements_behind(round, [each.statement_id for each in actions.values()])
    codes = [code for code in wording.statements if code in ratings]
    mark = Mark(
        round=str(round.pk),
        framework=framework_named(wording),
        blank=blank,
        made=on.isoformat(),
        statements={code: ratings[code].version for code in codes},
        actions={} if blank else {number: (str(each.pk), each.version) for number, each in actions.items()},
    )
    return FormToFill(
        title=f"SEND review: {'blank form' if blank else 'form'}",
        setting=round.organisation.name,
        period=round.period,
        source=f"{wording.framework.title}, edition {wording.framework.edition}",
        alone=acting.alone,
        mark=mark,
        choices=list(choices_of(wording).values()),
        meanings=[f"{level.label}: {level.meaning}" for level in wording.levels],
        owners=[] if acting.alone else [each.name for each in colleagues_of(acting)],
        statements=[_statement(wording, ratings[code], code, blank=blank) for code in codes],
        plan=_plan(wording, {} if blank else actions, codes, behind),
        areas={area.code: area.title for area in wording.areas},
    )


def framework_named(wording: Wording) -> str:
    """The framework and edition of a review’s words, by which a form of another is known."""
    return f"{wording.framework.key} {wording.framework.edition}"


def _ratings(round: Round) -> list[Rating]:
    return list(Rating.objects.filter(round=round).select_related("level"))


def _actions(round: Round) -> list[Action]:
    return list(Action.objects.filter(rounds=round).open().select_related("owner").soonest_first())


def _statement(wording: Wording, rating: Rating, code: str, *, blank: bool) -> StatementEntry:
    statement = wording.statements[code]
    said = {} if blank else _said(rating)
    return StatementEntry(wording.area_of[code].code, code, statement.text, statement.statutory, **said)


def _said(rating: Rating) -> dict[str, Any]:
    return {"choice": rating.label, "unsure": rating.unsure, "reason": rating.reason, "notes": rating.notes}


def _plan(
    wording: Wording, actions: dict[str, Action], codes: list[str], statements: Mapping[UUID, Statement]
) -> list[PlanEntry]:
    """For each statement its open actions, and room for a new one."""
    there: dict[str, list[PlanEntry]] = {code: [] for code in codes}
    for number, action in actions.items():
        code = statements[action.statement_id].code
        if code in there:
            values = {"who": action.owned_by} | {name: getattr(action, name) for name in PLAN_FIELDS if name != "who"}
            there[code].append(PlanEntry(code, wording.statements[code].text, number, values))
    room = {code: PlanEntry(code, wording.statements[code].text) for code in codes}
    return [entry for code in codes for entry in [*there[code], room[code]]]


def shown(value: object) -> str:
    """A value of the plan as a form shows it."""
    return value if isinstance(value, str) else day(value) if value else ""  # type: ignore[arg-type]
