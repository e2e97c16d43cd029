"""Ways out of an answer: each checks as it says, the cheapest first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rostering import at, away, day, edition, group, people, person, span
from trellis.staffing.rules.answers import Verdict
from trellis.staffing.rules.checking import check
from trellis.staffing.rules.days import Attending, Band, Group, Leaving
from trellis.staffing.rules.ways_out import Asking, Kind, away_too, verdict_of, ways_out
from trellis.staffing.tests.test_properties import days

POSSIBLE, TIGHT, NOT_POSSIBLE = Verdict
ALL_DAY = {"start": "09:00", "until": "15:00"}


def asking(this, *who, instead=(), travel=0, **when):
    return Asking(this, away(*who, **(ALL_DAY | when)), edition(this.on), travel=travel, instead=instead)


def ways(this, *who, **otherwise):
    return ways_out(asking(this, *who, **otherwise))


def told(this, *who, **otherwise):
    return [(way.kind, way.verdict, way.sentence) for way in ways(this, *who, **otherwise)]


def busy_afternoon():
    """Two are enough in the morning, three from one o’clock."""
    room = Group("bees", children=(Attending(Band.TWO, 5), Attending(Band.TWO, 6, span("13:00", "18:00"))))
    return day([room], people("bees", 3, 3, 2))


def test_nothing_to_look_for_where_all_holds():
    assert ways(day([group("bees", two=5)], people("bees", 3, 3, 3)), "bees1") == []


def test_part_of_the_day_and_cover():
    assert told(busy_afternoon(), "bees1") == [
        (Kind.SHORTER, POSSIBLE, "Be back by 1:00pm"),
        (Kind.HALF, POSSIBLE, "The morning only: away from 9:00am to 12:30pm"),
        (Kind.COVER, TIGHT, "Cover by one member of staff of any level from 1:00pm to 3:00pm"),
    ]


def test_coming_later():
    room = Group("bees", children=(Attending(Band.TWO, 5), Attending(Band.TWO, 6, span("08:00", "10:00"))))
    assert (Kind.SHORTER, POSSIBLE, "Leave at 10:00am") in told(day([room], people("bees", 3, 3, 2)), "bees1")


def test_too_little_of_a_session_is_no_way_out():
    assert Kind.SHORTER in {
        way.kind for way in ways(busy_afternoon(), "bees1", start="11:30", until="14:00", travel=15)
    }
    assert Kind.SHORTER not in {way.kind for way in ways(busy_afternoon(), "bees1", start="11:30", until="14:00", travel=16)}  # fmt: skip


def test_the_journey_is_part_of_each_half():
    halves = [way for way in ways(busy_afternoon(), "bees1", travel=20) if way.kind == Kind.HALF]
    assert [(way.leavings[0].start, way.leavings[0].until) for way in halves] == [(at("09:00"), at("12:50"))]


def test_somebody_else_goes():
    this = day([group("bees", two=10)], people("bees", 3, 2, 2, 2))
    assert (Kind.OTHER_PERSON, POSSIBLE, "bees2 goes instead of bees1") in told(this, "bees1", instead=("bees2",))


def test_moving_comes_before_all_else():
    this = day(
        [group("bees", two=5), group("bears", three_plus=8)], [*people("bees", 3, 2, 2), *people("bears", 3, 3, 2)]
    )
    assert told(this, "bees1")[0] == (Kind.MOVE, POSSIBLE, "bears1 works with bees meanwhile")


def test_swapping_groups():
    this = day(
        [group("bees", two=10), group("bears", three_plus=16)], [*people("bees", 3, 2, 2), *people("bears", 3, 3)]
    )
    assert (Kind.SWAP, TIGHT, "bees2 and bears1 swap groups meanwhile") in told(this, "bees1")


def test_two_share_a_day():
    this = day([group("bees", two=10)], people("bees", 3, 3, 2))
    said = told(this, "bees1", "bees2")
    assert (Kind.SHARE, TIGHT, "bees1 goes in the morning, bees2 in the afternoon") in said
    assert (Kind.ONE_STAYS, TIGHT, "bees1 stays") in said


@pytest.mark.parametrize(
    ("this", "who", "said"),
    [
        (day([group("bees", two=5)], people("bees", 3, 2, 2)), "bees1", "Cover at Level 3 from 9:00am to 3:00pm"),
        (day([group("bees", two=5)], people("bees", 3, 2, 0)), "bees2", "Cover at Level 2 from 9:00am to 3:00pm"),
        (day([group("babies", one=3)], people("babies", 3, 2, 2)), "babies1", "Cover at Level 3 with experience and training with children under two from 9:00am to 3:00pm"),
        (day([group("bees", two=5)], [person("a", "bees"), *people("bees", 3, 2, first_aid_until=None)]), "a", "Cover by one member of staff of any level with paediatric first aid from 9:00am to 3:00pm"),
    ],
)  # fmt: skip
def test_cover_is_of_the_lowest_level_that_is_enough(this, who, said):
    assert [way.sentence for way in ways(this, who) if way.kind == Kind.COVER] == [said]


def test_cover_at_level_6_keeps_one_to_thirteen():
    this = day([group("bears", three_plus=39)], people("bears", 6, 3, 3))
    assert told(this, "bears1") == [(Kind.COVER, TIGHT, "Cover at Level 6 from 9:00am to 3:00pm")]


def test_who_is_away_too_is_away_for_whole_quarter_hours():
    this = away_too(day([], [person("a", hours=(span("08:00", "17:00"),))]), Leaving(("a",), at("10:05"), at("11:50")))
    assert this.staff[0].hours == (span("08:00", "10:00"), span("12:00", "17:00"))


@settings(max_examples=40)
@given(days(), st.lists(st.integers(0, 10), min_size=1, max_size=2, unique=True), st.sampled_from([0, 20]))
def test_every_way_out_checks_as_it_says(this, numbers, travel):
    keys = [each.key for each in this.staff]
    who = tuple(keys[number] for number in numbers if number < len(keys))
    leaving = Leaving(who, at("09:10"), at("15:40"))
    look = Asking(this, leaving, edition(this.on), travel=travel, instead=tuple(keys[:2]))
    now = check(this, leaving, look.edition).verdict
    found = ways_out(look)
    assert [way.kind for way in found] == sorted(way.kind for way in found)
    for way in found:
        assert way.verdict < now
        assert verdict_of(way.day, way.leavings, look.edition) == way.verdict
        assert all(check(way.day, each, look.edition).verdict <= way.verdict for each in way.leavings)
        assert all(leaving.start <= each.start < each.until <= leaving.until for each in way.leavings)
