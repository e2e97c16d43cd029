"""Whom the waiting list offers the places that are free: in its order, never more than there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

TOGETHER, APART = "together", "apart"


def setting_key(provider: object, setting: object, name: str) -> str:
    """What says that two people are of one setting: the register’s row, Trellis’ own record, or the written name.

    >>> setting_key(None, None, "  Oak  Nursery "), setting_key(None, 7, "Oak Nursery"), setting_key(None, None, "")
    ('oak nursery', 'setting 7', '')
    """
    if provider:
        return f"provider {provider}"
    return f"setting {setting}" if setting else " ".join(name.lower().split())


@dataclass(frozen=True)
class Waiting:
    """Somebody on the list: of which setting, with which wish, for which cohorts (for any when it names none)."""

    key: str
    setting: str = ""
    wish: str = ""
    wanted: frozenset[str] = frozenset()
    been_in: frozenset[str] = frozenset()


@dataclass
class Room:
    """A cohort: how many places are free, and which settings have somebody in it, with their wishes."""

    key: str
    free: int
    seated: dict[str, list[str]] = field(default_factory=dict)

    def seat(self, who: Waiting) -> None:
        """One place is no longer free."""
        self.free -= 1
        if who.setting:
            self.seated.setdefault(who.setting, []).append(who.wish)


@dataclass(frozen=True)
class Outcome:
    """Who is offered which cohort, in that order; and whom the list passed over, with why."""

    offers: list[tuple[str, str]]
    passed_over: dict[str, str]


def can_offer(*, status: str, starts_on: date, today: date, stop_days: int) -> bool:
    """Whether the waiting list still offers places in a cohort: until so many days before it begins.

    >>> from datetime import date
    >>> can_offer(status="open", starts_on=date(2027, 4, 15), today=date(2027, 4, 5), stop_days=10)
    True
    >>> can_offer(status="open", starts_on=date(2027, 4, 15), today=date(2027, 4, 6), stop_days=10)
    False
    """
    return status == "open" and today <= starts_on - timedelta(days=stop_days)


def next_offers(waiting: Sequence[Waiting], rooms: Sequence[Room]) -> Outcome:
    """Go down the list and offer each the first cohort that has room and that they want.

    Whoever wants to be apart from others of their setting, or has somebody there who wants it, is not put beside
    them. Two who both wait and want to be together are offered the same cohort when it has two places, at the turn of
    the first; otherwise the list passes them over and says so, and a person decides. `rooms` change as places go.

    >>> rooms = [Room("spring", free=1)]
    >>> next_offers([Waiting("ana"), Waiting("ben")], rooms).offers
    [('ana', 'spring')]
    >>> pair = [Waiting("ana", "oak", "together"), Waiting("ben", "oak", "together"), Waiting("cy")]
    >>> outcome = next_offers(pair, [Room("spring", free=1)])
    >>> outcome.offers, outcome.passed_over["ana"]
    ([('cy', 'spring')], 'They want to be together, and no cohort has a place for both')
    """
    offers: list[tuple[str, str]] = []
    passed: dict[str, str] = {}
    done: set[str] = set()
    for who in waiting:
        if who.key in done or not any(room.free > 0 for room in rooms):
            continue
        group = [who, *_mates(who, waiting, done)]
        room, why = _room_for(group, rooms)
        if room is None:
            passed |= {who.key: why} if why else {}
            continue
        for each in group:
            room.seat(each)
            offers.append((each.key, room.key))
            done.add(each.key)
    return Outcome(offers, passed)


def _mates(who: Waiting, waiting: Sequence[Waiting], done: set[str]) -> list[Waiting]:
    """The others of the setting who wait too, when all of them want to be together."""
    if who.wish != TOGETHER or not who.setting:
        return []
    return [
        each
        for each in waiting
        if each.key != who.key and each.key not in done and each.setting == who.setting and each.wish == TOGETHER
    ]


def _room_for(group: Sequence[Waiting], rooms: Sequence[Room]) -> tuple[Room | None, str]:
    """The first cohort for all of them; or none, and why not although a place is free that they want."""
    wanted = [room for room in rooms if room.free > 0 and all(_wants(each, room.key) for each in group)]
    if not wanted:
        return None, _for_nobody(group, rooms)
    who = group[0]
    apart = [room for room in wanted if not _must_be_apart(who, room.seated)]
    if not apart:
        return None, "Somebody of their setting is in this cohort, and they are to be apart"
    beside = _beside(who, rooms)
    if beside is not None and beside not in apart:
        return None, "They want to be together with somebody who is in another cohort"
    fitting = [room for room in ([beside] if beside else apart) if room.free >= len(group)]
    if not fitting:
        return None, "They want to be together, and no cohort has a place for both"
    return fitting[0], ""


def _for_nobody(group: Sequence[Waiting], rooms: Sequence[Room]) -> str:
    """Why not, when those who want to be together want different cohorts; nothing for one alone."""
    alone = any(room.free > 0 and _wants(group[0], room.key) for room in rooms)
    return "They want to be together, and no cohort has a place for both" if len(group) > 1 and alone else ""


def _wants(who: Waiting, room: str) -> bool:
    return room not in who.been_in and (not who.wanted or room in who.wanted)


def _must_be_apart(who: Waiting, seated: Mapping[str, Sequence[str]]) -> bool:
    there = seated.get(who.setting, ()) if who.setting else ()
    return bool(there) and (who.wish == APART or APART in there)


def _beside(who: Waiting, rooms: Sequence[Room]) -> Room | None:
    """The cohort in which somebody of the setting is who wants to be together, when this one wants it too."""
    if who.wish != TOGETHER or not who.setting:
        return None
    return next((room for room in rooms if TOGETHER in room.seated.get(who.setting, ())), None)
