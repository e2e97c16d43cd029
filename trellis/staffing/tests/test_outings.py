"""A room that is out: first aid goes along, and there are enough staff for the children who are out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from trellis.staffing.editions.loading import edition_on
from trellis.staffing.rules.answers import Verdict
from trellis.staffing.rules.checking import check
from trellis.staffing.rules.days import Attending, Band, Day, Group, Leaving, Provision
from trellis.staffing.rules.people import Level, Span, Staff
from trellis.staffing.rules.weeks import Fewer, Off, Trip, changed

ON = date(2027, 3, 4)
OUT = Span(600, 720)
EDITION = edition_on(ON)
TRIP = Trip("bees", OUT)


def staff(key, group, *, aid=True):
    until = ON + timedelta(days=1) if aid else None
    return Staff(key=key, group=group, level=Level.THREE, first_aid_until=until)


def day(*people, twos=10, **known):
    bees = Group("bees", children=(Attending(Band.TWO, twos, Span(480, 1080)),))
    bears = Group("bears", children=(Attending(Band.THREE_PLUS, 8, Span(480, 1080)),))
    own = (staff("amy", "bees"), staff("ben", "bees", aid=False), staff("cat", "bears"), staff("dan", "bears"))
    return Day(on=ON, groups=(bees, bears), staff=(*own, *people), **known)


def found(of, *away, changes=None, start=540, until=780):
    return check(changed(of, [TRIP] if changes is None else changes), Leaving(away, start, until), EDITION).findings


def broken(*given, **known):
    return [(each.rule, each.sentence) for each in found(*given, **known) if each.verdict == Verdict.NOT_POSSIBLE]


def test_an_outing_with_enough_staff_and_first_aid_holds():
    assert broken(day()) == []


@pytest.mark.parametrize("by", ["away", "off"])
def test_nobody_with_first_aid_goes_along(by):
    of = day(staff("eve", "bees", aid=False))
    away, off = (("amy",), []) if by == "away" else ((), [Off("amy", Span(0, 1440))])
    assert broken(of, *away, changes=[TRIP, *off]) == [
        ("outing-first-aid", "At 10:00am nobody who is out with bees has a current paediatric first aid certificate.")
    ]


def test_too_few_go_along():
    rule, sentence = broken(day(), "ben")[-1]
    assert (rule, sentence) == (
        "ratio-2",
        "At 10:00am 1 member of staff is out with bees for 10 children of two: 2 are needed.",
    )
    assert broken(day(), "ben", start=780, until=840, changes=[TRIP, Off("ben", OUT)]) == broken(
        day(), "ben", start=780, until=840, changes=[]
    ), "before and after an outing nothing is asked of it"


@pytest.mark.parametrize(("twos", "holds"), [(10, True), (11, False)])
def test_one_child_more_is_too_many(twos, holds):
    assert (broken(day(twos=twos), changes=[TRIP], start=600, until=720) == []) is holds


def test_who_comes_besides_goes_along_and_who_stays_at_home_is_not_out():
    comes = staff("agency", "bees")
    assert broken(day(), "amy", changes=[TRIP, comes]) == []
    fewer = Fewer("bees", Attending(Band.TWO, 5, Span(0, 1440)))
    assert broken(day(), "ben", changes=[TRIP, fewer]) == []


def test_a_childminder_takes_children_out():
    minder = Staff(key="megan", group="home", childminder=True, level=Level.THREE)
    home = Group("home", children=(Attending(Band.TWO, 3, Span(480, 1080)),))
    of = Day(on=ON, groups=(home,), staff=(minder,), provision=Provision.CHILDMINDER)
    assert broken(of, changes=[Trip("home", OUT)], start=600, until=720) == [
        ("outing-first-aid", "At 10:00am nobody who is out with home has a current paediatric first aid certificate.")
    ]
