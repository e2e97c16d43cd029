"""The typical week, weekday by weekday."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.refusal import refuse
from trellis.organisations.actions.people import hold_organisation
from trellis.staffing.actions.versions import save_once, take_version
from trellis.staffing.models import ChildrenExpected, Colleague, ColleagueHours, Meal, Room, UsualDay
from trellis.staffing.reading import plan_of
from trellis.staffing.rules.weeks import CHANGED, WEEKDAYS, why_not_plan, why_not_weekdays

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trellis.accounts.acting import Acting
    from trellis.staffing.rules.weeks import Plan


@transaction.atomic
def plan_day(*, weekday: int, plan: Plan, version: int, by: Acting) -> UsualDay:
    """Write a weekday down, in place of what stood there; `version` is the one that was seen, 0 for none.

    Raises `Refused` with what of it cannot be, or when somebody else was faster.
    """
    refuse(why_not_plan(plan))
    hold_organisation(by.organisation_id)
    refuse(_why_not_there(plan, by))
    usual = UsualDay.objects.filter(organisation_id=by.organisation_id, weekday=weekday).first()
    if usual is None:
        refuse(CHANGED if version else None)
        usual = UsualDay(organisation_id=by.organisation_id, weekday=weekday, changed_by=by.user)
        save_once(usual, CHANGED, force_insert=True)
    else:
        take_version(usual, version)
    before = _told(plan_of(usual))
    _write(usual, plan, by)
    after = _told(plan)
    change = {"weekday": WEEKDAYS[weekday]} | {name: [before[name], after[name]] for name in after}
    record(by=by, verb="usual_day.planned", subject=usual, change=change)
    return usual


@transaction.atomic
def copy_day(*, usual: UsualDay, to: Iterable[int], by: Acting) -> None:
    """Write other weekdays down like this one, in place of what stood there. Raises `Refused` with the reason."""
    hold_organisation(usual.organisation_id)
    days = sorted(set(to))
    refuse(why_not_weekdays(of=usual.weekday, to=days))
    known = dict(UsualDay.objects.filter(organisation_id=usual.organisation_id).values_list("weekday", "version"))
    for weekday in days:
        plan_day(weekday=weekday, plan=plan_of(usual), version=known.get(weekday, 0), by=by)


def _why_not_there(plan: Plan, by: Acting) -> str | None:
    """Whether somebody has just taken out a person or a room that a weekday speaks of."""
    rooms = {each.room for each in plan.children} | {each.room for each in plan.working if each.room}
    people = {each.colleague for each in plan.working}
    for keys, rows in ((rooms, Room.objects), (people, Colleague.objects)):
        if keys and rows.filter(organisation_id=by.organisation_id, pk__in=keys).count() < len(keys):
            return CHANGED
    return None


def _write(usual: UsualDay, plan: Plan, by: Acting) -> None:
    usual.opens, usual.closes = (plan.opening.start, plan.opening.until) if plan.opening else (None, None)
    usual.changed_at, usual.changed_by = timezone.now(), by.user
    usual.save()
    for lines in (Meal, ChildrenExpected, ColleagueHours):
        lines.objects.filter(day=usual).delete()
    Meal.objects.bulk_create(Meal(day=usual, starts=meal.start, until=meal.until) for meal in plan.meals)
    ChildrenExpected.objects.bulk_create(
        ChildrenExpected(
            day=usual,
            room_id=each.room,
            band=each.attending.band.value,
            count=each.attending.count,
            starts=each.attending.span.start,
            until=each.attending.span.until,
        )
        for each in plan.children
    )
    ColleagueHours.objects.bulk_create(
        ColleagueHours(
            day=usual,
            colleague_id=each.colleague,
            room_id=each.room or None,
            starts=each.span.start,
            until=each.span.until,
            break_starts=each.pause.start if each.pause else None,
            break_until=each.pause.until if each.pause else None,
        )
        for each in plan.working
    )


def _told(plan: Plan) -> dict[str, Any]:
    """What the event tells: when the setting is open, and how many lines there are of each kind."""
    opening = [plan.opening.start, plan.opening.until] if plan.opening else None
    return {"open": opening, "meals": len(plan.meals), "children": len(plan.children), "working": len(plan.working)}
