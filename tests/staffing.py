"""A setting’s week for tests: a room of twos and one of threes, and those who work there on a Monday."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.cast import Person
from tests.rostering import span
from trellis.staffing.actions.colleagues import add_colleague
from trellis.staffing.actions.days import change_day
from trellis.staffing.actions.rooms import add_room
from trellis.staffing.actions.week import plan_day
from trellis.staffing.models import ChangeKind, Colleague, DayChange, Room, UsualDay
from trellis.staffing.rules.days import Attending, Band
from trellis.staffing.rules.weeks import Expected, Plan, Working

TODAY = timezone.localdate()
MONDAY = TODAY + timedelta(days=14 - TODAY.weekday())
LAST_MONDAY = MONDAY - timedelta(days=21)
FIRST_AID = MONDAY + timedelta(days=700)
OPEN = span("08:00", "18:00")


def room_of(person: Person, name: str = "Bees") -> Room:
    """A room of a person’s setting."""
    found = Room.objects.visible_to(person.acting).filter(name=name).first()
    return found or add_room(name=name, by=person.acting)


def colleague_of(person: Person, name: str = "Ines", level: int = 3, **said: object) -> Colleague:
    """Somebody who works in a person’s setting, with first aid."""
    found = Colleague.objects.visible_to(person.acting).filter(name=name).first()
    return found or add_colleague(name=name, level=level, by=person.acting, **{"first_aid_until": FIRST_AID, **said})


def usual_day_of(person: Person, weekday: int = 0) -> UsualDay:
    """A weekday with six twos in Bees and Ines with them."""
    bees, ines = room_of(person), colleague_of(person)
    plan = Plan(
        OPEN,
        (span("11:30", "12:15"),),
        (Expected(str(bees.pk), Attending(Band.TWO, 6, OPEN)),),
        (Working(str(ines.pk), str(bees.pk), OPEN, span("12:30", "13:00")),),
    )
    found = UsualDay.objects.visible_to(person.acting).filter(weekday=weekday).first()
    return found or plan_day(weekday=weekday, plan=plan, version=0, by=person.acting)


def day_change_of(person: Person) -> DayChange:
    """Ines is off on a Monday."""
    ines = colleague_of(person)
    return change_day(on=MONDAY, today=TODAY, kind=ChangeKind.OFF, colleague=ines, by=person.acting)


def nursery_of(person: Person) -> dict[str, Colleague]:
    """Ten twos with Ines and Bo, 16 threes with Ada and Cy; Dee helps. On Mondays from eight to six, lunch at 11:30."""
    bees, bears = room_of(person), room_of(person, "Bears")
    levels = {"Ines": 3, "Bo": 2, "Ada": 3, "Cy": 2, "Dee": 3}
    places = {"Ines": bees, "Bo": bees, "Ada": bears, "Cy": bears}
    leads = {"Dee": {"manager": True}, "Ines": {"deputy": True}}
    people = {name: colleague_of(person, name, level, **leads.get(name, {})) for name, level in levels.items()}
    plan = Plan(
        OPEN,
        (span("11:30", "12:15"),),
        (
            Expected(str(bees.pk), Attending(Band.TWO, 10, OPEN)),
            Expected(str(bears.pk), Attending(Band.THREE_PLUS, 16, OPEN)),
        ),
        tuple(
            Working(str(each.pk), str(places[name].pk) if name in places else "", OPEN) for name, each in people.items()
        ),
    )
    plan_day(weekday=0, plan=plan, version=0, by=person.acting)
    return people


def home_of(person: Person) -> UsualDay:
    """A childminder and her assistant with three children of two, on Mondays from eight to six."""
    room = room_of(person, "At home")
    people = [colleague_of(person, "Megan", childminder=True), colleague_of(person, "Assistant", level=0)]
    plan = Plan(
        OPEN,
        (),
        (Expected(str(room.pk), Attending(Band.TWO, 3, OPEN)),),
        tuple(Working(str(each.pk), str(room.pk), OPEN) for each in people),
    )
    return plan_day(weekday=0, plan=plan, version=0, by=person.acting)
