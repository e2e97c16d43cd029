"""A setting’s week as its pages and the check read it: always of whoever asks, and of nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from trellis.staffing.models import ChangeKind, Colleague, DayChange, OwnRules, Room, UsualDay
from trellis.staffing.rules.days import Attending, Band, Day, Group, Provision
from trellis.staffing.rules.people import HowKnown, Span, Staff, Standing
from trellis.staffing.rules.weeks import (
    LAST_MINUTE,
    WEEKDAYS,
    Expected,
    Fewer,
    Off,
    Plan,
    Trip,
    Working,
    age_on,
    changed,
    provision_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from trellis.accounts.acting import Acting
    from trellis.staffing.rules.weeks import Otherwise

ALL_DAY = Span(0, LAST_MINUTE)
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Week:
    """Everything that a setting has written down of its week."""

    rooms: list[Room]
    colleagues: list[Colleague]
    days: dict[int, UsualDay]
    own: OwnRules

    def day_on(self, on: date, changes: Iterable[DayChange]) -> Day | None:
        """The setting on a day, with what is otherwise on it; nothing when it is closed then."""
        usual = self.days.get(on.weekday())
        plan = plan_of(usual) if usual else Plan()
        if plan.opening is None:
            return None
        at_work = {each.colleague: each for each in plan.working}
        day = Day(
            on=on,
            groups=tuple(self._group(room, plan) for room in self.rooms),
            staff=tuple(staff_of(each, at_work.get(str(each.pk)), on) for each in self.colleagues),
            opening=plan.opening,
            meals=plan.meals,
            provision=Provision(self.own.provision),
            own_ratios=_own_ratios(self.own),
            good_or_outstanding=self.own.good_or_outstanding,
            unqualified_counted=self.own.unqualified_counted,
            sole_charge_permitted=self.own.sole_charge_permitted,
            young_by_exception=self.own.young_by_exception,
        )
        return changed(day, [otherwise(each) for each in changes])

    @property
    def seen(self) -> str:
        """What tells this week from another: in a few letters, which version of what it holds."""
        rows: list[Any] = [*self.rooms, *self.colleagues, *self.days.values()]
        return sha256(" ".join(sorted(f"{each.pk}:{each.version}" for each in rows)).encode()).hexdigest()[:32]

    def why_no_day(self, on: date) -> str:
        """Why there is no day to look at: nothing is known of the weekday, or the setting is closed on it."""
        if on.weekday() in self.days:
            return "By your typical week you are closed on this day, so nobody is missed."
        return f"Your week has nothing for a {WEEKDAYS[on.weekday()]} yet, so we cannot say."

    def _group(self, room: Room, plan: Plan) -> Group:
        key = str(room.pk)
        children = tuple(each.attending for each in plan.children if each.room == key)
        return Group(key, room.name, children=children, most_reach_five=room.most_reach_five)


def week_of(acting: Acting) -> Week:
    """The week of whoever’s setting it is."""
    own = OwnRules.objects.visible_to(acting).first()
    return Week(
        rooms=list(Room.objects.visible_to(acting)),
        colleagues=list(Colleague.objects.visible_to(acting)),
        days={each.weekday: each for each in UsualDay.objects.visible_to(acting).whole()},
        own=own or unsaid(acting),
    )


def unsaid(acting: Acting) -> OwnRules:
    """What holds until a setting says something of itself: not saved."""
    return unsaid_for(acting.organisation_id, acting.setting_kind)


def unsaid_for(setting_id: UUID, setting_kind: str) -> OwnRules:
    """The same of a setting by its key and kind."""
    return OwnRules(organisation_id=setting_id, provision=provision_of(setting_kind).value, version=0)


def changes_on(acting: Acting, on: date) -> list[DayChange]:
    """What is otherwise on a day."""
    return list(DayChange.objects.visible_to(acting).filter(on=on).select_related("colleague", "room", "added_by"))


def changes_soon(acting: Acting, today: date) -> dict[date, list[DayChange]]:
    """What is otherwise in the next two weeks, by day."""
    rows = DayChange.objects.visible_to(acting).filter(on__range=(today, today + SOON))
    found: dict[date, list[DayChange]] = {}
    for each in rows.select_related("colleague", "room"):
        found.setdefault(each.on, []).append(each)
    return found


def plan_of(usual: UsualDay) -> Plan:
    """A weekday as it is written down."""
    closed = usual.opens is None or usual.closes is None
    return Plan(
        opening=None if closed else Span(usual.opens, usual.closes),  # type: ignore[arg-type]
        meals=tuple(Span(each.starts, each.until) for each in usual.meals.all()),
        children=tuple(
            Expected(str(each.room_id), Attending(Band(each.band), each.count, Span(each.starts, each.until)))
            for each in usual.children.all()
        ),
        working=tuple(
            Working(
                str(each.colleague_id),
                str(each.room_id or ""),
                Span(each.starts, each.until),
                None if each.break_starts is None else Span(each.break_starts, each.break_until or 0),
            )
            for each in usual.hours.all()
        ),
    )


def staff_of(colleague: Colleague, at_work: Working | None, on: date) -> Staff:
    """Somebody as the rules need to know them on a day; whoever is not at work then is one of all staff nevertheless."""
    return Staff(
        key=str(colleague.pk),
        name=colleague.name,
        group=at_work.room if at_work else "",
        hours=at_work.hours if at_work else (),
        age=age_on(colleague.born_on, on),
        level=colleague.level,
        known=HowKnown(colleague.known),
        level_otherwise=colleague.level_otherwise,
        standing=Standing(colleague.standing),
        studies=colleague.studies,
        competent=colleague.competent,
        first_aid_until=colleague.first_aid_until,
        manager=colleague.manager,
        deputy=colleague.deputy,
        one_to_one=colleague.one_to_one,
        under_2_experience=colleague.under_2_experience,
        trained_in_babies=colleague.trained_in_babies,
        school_teacher=colleague.school_teacher,
        childminder=colleague.childminder,
    )


def otherwise(change: DayChange) -> Otherwise:
    """What is otherwise on a day, as the rules know it."""
    span = ALL_DAY if change.starts is None or change.until is None else Span(change.starts, change.until)
    room = str(change.room_id or "")
    match change.kind:
        case ChangeKind.OFF:
            return Off(str(change.colleague_id), span)
        case ChangeKind.TRIP:
            return Trip(room, span)
        case ChangeKind.FEWER:
            return Fewer(room, Attending(Band(change.band), change.count or 0, span))
        case _:
            return Staff(
                key=str(change.pk),
                name="whoever comes from an agency",
                group=room,
                hours=(span,),
                level=change.level or 0,
                standing=Standing.AGENCY,
                first_aid_until=change.on if change.first_aid else None,
            )


def _own_ratios(own: OwnRules) -> dict[Band, int]:
    said = {
        Band.UNDER_1: own.under_2,
        Band.ONE: own.under_2,
        Band.TWO: own.two,
        Band.THREE_PLUS: own.three_plus,
    }
    return {band: ratio for band, ratio in said.items() if ratio}
