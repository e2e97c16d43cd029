"""Days of settings for tests of the ratio rules: staff who hold everything, unless a test says otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any

from trellis.staffing.editions.loading import edition_on
from trellis.staffing.rules.answers import Answer
from trellis.staffing.rules.checking import check
from trellis.staffing.rules.days import Attending, Band, Day, Group, Leaving
from trellis.staffing.rules.edition import Edition
from trellis.staffing.rules.people import Level, Span, Staff, Standing

AUTUMN_2023 = date(2023, 10, 4)
SPRING_2024 = date(2024, 3, 6)
WINTER_2024 = date(2024, 12, 4)
SPRING_2027 = date(2027, 3, 4)
BEFORE_2023 = date(2023, 3, 1)
IN_EACH_EDITION = (BEFORE_2023, AUTUMN_2023, SPRING_2024, WINTER_2024, SPRING_2027)

U2, TWO, THREE = Band.ONE, Band.TWO, Band.THREE_PLUS


def edition(on: date = SPRING_2027) -> Edition:
    """The edition of a day that we hold one for."""
    found = edition_on(on)
    assert found
    return found


def at(clock: str) -> int:
    """A time of day as minutes after midnight."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def span(start: str, until: str) -> Span:
    return Span(at(start), at(until))


def group(key: str, *meals: Span, **children: int) -> Group:
    """A group with children by the names of their ages: for the whole day."""
    return Group(key, children=tuple(Attending(Band(band), count) for band, count in children.items()), meals=meals)


def person(key: str, group: str = "", level: int = Level.THREE, **otherwise: Any) -> Staff:
    """Somebody with first aid who has worked with babies."""
    holds = {"first_aid_until": date(2030, 1, 1), "under_2_experience": True, "trained_in_babies": True}
    return Staff(**{"key": key, "group": group, "level": level, **holds, **otherwise})


def people(group: str, *levels: int, **otherwise: Any) -> list[Staff]:
    """Several of them in one group, by level: ladybirds1, ladybirds2…"""
    return [person(f"{group}{number}", group, level, **otherwise) for number, level in enumerate(levels, start=1)]


def day(groups: list[Group], staff: list[Staff], on: date = SPRING_2027, **otherwise: Any) -> Day:
    return Day(on=on, groups=tuple(groups), staff=tuple(staff), **otherwise)


def away(*people: str, start: str = "10:00", until: str = "12:00") -> Leaving:
    return Leaving(people, at(start), at(until))


def asked(this: Day, leaving: Leaving) -> Answer:
    """The check by the edition of the day."""
    return check(this, leaving, edition(this.on))


def large_setting(on: date = SPRING_2027) -> Day:
    """Six rooms, 120 children who come and go, 30 staff with breaks of their own."""
    rooms = {"a": ("under_1", 9), "b": ("one", 12), "c": ("two", 25), "d": ("two", 20), "e": ("three_plus", 26)}
    rooms["f"] = ("three_plus", 28)
    groups, staff = [], []
    stays = (span("08:00", "18:00"), span("08:30", "15:45"), span("09:15", "13:00"))
    for key, (band, count) in rooms.items():
        parts = (count // 3, count // 3, count - 2 * (count // 3))
        children = tuple(Attending(Band(band), part, stay) for part, stay in zip(parts, stays, strict=True))
        groups.append(Group(key, children=children, meals=(span("11:30", "12:15"), span("15:30", "16:00"))))
    levels = (3, 2, 0, 3, 2, 2)
    for key, count in {"a": 4, "b": 5, "c": 6, "d": 5, "e": 4, "f": 4, "": 2}.items():
        for number in range(count):
            place, lunch = len(staff), at("12:00") + 30 * (len(staff) % 4)
            hours = (Span(at("08:00") + 15 * (place % 4), lunch), Span(lunch + 30, at("18:00") - 15 * (place % 5)))
            level = 6 if key == "e" and not number else levels[number]
            standing = Standing.AGENCY if place % 11 == 10 else Standing.STAFF
            leads = {"manager": not key and not number, "deputy": not key and number == 1}
            staff.append(person(f"p{place}", key, level, hours=hours, standing=standing, **leads))
    return day(groups, staff, on)
