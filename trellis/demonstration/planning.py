"""A cohort that the training centre plans: settings of the demonstration agree to be counted, and alternatives are there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from trellis.demonstration.clock import when_open
from trellis.demonstration.cohorts import acting_as
from trellis.staffing.actions.colleagues import add_colleague
from trellis.staffing.actions.rooms import add_room
from trellis.staffing.actions.week import plan_day
from trellis.staffing.models import Colleague, UsualDay
from trellis.staffing.rules.days import Attending, Band
from trellis.staffing.rules.people import Span
from trellis.staffing.rules.weeks import Expected, Plan, Working
from trellis.training.actions import alternatives
from trellis.training.actions import planning as actions

if TYPE_CHECKING:
    from datetime import date, datetime

    from trellis.accounts.acting import Acting
    from trellis.demonstration.clock import Clock
    from trellis.training.models import Programme

COUNTED = (
    "Kingfisher Day Nursery",
    "Little Foxes Day Nursery",
    "St Ola’s Pre-school",
    "Harbour Street Playgroup",
    "Market Square Crèche",
    "Hollybank House Childcare",
)
TUESDAY, THURSDAY = 1, 3
OPEN = Span(8 * 60, 18 * 60)
SHORT = {"St Ola’s Pre-school": TUESDAY, "Market Square Crèche": TUESDAY, "Hollybank House Childcare": THURSDAY}
"""On which day a setting has nobody who could stand in."""
CLOSE = ("Harbour Street Playgroup", "Kingfisher Day Nursery")
"""Where somebody could, and nobody is spare then."""


def plan_a_cohort(programme: Programme, managers: dict[str, Acting], clock: Clock, noon: datetime) -> None:
    """The centre asked, six settings agreed, all with their names, and were counted; of the cohort after it settings are asked."""
    lead = acting_as("Mei Castellano", programme.centre)
    clock.go_to(noon - timedelta(days=2))
    begin = when_open((noon + timedelta(days=60)).date())
    said = actions.PlanningSaid(
        title="Fourth cohort in Fenwickshire",
        authority=programme.authorities.get(name="Fenwickshire"),
        template="senco-award-12-days",
        cadences=["weekly"],
        shapes=["whole"],
        first_from=begin,
        first_until=begin + timedelta(days=13),
        over_by=begin + timedelta(days=240),
        weekdays=[TUESDAY, THURSDAY],
        not_on=[],
        venue="Fenwick Library, Meeting Room 2",
        venue_weekdays=[TUESDAY, THURSDAY],
        venue_not_on=[],
        other_venue="Otterford Village Hall",
        other_venue_weekdays=[THURSDAY],
        other_venue_not_on=[],
    )
    planning = actions.make_planning(programme=programme, said=said, by=lead)
    for number, name in enumerate(COUNTED):
        manager = managers[name]
        people = _with_a_week(manager, SHORT.get(name), (noon + timedelta(days=900)).date(), spare=name not in CLOSE)
        travel = 10 + 5 * number
        actions.be_counted(
            planning=planning, people=people[:1], travel=travel, other_travel=45 - travel, name_told=True, by=manager
        )
    actions.move_planning(planning=planning, to="counted", by=lead)
    alternatives.search_at_once(planning=planning, by=lead)
    later = begin + timedelta(days=200)
    asked = replace(
        said,
        title="Fifth cohort in Fenwickshire",
        cadences=["weekly", "fortnightly"],
        first_from=later,
        first_until=later + timedelta(days=20),
        over_by=later + timedelta(days=300),
    )
    actions.make_planning(programme=programme, said=asked, by=lead)


def _with_a_week(manager: Acting, short: int | None, first_aid_until: date, *, spare: bool) -> list[Colleague]:
    """The people of a setting; a room of ten twos and who works there on two days, where nothing is written down yet."""
    there = list(Colleague.objects.visible_to(manager))
    if UsualDay.objects.visible_to(manager).exists() and there:
        return there
    room = add_room(name="Squirrels", by=manager)
    people = [
        add_colleague(name=name, level=level, first_aid_until=first_aid_until, by=manager)
        for name, level in (("Our SENCO", 3), ("Her deputy", 3), ("Third in the room", 2), ("Help where needed", 3))
    ]
    for weekday in (TUESDAY, THURSDAY):
        working = people[:2] if weekday == short else people if spare else people[:3]
        plan = Plan(
            OPEN,
            (Span(11 * 60 + 30, 12 * 60 + 15),),
            (Expected(str(room.pk), Attending(Band.TWO, 10, OPEN)),),
            tuple(Working(str(each.pk), str(room.pk), OPEN) for each in working),
        )
        plan_day(weekday=weekday, plan=plan, version=0, by=manager)
    return people
