"""What a file says of a setting’s week: rooms, people, and for each weekday hours, meals, children and who works.

Rooms and people are known by their names. What a file says of the children of a weekday replaces the children of that
weekday; the same of its opening hours, its meals and who works on it. What it does not speak of stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from trellis.staffing.rules.cells import (
    Unclear,
    choice_of,
    count_of,
    date_of,
    level_of,
    plainly,
    span_of,
    weekdays_of,
    yes_or_no,
)
from trellis.staffing.rules.day_file import WHOLE, DaySaid, day_as_said, same_day
from trellis.staffing.rules.days import Attending, Band
from trellis.staffing.rules.people import HowKnown, Level, Span, Standing
from trellis.staffing.rules.weeks import (
    MOST_CHILDREN,
    MOST_PEOPLE,
    MOST_ROOMS,
    WEEKDAYS,
    Expected,
    Plan,
    Working,
    age_on,
    why_not_another,
)
from trellis.staffing.rules.words import BANDS, HOW_KNOWN, STANDINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

COLUMNS: dict[str, str] = {
    "what": "What",
    "day": "Day",
    "name": "Name",
    "room": "Room",
    "age": "Age",
    "number": "Number",
    "starts": "From",
    "until": "To",
    "break_starts": "Break from",
    "break_until": "Break to",
    "level": "Level",
    "known": "How known",
    "first_aid_until": "First aid until",
    "standing": "There as",
    "manager": "Manager",
    "deputy": "Deputy",
    "under_2_experience": "Under 2 experience",
    "trained_in_babies": "Trained in babies",
    "one_to_one": "With one child",
    "school_teacher": "School teacher",
    "childminder": "Childminder",
    "level_otherwise": "Certificate level",
    "studies": "Studies for",
    "competent": "Competent",
    "born_on": "Born, if under 17",
}
FLAGS = ("manager", "deputy", "under_2_experience", "trained_in_babies", "one_to_one", "school_teacher", "childminder")
ABOUT: Mapping[str, Callable[[str], Any]] = {
    "level": level_of,
    "known": lambda text: choice_of(text, HOW_KNOWN, "way to know a level"),
    "first_aid_until": date_of,
    "standing": lambda text: choice_of(text, STANDINGS, "role"),
    "level_otherwise": level_of,
    "studies": level_of,
    "competent": yes_or_no,
    "born_on": date_of,
} | dict.fromkeys(FLAGS, yes_or_no)
"""What is said of somebody, and how each cell is read."""
AGES = {"0": Band.UNDER_1, "1": Band.ONE, "2": Band.TWO, "3": Band.THREE_PLUS, "4": Band.THREE_PLUS}
NEW_PERSON: dict[str, Any] = {"standing": Standing.STAFF.value, "known": HowKnown.EVIDENCE.value}


@dataclass(frozen=True)
class There:
    """What is written down already: names of rooms, what is said of people, and the weekdays with names in them."""

    rooms: frozenset[str]
    people: Mapping[str, Mapping[str, Any]]
    days: Mapping[int, Plan]
    today: date


@dataclass
class WeekFile:
    """What a file says, read row by row, against what is there."""

    there: There
    rows: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)
    rooms: list[str] = field(default_factory=list)
    """Rooms that are new."""
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What is said of people who are new, and of others what is otherwise."""
    days: dict[int, Plan] = field(default_factory=dict)
    """The weekdays as they would be, where that is otherwise; rooms and people in them by name."""
    said: dict[int, DaySaid] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    @property
    def good(self) -> int:
        """How many rows can be taken."""
        return self.rows - len({line for line, _ in self.rejected})

    @property
    def new_people(self) -> list[str]:
        """Who is new."""
        return [name for name in self.people if name not in self.there.people]

    @property
    def changed_people(self) -> list[str]:
        """Of whom something is otherwise."""
        return [name for name in self.people if name in self.there.people]

    @property
    def changes_nothing(self) -> bool:
        """Whether all of it is there already."""
        return not (self.rooms or self.people or self.days)

    def read(self, rows: Sequence[tuple[int, Mapping[str, str]]]) -> None:
        """All rows: rooms and people first, for days speak of them wherever they stand."""
        self.rows += len(rows)
        plain = [(line, {name: plainly(cell) for name, cell in row.items()}) for line, row in rows]
        for kinds in (("room", "person"), ("open", "meal", "children", "works")):
            for line, row in plain:
                if row["what"].lower() in kinds:
                    self._attempt(line, row)
        known = ("room", "person", "open", "meal", "children", "works")
        for line, row in plain:
            if row["what"].lower() not in known:
                self.reject(line, f"“{row['what']}” is none of these: {', '.join(known)}")
        for weekday in sorted(self.said):
            before = self.there.days.get(weekday, Plan())
            plan, wrong = day_as_said(before, self.said[weekday])
            for line, sentence in wrong:
                self.reject(line, f"{WEEKDAYS[weekday]}: {sentence[0].lower()}{sentence[1:]}")
            if not same_day(plan, before):
                self.days[weekday] = plan
        self.rejected.sort()

    def reject(self, line: int, reason: str) -> None:
        """Leave a row out, with the reason."""
        if (line, reason) not in self.rejected:
            self.rejected.append((line, reason))

    def _attempt(self, line: int, row: dict[str, str]) -> None:
        readers = {"room": self._room, "person": self._person}
        try:
            readers.get(row["what"].lower(), self._of_days)(line, row)
        except Unclear as wrong:
            self.reject(line, str(wrong))

    def _room(self, line: int, row: dict[str, str]) -> None:
        name = row.get("room") or row.get("name", "")
        if not name:
            raise Unclear("Enter the name of the room")
        if len(name) > 60:
            raise Unclear("The name of a room has at most 60 characters")
        if self._called(name, self._all_rooms) is None:
            _unless(why_not_another(there=len(self._all_rooms), most=MOST_ROOMS, what="rooms"))
            self.rooms.append(name)

    def _person(self, line: int, row: dict[str, str]) -> None:
        name = row.get("name", "")
        if not name:
            raise Unclear("Enter a name")
        if len(name) > 100:
            raise Unclear("A name has at most 100 characters")
        name = self._called(name, self._all_people) or name
        if name in self.named:
            raise Unclear(f"{name} is in the file twice: add something that tells them apart")
        before = self.there.people.get(name)
        said = {key: read(row[key]) for key, read in ABOUT.items() if key in row}
        known = {key: value for key, value in (before or {}).items() if key != "born_on"}
        _unless(why_not_person({**NEW_PERSON, **known, **said}, self.there.today))
        if before is None:
            _unless(why_not_another(there=len(self._all_people), most=MOST_PEOPLE, what="people"))
        self.named.add(name)
        other = said if before is None else {key: value for key, value in said.items() if before[key] != value}
        if other or before is None:
            self.people[name] = other

    def _of_days(self, line: int, row: dict[str, str]) -> None:
        readers = {"open": self._open, "meal": self._meal, "children": self._children, "works": self._works}
        weekdays = weekdays_of(row.get("day", ""))
        part, value = readers[row["what"].lower()](row)
        for weekday in weekdays:
            _unless(self.said.get(weekday, DaySaid()).why_not_twice(part, value, WEEKDAYS[weekday]))
        for weekday in weekdays:
            getattr(self.said.setdefault(weekday, DaySaid()), part).append((line, value))

    def _open(self, row: dict[str, str]) -> tuple[str, Span]:
        return "opening", _needed(row)

    def _meal(self, row: dict[str, str]) -> tuple[str, Span]:
        return "meals", _needed(row)

    def _children(self, row: dict[str, str]) -> tuple[str, Expected]:
        room = self._the_room(row.get("room", ""))
        age = row.get("age", "")
        _unless(None if age else "Enter the age of these children")
        band = AGES[age] if age in AGES else Band(choice_of(age, BANDS, "age"))
        count = count_of(row.get("number", ""), MOST_CHILDREN)
        span = span_of(row.get("starts", ""), row.get("until", "")) or WHOLE
        return "children", Expected(room, Attending(band, count, span))

    def _works(self, row: dict[str, str]) -> tuple[str, Working]:
        name = self._called(row.get("name", ""), self._all_people)
        if name is None:
            raise Unclear(f"“{row.get('name', '')}” is nobody who works here: add a row for the person")
        room = self._the_room(row["room"]) if row.get("room") else ""
        span = span_of(row.get("starts", ""), row.get("until", "")) or WHOLE
        return "working", Working(name, room, span, span_of(row.get("break_starts", ""), row.get("break_until", "")))

    @property
    def _all_rooms(self) -> list[str]:
        return [*self.there.rooms, *self.rooms]

    @property
    def _all_people(self) -> list[str]:
        return [*self.there.people, *self.new_people]

    def _the_room(self, name: str) -> str:
        found = self._called(name, self._all_rooms)
        if found is None:
            raise Unclear(f"“{name}” is no room here: add a row for the room" if name else "Enter the room")
        return found

    @staticmethod
    def _called(name: str, names: list[str]) -> str | None:
        alike = [each for each in names if each.casefold() == name.casefold()]
        return name if name in alike else next(iter(alike), None)


def named(plan: Plan, rooms: Mapping[str, str], people: Mapping[str, str]) -> Plan:
    """A weekday with other words for its rooms and people: names for keys, or keys for names.

    >>> named(Plan(working=(Working("1", "", Span(480, 960)),)), {}, {"1": "Amy"}).working[0].colleague
    'Amy'
    """
    return replace(
        plan,
        children=tuple(replace(each, room=rooms[each.room]) for each in plan.children),
        working=tuple(
            replace(each, colleague=people[each.colleague], room=rooms[each.room] if each.room else "")
            for each in plan.working
        ),
    )


def _needed(row: dict[str, str]) -> Span:
    span = span_of(row.get("starts", ""), row.get("until", ""))
    if span is None:
        raise Unclear("Enter from when to when")
    return span


def _unless(sentence: str | None) -> None:
    if sentence:
        raise Unclear(sentence)


def why_not_person(said: Mapping[str, Any], today: date) -> str | None:
    """What of a person cannot be, or None when all can.

    >>> from datetime import date
    >>> why_not_person({"known": "experience", "level": 2}, date(2027, 3, 5))
    'By experience somebody counts at Level 3'
    >>> why_not_person({"born_on": date(2001, 1, 1)}, date(2027, 3, 5))
    'Leave the date of birth empty: it is asked of somebody under 17 only'
    """
    if said.get("known") == HowKnown.EXPERIENCE and said.get("level") != Level.THREE:
        return "By experience somebody counts at Level 3"
    trainee = Standing(said.get("standing") or Standing.STAFF).trainee
    if not trainee and (said.get("studies") or said.get("competent")):
        return "Only an apprentice, a student or a volunteer counts by what they study for"
    if said.get("born_on") and age_on(said["born_on"], today) >= 17:
        return "Leave the date of birth empty: it is asked of somebody under 17 only"
    return None
