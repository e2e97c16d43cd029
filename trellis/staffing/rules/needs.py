"""How many are needed: for each age in each room by itself, and for all taken together."""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm
from typing import TYPE_CHECKING

from trellis.staffing.rules.days import Band, Provision
from trellis.staffing.rules.people import Level

if TYPE_CHECKING:
    from trellis.staffing.rules.days import Day
    from trellis.staffing.rules.edition import Edition
    from trellis.staffing.rules.moments import Moment, Room

UNDER_2 = (Band.UNDER_1, Band.ONE)
AGES: tuple[tuple[Band, ...], ...] = (
    UNDER_2,
    (Band.TWO,),
    (Band.THREE_PLUS,),
    (Band.RECEPTION,),
    (Band.OUT_OF_SCHOOL,),
)
AGE_OF = {band: bands for bands in AGES for band in bands}


@dataclass(frozen=True, slots=True)
class Need:
    """Children of one age in one room, and how many of them there are to one member of staff: 0 where none is fixed."""

    room: str
    bands: tuple[Band, ...]
    children: int
    ratio: int
    rule: str

    @property
    def staff(self) -> int:
        """How many they need by themselves."""
        return -(-self.children // self.ratio) if self.ratio else 0


def needs(moment: Moment, day: Day, edition: Edition) -> list[Need]:
    """What each age in each room needs at a moment."""
    found = []
    for room in moment.rooms:
        ages: dict[tuple[Band, ...], int] = {}
        for band, count in room.children.items():
            ages[AGE_OF[band]] = ages.get(AGE_OF[band], 0) + count
        for bands, children in ages.items():
            ratio, rule = _ratio(bands, room, moment, day, edition)
            found.append(Need(room.group.key, bands, children, ratio, rule))
    return found


def strict(found: list[Need]) -> int:
    """How many are needed when each age in each room is counted by itself."""
    return sum(need.staff for need in found)


def pooled(found: list[Need]) -> int:
    """How many are needed when all children are taken together.

    >>> twelve_twos = Need("a", (Band.TWO,), 12, 5, "ratio-2")
    >>> ten_threes = Need("b", (Band.THREE_PLUS,), 10, 8, "ratio-3-plus")
    >>> strict([twelve_twos, ten_threes]), pooled([twelve_twos, ten_threes]), pooled([])
    (5, 4, 0)
    """
    fixed = [need for need in found if need.ratio]
    whole = lcm(*(need.ratio for need in fixed))
    return -(-sum(need.children * (whole // need.ratio) for need in fixed) // whole)


def _ratio(bands: tuple[Band, ...], room: Room, moment: Moment, day: Day, edition: Edition) -> tuple[int, str]:
    rule = _rule(bands, room, moment, day, edition)
    ratio = edition.number(rule) if rule else 0
    if not day.own_ratios:
        return ratio, rule
    own = min((day.own_ratios[band] for band in bands if day.own_ratios.get(band)), default=0)
    if own and edition.number("own-ratio") and (not ratio or own < ratio):
        return own, "own-ratio"
    return ratio, rule


def _rule(bands: tuple[Band, ...], room: Room, moment: Moment, day: Day, edition: Edition) -> str:
    match bands[0]:
        case Band.UNDER_1:
            return "ratio-under-2"
        case Band.TWO:
            return "ratio-2"
        case Band.RECEPTION:
            return "ratio-reception"
        case Band.OUT_OF_SCHOOL:
            return ""
    if day.provision == Provision.MAINTAINED:
        return "ratio-3-plus-maintained"
    independent = day.provision == Provision.INDEPENDENT
    if not led_by_level_6(room, moment, edition) or not (independent or moment.level_6_hours):
        return "ratio-3-plus-independent" if independent else "ratio-3-plus"
    if not independent:
        return "ratio-3-plus-level-6"
    return f"ratio-3-plus-independent-{'most-five' if room.group.most_reach_five else 'level-6'}"


def led_by_level_6(room: Room, moment: Moment, edition: Edition) -> bool:
    """Whether somebody with Level 6 works directly with a room, and as many others as are asked hold Level 3."""
    leads = [each for each in room.staff if each.level >= Level.SIX]
    if not leads:
        return False
    others = sum(each.level >= Level.THREE for each in moment.working_with(Band.THREE_PLUS)) - 1
    return others >= edition.number("level-6-other-level-3")
