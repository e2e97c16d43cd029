"""Typical weeks of settings in the demonstration whose people go to a course: a nursery, a playgroup, a school, a childminder."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from trellis.staffing.actions.colleagues import add_colleague
from trellis.staffing.actions.days import change_day
from trellis.staffing.actions.rooms import add_room, say_own_rules
from trellis.staffing.actions.week import copy_day, plan_day
from trellis.staffing.models import ChangeKind, Colleague, Room, UsualDay
from trellis.staffing.reading import unsaid
from trellis.staffing.rules.days import Attending, Band
from trellis.staffing.rules.people import Span
from trellis.staffing.rules.weeks import Expected, Plan, Working
from trellis.training import actions
from trellis.training.models import Place, Session

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from trellis.accounts.acting import Acting

MONDAY, OTHER_DAYS = 0, (1, 2, 3, 4)
LEADS = {"manager": True}
DEPUTY = {"deputy": True}
WITH_BABIES = {"under_2_experience": True, "trained_in_babies": True}
LEVEL_6, LEVEL_3, LEVEL_2, NONE = 6, 3, 2, 0


@dataclass(frozen=True)
class Worker:
    """Somebody in a week: name, level, in which room (nothing for wherever needed), from and to, and what else is so."""

    name: str
    level: int
    room: str = ""
    hours: tuple[int, int] = (8 * 60, 18 * 60)
    aid: bool = True
    says: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Children:
    """So many children of an age in a room, from and to."""

    room: str
    band: Band
    count: int
    hours: tuple[int, int]


@dataclass(frozen=True)
class Typical:
    """A setting’s typical weekday, and how long the way to Fenwick Library is."""

    setting: str
    opens: tuple[int, int]
    workers: tuple[Worker, ...]
    children: tuple[Children, ...]
    meal: tuple[int, int] | None = None
    way: int | None = None


def _at(hour: int, minute: int = 0) -> int:
    return hour * 60 + minute


DAY = (_at(8), _at(18))
SCHOOL = (_at(8, 45), _at(15, 30))
MORNING = (_at(9), _at(12, 30))
LUNCH = (_at(11, 45), _at(12, 15))
WEEKS = (
    # one can go and nobody is spare; both cannot; with fewer children one can go without further thought
    Typical(
        "Bramble Lane Nursery",
        DAY,
        (
            Worker("Amara Okafor", LEVEL_3, says=LEADS),
            Worker("Priya Nair", LEVEL_3, "Owls"),
            Worker("Tomasz Wójcik", LEVEL_3, "Hedgehogs", says=DEPUTY),
            Worker("Leila Haddad", LEVEL_3, "Ladybirds", says=WITH_BABIES),
            Worker("Bea", LEVEL_2, "Ladybirds", says=WITH_BABIES),
            Worker("Chloe", LEVEL_2, "Hedgehogs"),
            Worker("Dan", LEVEL_3, "Owls"),
        ),
        (
            Children("Ladybirds", Band.ONE, 6, DAY),
            Children("Hedgehogs", Band.TWO, 5, DAY),
            Children("Hedgehogs", Band.TWO, 5, (_at(8), _at(13))),
            Children("Owls", Band.THREE_PLUS, 16, DAY),
        ),
        LUNCH,
        15,
    ),
    # enough of everybody
    Typical(
        "Kingfisher Day Nursery",
        DAY,
        (
            Worker("Rosalind Achterberg", LEVEL_3, says=LEADS),
            Worker("Imogen Tate", LEVEL_3, "Herons"),
            Worker("Jo", LEVEL_3, "Herons", says=DEPUTY),
            Worker("Kit", LEVEL_2, "Herons"),
            Worker("Lou", LEVEL_3, "Swans"),
            Worker("Mina", LEVEL_2, "Swans"),
            Worker("Nils", NONE, aid=False),
        ),
        (Children("Herons", Band.TWO, 9, DAY), Children("Swans", Band.THREE_PLUS, 14, DAY)),
        LUNCH,
        40,
    ),
    # in her room only the SENCO has first aid, and they eat there
    Typical(
        "Little Foxes Day Nursery",
        DAY,
        (
            Worker("Kwame Boateng", LEVEL_3, aid=False, says=LEADS),
            Worker("Siobhan Daly", LEVEL_3, "Cubs"),
            Worker("Ola", LEVEL_2, "Cubs", aid=False),
            Worker("Pia", LEVEL_3, "Dens", says=DEPUTY),
            Worker("Ravi", LEVEL_2, "Dens", aid=False),
        ),
        (Children("Cubs", Band.TWO, 8, DAY), Children("Dens", Band.THREE_PLUS, 12, DAY)),
        LUNCH,
    ),
    # sessional: open in the mornings, and the SENCO is one of three
    Typical(
        "Harbour Street Playgroup",
        MORNING,
        (
            Worker("Nadia Rahmani", LEVEL_3, hours=MORNING, says=LEADS),
            Worker("Owen Pugh", LEVEL_3, "Hall", MORNING, says=DEPUTY),
            Worker("Tess", LEVEL_2, "Hall", MORNING),
        ),
        (Children("Hall", Band.THREE_PLUS, 16, MORNING),),
        None,
        30,
    ),
    # a school: a teacher with 26 children
    Typical(
        "Mill Lane Primary School, nursery class",
        SCHOOL,
        (
            Worker("Aled Bowen", LEVEL_6, hours=SCHOOL, says={**LEADS, "school_teacher": True}),
            Worker("Grainne Foley", LEVEL_3, "Nursery", SCHOOL, says=DEPUTY),
            Worker("Una", LEVEL_6, "Nursery", SCHOOL, says={"school_teacher": True}),
            Worker("Viv", LEVEL_3, "Nursery", SCHOOL),
            Worker("Wes", LEVEL_2, "Nursery", SCHOOL),
        ),
        (Children("Nursery", Band.THREE_PLUS, 26, SCHOOL),),
        LUNCH,
        25,
    ),
    # a childminder whose assistant may be left with the children for two hours
    Typical(
        "Megan Price, childminder",
        DAY,
        (
            Worker("Megan Price", LEVEL_3, "At home", says={"childminder": True}),
            Worker("Xanthe", LEVEL_2, "At home"),
        ),
        (Children("At home", Band.TWO, 1, DAY), Children("At home", Band.THREE_PLUS, 2, DAY)),
        None,
        10,
    ),
)


def write_weeks(leads: dict[str, Acting], today: date) -> None:
    """Write the weeks down as those who lead the settings would, and what is otherwise on the days of coming sessions."""
    for week in WEEKS:
        _write(week, leads[week.setting], today)
    _otherwise(leads["Bramble Lane Nursery"], today)


def _write(week: Typical, by: Acting, today: date) -> None:
    # a school is in no register, by which the centre would have known it
    Place.objects.filter(setting=None, setting_name=week.setting).update(setting=by.organisation_id)
    names = dict.fromkeys([*(each.room for each in week.children), *(each.room for each in week.workers if each.room)])
    rooms = {name: add_room(name=name, by=by) for name in names}
    aid_until = today + timedelta(days=500)
    accounts = dict(Place.objects.visible_to(by).exclude(user=None).values_list("name", "user_id")) | {
        by.user.name: by.user.pk
    }
    people = {
        each.name: add_colleague(
            name=each.name,
            level=each.level,
            first_aid_until=aid_until if each.aid else None,
            user_id=accounts.get(each.name),
            by=by,
            **each.says,
        )
        for each in week.workers
    }
    usual = plan_day(weekday=MONDAY, plan=_plan(week, rooms, people), version=0, by=by)
    copy_day(usual=UsualDay.objects.visible_to(by).whole().get(pk=usual.pk), to=OTHER_DAYS, by=by)
    if by.alone:
        _left_with_the_assistant(by)
    session = next((each for each in _coming(by, today) if each.where), None)  # a visit may name no place
    if week.way is not None and session is not None:
        actions.say_journey(session=session, minutes=week.way, by=by)


def _left_with_the_assistant(by: Acting) -> None:
    """Parents permit that the assistant of a childminder is left in sole charge."""
    say_own_rules(own=unsaid(by), version=0, by=by, sole_charge_permitted=True)


def _plan(week: Typical, rooms: dict[str, Room], people: dict[str, Colleague]) -> Plan:
    return Plan(
        Span(*week.opens),
        (Span(*week.meal),) if week.meal else (),
        tuple(
            Expected(str(rooms[each.room].pk), Attending(each.band, each.count, Span(*each.hours)))
            for each in week.children
        ),
        tuple(
            Working(str(people[each.name].pk), str(rooms[each.room].pk) if each.room else "", Span(*each.hours))
            for each in week.workers
        ),
    )


def _coming(by: Acting, today: date) -> Any:
    cohorts = Place.objects.visible_to(by).values("cohort")
    return Session.objects.filter(cohort__in=cohorts).to_come(today + timedelta(days=1))


def _otherwise(by: Acting, today: date) -> None:
    """On the day of the next session fewer children come; on that of the one after somebody is off."""
    days: Sequence[date] = list(dict.fromkeys(session.on for session in _coming(by, today)))[:2]
    room = Room.objects.visible_to(by).get(name="Hedgehogs")
    fewer = {"room": room, "band": Band.TWO.value, "count": 5}
    if days:
        change_day(on=days[0], today=today, kind=ChangeKind.FEWER, by=by, **fewer)
    for day in days[1:]:
        leila = Colleague.objects.visible_to(by).get(name="Leila Haddad")
        change_day(on=day, today=today, kind=ChangeKind.OFF, colleague=leila, by=by)
