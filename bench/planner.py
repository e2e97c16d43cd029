"""What looking ahead costs: one check of a large setting, what forty settings reply, and a cohort planned with them."""

from __future__ import annotations

import json
from datetime import date
from time import process_time
from typing import TYPE_CHECKING

from bench.results import Figure
from bench.teaching import LEAD
from trellis.staffing.editions.loading import edition_on
from trellis.staffing.rules.checking import check
from trellis.staffing.rules.days import Attending, Band, Day, Group, Leaving
from trellis.staffing.rules.people import Span, Staff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.installation import Installation

MANY = 40
MOST_FOR_A_CHECK = 20.0  # ms of processor time: 6 rooms, 120 children, 30 staff
MOST_FOR_REPLIES = 2.0  # s: every session of a cohort, 40 settings
MOST_FOR_A_PLAN = 10.0  # s: an answer for every pattern, 40 settings and 12 sessions
CHECKS = 20
ON = date(2027, 3, 4)


def a_large_setting() -> Day:
    """Six rooms with 120 children, who come and go, and thirty staff with breaks."""
    rooms = {"a": (Band.UNDER_1, 12), "b": (Band.ONE, 12), "c": (Band.TWO, 24), "d": (Band.TWO, 20)}
    rooms |= {"e": (Band.THREE_PLUS, 26), "f": (Band.THREE_PLUS, 26)}
    stays = (Span(480, 1080), Span(510, 945))
    groups = tuple(
        Group(key, children=tuple(Attending(band, count // 2, stay) for stay in stays), meals=(Span(690, 735),))
        for key, (band, count) in rooms.items()
    )
    staff = tuple(
        Staff(
            key=f"p{number}",
            group="abcdef"[number % 6],
            hours=(Span(480, 720 + number % 4 * 30), Span(750 + number % 4 * 30, 1080)),
            level=(3, 2, 3, 2, 0)[number // 6],
            first_aid_until=date(2030, 1, 1),
            under_2_experience=True,
            trained_in_babies=True,
        )
        for number in range(30)
    )
    return Day(on=ON, groups=groups, staff=staff)


def a_check() -> float:
    """Milliseconds of processor time for a whole day, at best: what disturbs the machine makes it longer."""
    day, edition, took = a_large_setting(), edition_on(ON), []
    assert edition
    for number in range(CHECKS):
        begun = process_time()
        check(day, Leaving((f"p{number}",), 480, 1080), edition)
        took.append((process_time() - begun) * 1000)
    return min(took)


def figures_of_planner(installation: Installation) -> Iterator[Figure]:
    """The check here; the planner in an installation, where it reads the weeks."""
    yield Figure("check of a large setting: processor time", a_check(), "ms", at_most=MOST_FOR_A_CHECK)
    said = installation.python("-m", "bench.plan", LEAD, str(MANY)).said
    found = json.loads(said.splitlines()[-1])
    of = f"planner, {MANY} settings"
    yield Figure(f"{of}: people counted", found["counted"], "")
    yield Figure(f"{of}: replies to every session of a cohort", found["replies"], "s", at_most=MOST_FOR_REPLIES)
    yield Figure(f"{of}: an answer for each pattern", found["first"], "s", at_most=MOST_FOR_A_PLAN)
    yield Figure(f"{of}: everything looked at", found["all"], "s")
    yield Figure(f"{of}: patterns", found["patterns"], "")
