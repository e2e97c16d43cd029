"""A week and a day in a few words, as their pages show them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from trellis.staffing.rules.days import WORDS, Band, children_said, said
from trellis.staffing.rules.weeks import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trellis.staffing.rules.days import Day
    from trellis.staffing.rules.people import Span, Staff
    from trellis.staffing.rules.weeks import Plan

SHOWN_AHEAD = 10
AID_SOON = timedelta(days=90)
"""A course in paediatric first aid is booked some weeks ahead."""


class Change(Protocol):
    """What is otherwise, as a record of it says."""

    kind: str
    band: str
    count: int | None
    level: int | None
    first_aid: bool
    starts: int | None
    until: int | None

    @property
    def colleague(self) -> object:
        """Who is off."""

    @property
    def room(self) -> object:
        """Where."""


def expected_said(plan: Plan) -> str:
    """The most children that are there at once on a day, by age.

    >>> from trellis.staffing.rules.days import Attending
    >>> from trellis.staffing.rules.people import Span
    >>> from trellis.staffing.rules.weeks import Expected, Plan
    >>> mornings, all_day = Span(480, 720), Span(480, 1080)
    >>> parts = [(4, mornings), (2, Span(720, 1080)), (6, all_day)]
    >>> expected_said(Plan(all_day, children=tuple(Expected("bees", Attending(Band.TWO, n, span)) for n, span in parts)))
    '10 children of two'
    >>> expected_said(Plan(all_day))
    'no children'
    """
    lines = [each.attending for each in plan.children]
    most: dict[Band, int] = {}
    for band in Band:
        theirs = [each for each in lines if each.band == band]
        starts = {each.span.start for each in theirs}
        most[band] = max((sum(e.count for e in theirs if e.span.holds(at)) for at in starts), default=0)
    return children_said(most)


def where_said(colleague: str, plans: Mapping[int, Plan], rooms: Mapping[str, str]) -> str:
    """On which weekdays somebody works, and where.

    >>> from trellis.staffing.rules.people import Span
    >>> from trellis.staffing.rules.weeks import Plan, Working
    >>> plan = Plan(Span(480, 1080), working=(Working("amy", "bees", Span(480, 960)),))
    >>> where_said("amy", {0: plan, 1: plan}, {"bees": "Bees"}), where_said("ben", {0: plan}, {})
    ('Monday and Tuesday: Bees', 'Not in the week yet')
    """
    days: dict[str, list[int]] = {}
    for weekday in sorted(plans):
        for each in plans[weekday].working:
            if each.colleague == colleague:
                days.setdefault(rooms.get(each.room, "wherever needed"), []).append(weekday)
    return "; ".join(f"{weekdays_said(those)}: {room}" for room, those in days.items()) or "Not in the week yet"


def weekdays_said(days: list[int]) -> str:
    """Weekdays in words, those in a row together.

    >>> weekdays_said([0, 1, 2, 3, 4]), weekdays_said([0, 1, 4]), weekdays_said([2])
    ('Monday to Friday', 'Monday, Tuesday and Friday', 'Wednesday')
    """
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{WEEKDAYS[days[0]]} to {WEEKDAYS[days[-1]]}"
    words = [WEEKDAYS[day] for day in days]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


class Aider(Protocol):
    """Somebody with the day until which their first aid holds."""

    name: str
    first_aid_until: date | None


def aid_runs_out(people: Iterable[Aider], today: date) -> tuple[int, list[Aider]]:
    """How many hold first aid today, and whose has run out or does so soon, the first of them first.

    >>> from types import SimpleNamespace as Person
    >>> days = [date(2027, 3, 4), date(2027, 5, 1), date(2029, 1, 1), None]
    >>> held, soon = aid_runs_out([Person(name=str(day), first_aid_until=day) for day in days], date(2027, 3, 5))
    >>> held, [each.name for each in soon]
    (2, ['2027-03-04', '2027-05-01'])
    """
    known = [(each.first_aid_until, each) for each in people if each.first_aid_until]
    soon = sorted((pair for pair in known if pair[0] <= today + AID_SOON), key=lambda pair: pair[0])
    return sum(until >= today for until, _ in known), [each for _, each in soon]


def days_ahead(today: date, open_on: set[int]) -> list[date]:
    """The next days on which a setting is open, today among them.

    >>> [day.day for day in days_ahead(date(2027, 3, 5), {0, 4})]
    [5, 8, 12, 15, 19, 22, 26, 29, 2, 5]
    >>> days_ahead(date(2027, 3, 5), set())
    []
    """
    if not open_on:
        return []
    days = (today + timedelta(days=ahead) for ahead in range(SHOWN_AHEAD * 7))
    return [day for day in days if day.weekday() in open_on][:SHOWN_AHEAD]


def when_said(starts: int | None, until: int | None) -> str:
    """All day, or from when to when.

    >>> when_said(None, None), when_said(540, 720)
    ('all day', 'from 9:00am to 12:00pm')
    """
    return "all day" if starts is None or until is None else f"from {said(starts)} to {said(until)}"


def typed(minute: int) -> str:
    """A minute after midnight as a browser’s clock types it.

    >>> typed(545)
    '09:05'
    """
    return f"{minute // 60:02}:{minute % 60:02}"


def change_said(change: Change) -> str:
    """What is otherwise on a day, in a sentence without its full stop."""
    when = when_said(change.starts, change.until)
    match change.kind:
        case "off":
            return f"{change.colleague} is off {when}"
        case "trip":
            return f"{change.room} is out on a trip {when}, with those who work there"
        case "fewer":
            words = WORDS[Band(change.band)][change.count != 1]
            return f"{change.room}: {change.count} {words} fewer {when}"
    level = f"at Level {change.level}" if change.level else "of no level"
    aid = " with paediatric first aid" if change.first_aid else ""
    where = f"in {change.room}" if change.room else "wherever needed"
    return f"Somebody {level}{aid} comes from an agency, {where}, {when}"


def at_work_on(usual: Day, otherwise: Day) -> list[tuple[Staff, str, str]]:
    """Everybody who usually works on a day: where, and their hours as they are on it."""
    rooms = {group.key: group.called for group in otherwise.groups}
    there = {person.key: person for person in otherwise.staff}
    return [
        (person, rooms.get(person.group, "Wherever needed"), hours_said(there[person.key].hours))
        for person in usual.staff
        if person.hours
    ]


def hours_said(hours: tuple[Span, ...]) -> str:
    """The parts of a day in which somebody is there.

    >>> from trellis.staffing.rules.people import Span
    >>> hours_said((Span(480, 720), Span(750, 960))), hours_said(())
    ('8:00am to 12:00pm, 12:30pm to 4:00pm', 'Off')
    """
    return ", ".join(f"{said(span.start)} to {said(span.until)}" for span in hours) or "Off"
