"""A weekday of the typical week as it is written down, what of it cannot be, and what is otherwise on one day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from trellis.staffing.rules.days import Attending, Band, Day, Leaving, Outing, Provision
from trellis.staffing.rules.people import Span, Staff
from trellis.staffing.rules.ways_out import away_too

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LAST_MINUTE = 24 * 60
MOST_CHILDREN = 200
MOST_MEALS = 4
MOST_LINES = 12
"""Of children in a room on a day; the page of a weekday has room for no more."""
MOST_TO_ONE = 30
MOST_PEOPLE = 150
MOST_ROOMS = 30
CHANGED = "Somebody else has just changed this. Look at it again"
KINDS_OF_PROVISION = {
    "childminder": Provision.CHILDMINDER,
    "independent_nursery": Provision.INDEPENDENT,
    "maintained_nursery_school": Provision.MAINTAINED,
    "nursery_class": Provision.MAINTAINED,
}


@dataclass(frozen=True)
class Expected:
    """Children of one age in a room, for a part of the day."""

    room: str
    attending: Attending


@dataclass(frozen=True)
class Working:
    """When somebody works, with whom (nothing for wherever needed), and when their break is."""

    colleague: str
    room: str
    span: Span
    pause: Span | None = None

    @property
    def hours(self) -> tuple[Span, ...]:
        """The parts of the day in which they are with children.

        >>> Working("amy", "", Span(480, 960), Span(720, 750)).hours
        (Span(start=480, until=720), Span(start=750, until=960))
        >>> Working("amy", "", Span(480, 720)).hours
        (Span(start=480, until=720),)
        """
        if self.pause is None:
            return (self.span,)
        parts = (Span(self.span.start, self.pause.start), Span(self.pause.until, self.span.until))
        return tuple(part for part in parts if part.start < part.until)


@dataclass(frozen=True)
class Plan:
    """A weekday as it is written down. Without opening hours the setting is closed."""

    opening: Span | None = None
    meals: tuple[Span, ...] = ()
    children: tuple[Expected, ...] = ()
    working: tuple[Working, ...] = ()


def why_not_plan(plan: Plan) -> str | None:
    """What of a weekday cannot be; None when all can.

    >>> children = (Expected("bees", Attending(Band.TWO, 4, Span(480, 1080))),)
    >>> why_not_plan(Plan(None, children=children))
    'Enter when you open and close, or take out the children and meals of this day'
    >>> why_not_plan(Plan(Span(540, 1080), children=children))
    'Children are expected before you open or after you close'
    >>> why_not_plan(Plan(Span(480, 1080), children=children))
    >>> why_not_plan(Plan(Span(480, 1080), children=children * 13))
    'A room has at most 12 lines of children on a day'
    >>> why_not_plan(Plan(Span(480, 1080), meals=(Span(720, 750),) * 5))
    'A day has at most 4 meals'
    """
    spans = [*plan.meals, *(each.attending.span for each in plan.children), *(each.span for each in plan.working)]
    if any(span.start >= span.until for span in (*spans, *([plan.opening] if plan.opening else []))):
        return "A part of the day must end later than it begins"
    if plan.opening is None:
        said = plan.meals or plan.children
        return "Enter when you open and close, or take out the children and meals of this day" if said else None
    if any(not _within(each.attending.span, plan.opening) for each in plan.children):
        return "Children are expected before you open or after you close"
    if any(not _within(meal, plan.opening) for meal in plan.meals):
        return "A meal is before you open or after you close"
    if any(each.pause and not _within(each.pause, each.span) for each in plan.working):
        return "A break must lie within the hours"
    return _why_not_so_many(plan)


def _why_not_so_many(plan: Plan) -> str | None:
    if len(plan.meals) > MOST_MEALS:
        return f"A day has at most {MOST_MEALS} meals"
    if any(lines > MOST_LINES for lines in Counter(each.room for each in plan.children).values()):
        return f"A room has at most {MOST_LINES} lines of children on a day"
    return None


def _within(part: Span, whole: Span) -> bool:
    return whole.start <= part.start and part.until <= whole.until


def why_not_weekdays(*, of: int, to: Iterable[int]) -> str | None:
    """Why a day cannot be copied to others, or None if it can.

    >>> why_not_weekdays(of=0, to=[]), why_not_weekdays(of=0, to=[0, 1]), why_not_weekdays(of=0, to=[1, 6])
    ('Choose at least one day', 'Choose other days than the one that is copied', None)
    """
    days = set(to)
    if not days:
        return "Choose at least one day"
    return "Choose other days than the one that is copied" if of in days else None


def why_not_another(*, there: int, most: int, what: str) -> str | None:
    """Why no more can be written down, or None if one more can.

    >>> why_not_another(there=30, most=30, what="rooms"), why_not_another(there=29, most=30, what="rooms")
    ('There are 30 rooms already, and no more can be written down', None)
    """
    return f"There are {there} {what} already, and no more can be written down" if there >= most else None


def why_not_named(name: str, others: Iterable[str], sentence: str) -> str | None:
    """Why nothing can have this name, or None if it can: names that differ in capitals only are the same to a file.

    >>> why_not_named("ines", ["Bo", "Ines"], "There already"), why_not_named("Ada", ["Bo", "Ines"], "There already")
    ('There already', None)
    """
    return sentence if name.casefold() in {each.casefold() for each in others} else None


def provision_of(setting_kind: str) -> Provision:
    """The kind of provision that a kind of setting is, until the setting says otherwise.

    >>> provision_of("nursery_class"), provision_of("full_day_care")
    (<Provision.MAINTAINED: 'maintained'>, <Provision.PVI: 'pvi'>)
    """
    return KINDS_OF_PROVISION.get(setting_kind, Provision.PVI)


def age_on(born_on: date | None, on: date) -> int:
    """The age that the rules ask for: 17 stands for 17 and over, and for whoever gave no date of birth.

    >>> from datetime import date
    >>> age_on(None, date(2027, 3, 4)), age_on(date(2010, 3, 5), date(2027, 3, 4)), age_on(date(2000, 1, 1), date(2027, 3, 4))
    (17, 16, 17)
    """
    if born_on is None:
        return 17
    years = on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
    return max(0, min(17, years))


def grown_up_born_by(on: date) -> date:
    """The last day on which somebody can be born who is 17 on a day.

    >>> from datetime import date
    >>> grown_up_born_by(date(2027, 3, 4)), grown_up_born_by(date(2028, 2, 29))
    (datetime.date(2010, 3, 4), datetime.date(2011, 2, 28))
    """
    return on.replace(year=on.year - 17, day=28 if (on.month, on.day) == (2, 29) else on.day)


def born_while_asked(born_on: date | None, on: date) -> date | None:
    """A date of birth as long as it is asked for: of nobody who is 17 by then.

    >>> from datetime import date
    >>> born_while_asked(date(2010, 3, 4), date(2027, 3, 3)), born_while_asked(date(2010, 3, 4), date(2027, 3, 4))
    (datetime.date(2010, 3, 4), None)
    """
    return born_on if born_on and born_on > grown_up_born_by(on) else None


@dataclass(frozen=True)
class Off:
    """Somebody is not there."""

    colleague: str
    span: Span


@dataclass(frozen=True)
class Trip:
    """A room is out, with its children and those who work there."""

    room: str
    span: Span


@dataclass(frozen=True)
class Fewer:
    """So many children of one age fewer in a room."""

    room: str
    attending: Attending


Otherwise = Off | Trip | Fewer | Staff
"""What is otherwise on one day; somebody of the staff is one who comes besides."""


def changed(day: Day, changes: Iterable[Otherwise]) -> Day:
    """A day with what is otherwise on it. On a trip, neither the children nor those who work there are counted here:
    they are an outing, of whoever is not off and of whoever comes besides.
    """
    for change in sorted(changes, key=lambda each: isinstance(each, Trip)):
        match change:
            case Staff():
                day = replace(day, staff=(*day.staff, change))
            case Off():
                day = away_too(day, Leaving((change.colleague,), change.span.start, change.span.until))
            case Trip():
                day = _on_a_trip(day, change)
            case Fewer():
                day = _with_fewer(day, change.room, [change.attending])
    return day


def _on_a_trip(day: Day, trip: Trip) -> Day:
    people = tuple(person for person in day.staff if person.group == trip.room)
    outings = tuple(Outing(group, people, trip.span) for group in day.groups if group.key == trip.room)
    day = away_too(day, Leaving(tuple(person.key for person in people), trip.span.start, trip.span.until))
    day = _with_fewer(day, trip.room, [Attending(band, MOST_CHILDREN * 10, trip.span) for band in Band])
    return replace(day, outings=(*day.outings, *outings))


def _with_fewer(day: Day, room: str, fewer: list[Attending]) -> Day:
    groups = tuple(
        replace(group, children=fewer_of(group.children, fewer)) if group.key == room else group for group in day.groups
    )
    return replace(day, groups=groups)


def fewer_of(children: tuple[Attending, ...], fewer: list[Attending]) -> tuple[Attending, ...]:
    """The children of a room when so many fewer of some age come, in each part of the day; never fewer than none.

    >>> there = (Attending(Band.TWO, 6, Span(480, 1080)), Attending(Band.TWO, 2, Span(720, 1080)))
    >>> [(each.count, each.span.start, each.span.until) for each in fewer_of(there, [Attending(Band.TWO, 7, Span(480, 1080))])]
    [(1, 720, 1080)]
    """
    found: list[Attending] = []
    for band in dict.fromkeys(each.band for each in children):
        theirs = [each for each in children if each.band == band]
        less = [each for each in fewer if each.band == band]
        edges = sorted({edge for each in (*theirs, *less) for edge in (each.span.start, each.span.until)})
        for start, until in pairwise(edges):
            count = _at(theirs, start) - _at(less, start)
            if count > 0:
                found.append(Attending(band, count, Span(start, until)))
    return tuple(found)


def _at(children: list[Attending], minute: int) -> int:
    return sum(each.count for each in children if each.span.holds(minute))
