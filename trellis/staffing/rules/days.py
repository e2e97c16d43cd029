"""A day of a setting: its groups, the children in them, its people; and who would be away when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import TYPE_CHECKING

from trellis.core.dates import clock
from trellis.staffing.rules.people import WHOLE_DAY, Span, Staff

if TYPE_CHECKING:
    from collections.abc import Mapping

QUARTER = 15
LONGEST_WAY = 240
"""So many minutes somebody travels at most."""


class Band(StrEnum):
    """The age that a child has on the day."""

    UNDER_1 = "under_1"
    ONE = "one"
    TWO = "two"
    THREE_PLUS = "three_plus"
    RECEPTION = "reception"
    OUT_OF_SCHOOL = "out_of_school"


WORDS: dict[Band, tuple[str, str]] = {
    Band.UNDER_1: ("child under one", "children under one"),
    Band.ONE: ("child of one", "children of one"),
    Band.TWO: ("child of two", "children of two"),
    Band.THREE_PLUS: ("child of three or over", "children of three and over"),
    Band.RECEPTION: ("child in reception", "children in reception"),
    Band.OUT_OF_SCHOOL: ("child of school age", "children of school age"),
}


class Provision(StrEnum):
    """What kind of provision it is."""

    PVI = "pvi"
    MAINTAINED = "maintained"
    INDEPENDENT = "independent"
    CHILDMINDER = "childminder"


@dataclass(frozen=True, slots=True)
class Attending:
    """So many children of one age for a part of the day."""

    band: Band
    count: int
    span: Span = WHOLE_DAY[0]


@dataclass(frozen=True)
class Group:
    """A room, or a group with its own staff."""

    key: str
    name: str = ""
    children: tuple[Attending, ...] = ()
    meals: tuple[Span, ...] | None = None
    """When the children of this group eat, where not with the others."""
    most_reach_five: bool = False
    """In an independent school: most of them reach five in the school year."""

    @property
    def called(self) -> str:
        """Its name, or the key by which it is known."""
        return self.name or self.key


@dataclass(frozen=True)
class Outing:
    """A group that is out for a part of the day: the children as they are otherwise there, and who works with them."""

    group: Group
    people: tuple[Staff, ...]
    span: Span


@dataclass(frozen=True, kw_only=True)
class Day:
    """A setting on one day."""

    on: date
    groups: tuple[Group, ...] = ()
    staff: tuple[Staff, ...] = ()
    opening: Span = field(default=Span(8 * 60, 18 * 60))
    meals: tuple[Span, ...] = ()
    outings: tuple[Outing, ...] = ()
    """Who is out: neither the children nor the people are among the groups and staff meanwhile."""
    provision: Provision = Provision.PVI
    own_ratios: Mapping[Band, int] = field(default_factory=dict)
    """Where the setting keeps fewer children to one member of staff than the rules ask."""
    good_or_outstanding: bool = True
    unqualified_counted: bool | None = None
    """What the setting says where the sources differ; nothing to take what the edition says."""
    sole_charge_permitted: bool = False
    """Of a childminder: parents permit that the assistant is left in sole charge."""
    young_by_exception: int = 0
    """Of a childminder: for so many young children an exception holds, as for siblings."""


@dataclass(frozen=True)
class Leaving:
    """Who would be away, and when, travel included. Nobody, to look at the day as it is."""

    people: tuple[str, ...]
    start: int
    until: int

    def away(self, minute: int) -> bool:
        """Whether they are away at that minute."""
        return self.start <= minute < self.until


def leaving_for(people: tuple[str, ...], *, starts: int, ends: int, travel: int = 0) -> Leaving:
    """Being away for a session from one minute to another, with so many minutes to get there and as many back.

    >>> leaving_for(("amy",), starts=9 * 60 + 30, ends=12 * 60, travel=25)
    Leaving(people=('amy',), start=545, until=745)
    """
    return Leaving(people, max(0, starts - travel), min(24 * 60, ends + travel))


def quarters(start: int, until: int) -> range:
    """The quarter hours that a part of a day touches, by their first minute.

    >>> [said(minute) for minute in quarters(545, 590)]
    ['9:00am', '9:15am', '9:30am', '9:45am']
    """
    return range(start - start % QUARTER, until, QUARTER)


def said(minute: int) -> str:
    """A minute after midnight as people write it.

    >>> said(16 * 60 + 15), said(24 * 60)
    ('4:15pm', 'midnight')
    """
    return clock(time(*divmod(minute, 60))) if minute < 24 * 60 else "midnight"


def children_said(counts: Mapping[Band, int]) -> str:
    """Children by age, in words.

    >>> children_said({Band.TWO: 12, Band.THREE_PLUS: 1})
    '12 children of two and 1 child of three or over'
    """
    parts = [f"{count} {WORDS[band][count != 1]}" for band, count in counts.items() if count]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts) or "no children"


def people_said(number: int) -> str:
    """So many members of staff, in words.

    >>> people_said(1), people_said(0), people_said(4)
    ('1 member of staff', 'no staff', '4 staff')
    """
    return {0: "no staff", 1: "1 member of staff"}.get(number, f"{number} staff")


def needed_said(number: int) -> str:
    """That so many are needed.

    >>> needed_said(1), needed_said(4)
    ('1 is needed', '4 are needed')
    """
    return f"{number} {'is' if number == 1 else 'are'} needed"
