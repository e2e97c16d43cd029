"""A moment of a day: which children are there, who is, and who of them counts at which level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from trellis.staffing.rules.days import Band
from trellis.staffing.rules.people import HowKnown, Level, Staff, Standpoint, counts_as

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trellis.staffing.rules.days import Day, Group
    from trellis.staffing.rules.edition import Edition


@dataclass(frozen=True, slots=True)
class Counted:
    """Somebody who is counted, and at which level."""

    person: Staff
    level: int

    @property
    def by_experience(self) -> bool:
        """Whether they are at their level by experience."""
        person = self.person
        return person.known == HowKnown.EXPERIENCE and self.level == Level.THREE > person.level_otherwise

    @property
    def firm(self) -> bool:
        """Whether they are neither trainee nor volunteer nor from an agency."""
        return not self.person.standing.trainee and self.person.standing != "agency"


@dataclass(frozen=True)
class Room:
    """A group at a moment: the children who are there, who works with them, and whether they eat."""

    group: Group
    children: Mapping[Band, int]
    staff: tuple[Counted, ...]
    eating: bool = False

    @property
    def under_2(self) -> int:
        """How many are under two."""
        return self.children.get(Band.UNDER_1, 0) + self.children.get(Band.ONE, 0)


@dataclass(frozen=True)
class Moment:
    """What is there at a moment. Rooms are those with children in them."""

    rooms: tuple[Room, ...]
    present: tuple[Staff, ...]
    counted: tuple[Counted, ...]
    free: tuple[Counted, ...]
    """Of those counted, who works with no group that has children now."""
    level_6_hours: bool = True
    put_lower: int = 0
    """How many count lower, because too many would count at Level 3 by experience."""
    placed: tuple[tuple[str, str], ...] = ()
    """Who of those free has gone to which room."""

    @cached_property
    def children(self) -> dict[Band, int]:
        """The children of all rooms."""
        found: dict[Band, int] = {}
        for room in self.rooms:
            for band, count in room.children.items():
                found[band] = found.get(band, 0) + count
        return found

    def working_with(self, *bands: Band) -> list[Counted]:
        """Who works directly with a group in which there are children of one of these ages."""
        return [each for room in self.rooms if not room.children.keys().isdisjoint(bands) for each in room.staff]

    def room_with(self, *bands: Band) -> str:
        """A room in which there are children of one of these ages: the one with the fewest staff."""
        rooms = [room for room in self.rooms if not room.children.keys().isdisjoint(bands)]
        return min(rooms, key=lambda room: len(room.staff)).group.key

    def place_of(self, person: Staff) -> str:
        """The room in which somebody is."""
        return dict(self.placed).get(person.key, person.group)

    def placing(self, one: Counted, key: str) -> Moment:
        """The same moment once somebody who was free works with a room."""
        rooms = tuple(replace(room, staff=(*room.staff, one)) if room.group.key == key else room for room in self.rooms)
        free = tuple(each for each in self.free if each is not one)
        return replace(self, rooms=rooms, free=free, placed=(*self.placed, (one.person.key, key)))


def standpoints(day: Day, edition: Edition) -> dict[str, Standpoint]:
    """As what everybody of a day counts, by key."""
    says = day.unqualified_counted
    unqualified = bool(edition.number("unqualified-counted")) if says is None else says
    good = day.good_or_outstanding
    return {
        person.key: counts_as(person, on=day.on, edition=edition, good=good, unqualified=unqualified)
        for person in day.staff
    }


def counted_on(day: Day, edition: Edition) -> dict[str, Counted]:
    """Everybody who counts on a day, by key, whenever they are there."""
    found = standpoints(day, edition)
    levels = ((person, found[person.key].level) for person in day.staff)
    return {person.key: Counted(person, level) for person, level in levels if level is not None}


def counted_otherwise(day: Day, edition: Edition) -> list[tuple[str, str, str]]:
    """Who counts otherwise than one might think: their key, the rule that says so, and why, in a sentence."""
    found = standpoints(day, edition)
    return [
        (person.key, at.rule, f"{person.called} {at.why}{'' if at.level is None else ', and counts ' + _as(at.level)}.")
        for person in day.staff
        if (at := found[person.key]).why
    ]


def _as(level: int) -> str:
    return f"at Level {level}" if level else "as unqualified"


def children_at(group: Group, minute: int) -> dict[Band, int]:
    """The children of a group at a minute, by age."""
    found: dict[Band, int] = {}
    for each in group.children:
        if each.count and each.span.start <= minute < each.span.until:
            found[each.band] = found.get(each.band, 0) + each.count
    return found


def moment_of(
    children: tuple[tuple[Group, Mapping[Band, int], bool], ...],
    present: tuple[Staff, ...],
    counted: tuple[Counted, ...],
    edition: Edition,
    level_6_hours: bool,
) -> Moment:
    """A moment, with those at Level 3 by experience put lower who are too many."""
    counted, lower = within_share(counted, [(group.key, of) for group, of, _ in children], edition)
    staff: dict[str, list[Counted]] = {group.key: [] for group, _, _ in children}
    free: list[Counted] = []
    for each in counted:
        staff.get(each.person.group, free).append(each)
    rooms = tuple(Room(group, of, tuple(staff[group.key]), eating) for group, of, eating in children)
    return Moment(rooms, present, counted, tuple(free), level_6_hours, lower)


def within_share(
    counted: tuple[Counted, ...], rooms: list[tuple[str, Mapping[Band, int]]], edition: Edition
) -> tuple[tuple[Counted, ...], int]:
    """Those counted, with no more at Level 3 by experience than the share allows; and how many were put lower.

    Who stays at Level 3: first whoever is the only one of that level with an age, then whoever has the lowest otherwise.
    """
    by_experience = [each for each in counted if each.person.known == HowKnown.EXPERIENCE and each.by_experience]
    share = edition.share("experience-share")
    if not by_experience or not share:
        return counted, 0
    full = [each for each in counted if each.level >= Level.THREE and not each.by_experience]
    most = int(len(full) * share / (1 - share))
    if len(by_experience) <= most:
        return counted, 0
    served = {band for key, of in rooms for band in of if any(each.person.group == key for each in full)}
    stays: list[Counted] = []
    in_order = sorted(by_experience, key=lambda each: (each.person.level_otherwise, not each.person.under_2_experience))
    for only_needed in (True, False):
        for each in in_order:
            ages = {band for key, of in rooms for band in of if key == each.person.group}
            if each not in stays and len(stays) < most and (not only_needed or ages - served):
                stays.append(each)
                served |= ages
    lower = [each for each in by_experience if each not in stays]
    return tuple(Counted(each.person, each.person.level_otherwise) if each in lower else each for each in counted), len(
        lower
    )
