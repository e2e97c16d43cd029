"""What holds of every day: nobody’s staying makes it worse, more children never make it better, a refusal has a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rostering import IN_EACH_EDITION, asked, away, edition, person
from trellis.staffing.rules.answers import Verdict
from trellis.staffing.rules.days import Attending, Band, Day, Group, Provision
from trellis.staffing.rules.people import HowKnown, Level, Span, Staff, Standing, counts_as

ROOMS = ("ladybirds", "bees", "bears")
SPANS = st.sampled_from([Span(480, 1080), Span(480, 780), Span(600, 720), Span(540, 960), Span(645, 1080)])
AID = st.sampled_from([None, date(2020, 1, 1), date(2030, 1, 1)])


@st.composite
def rooms(draw):
    found = []
    for key in ROOMS[: draw(st.integers(1, 3))]:
        bands = st.lists(st.builds(Attending, st.sampled_from(Band), st.integers(1, 14), SPANS), min_size=1, max_size=3)
        meals = draw(st.sampled_from([None, (), (Span(690, 750),)]))
        found.append(Group(key, children=tuple(draw(bands)), meals=meals, most_reach_five=draw(st.booleans())))
    return tuple(found)


@st.composite
def somebody(draw, key):
    return Staff(
        key=key,
        group=draw(st.sampled_from([*ROOMS, ""])),
        hours=(draw(SPANS),),
        age=draw(st.sampled_from([17, 17, 17, 16])),
        level=draw(st.sampled_from([*Level, Level.THREE])),
        known=draw(st.sampled_from([HowKnown.EVIDENCE, HowKnown.EVIDENCE, HowKnown.EXPERIENCE])),
        standing=draw(st.sampled_from([Standing.STAFF, Standing.STAFF, *Standing])),
        studies=draw(st.sampled_from([0, 2, 3, 6])),
        competent=draw(st.booleans()),
        first_aid_until=draw(AID),
        manager=draw(st.sampled_from([False, False, True])),
        deputy=draw(st.sampled_from([False, False, True])),
        one_to_one=draw(st.sampled_from([False, False, False, True])),
        under_2_experience=draw(st.booleans()),
        trained_in_babies=draw(st.booleans()),
        school_teacher=draw(st.booleans()),
    )


@st.composite
def days(draw, rooms=rooms):
    staff = tuple(draw(somebody(f"p{number}")) for number in range(draw(st.integers(0, 8))))
    return Day(
        on=draw(st.sampled_from(IN_EACH_EDITION)),
        groups=draw(rooms()),
        staff=staff,
        meals=draw(st.sampled_from([(), (Span(720, 765),)])),
        provision=draw(st.sampled_from([Provision.PVI, Provision.PVI, Provision.MAINTAINED, Provision.INDEPENDENT])),
        own_ratios=draw(st.sampled_from([{}, {Band.TWO: 4}, {Band.THREE_PLUS: 7}])),
        good_or_outstanding=draw(st.booleans()),
        unqualified_counted=draw(st.sampled_from([None, True, False])),
    )


STAY = away(start="10:05", until="16:20")
qualified = st.builds(
    lambda group, level, teacher, deputy: person(
        "new", group, level, school_teacher=teacher, deputy=deputy, manager=False, hours=(Span(0, 1440),)
    ),
    st.sampled_from([*ROOMS, ""]),
    st.sampled_from([Level.THREE, Level.SIX]),
    st.booleans(),
    st.booleans(),
)


@settings(max_examples=400)
@given(days(), qualified)
def test_adding_somebody_qualified_never_makes_it_worse(this, new):
    # Whether a deputy is on site is asked once one is named, so a first one is not added here.
    if not any(each.manager or each.deputy for each in this.staff):
        new = replace(new, deputy=False)
    assert asked(replace(this, staff=(*this.staff, new)), STAY).verdict <= asked(this, STAY).verdict


@settings(max_examples=300)
@given(days(), qualified, st.data())
def test_releasing_nobody_never_makes_it_worse(this, new, data):
    this = replace(this, staff=(*this.staff, new))
    nobody, leaves = asked(this, STAY), asked(this, replace(STAY, people=("new",)))
    assert nobody.verdict <= leaves.verdict
    # Whoever stays away besides, no fewer are needed and no more are there.
    some = data.draw(st.lists(st.sampled_from([each.key for each in this.staff]), unique=True))
    fewer = asked(this, replace(STAY, people=tuple(some)))
    for stay, leave in zip(nobody.quarters, fewer.quarters, strict=True):
        assert (stay.minute, stay.present >= leave.present) == (leave.minute, True)
        assert stay.spare >= leave.spare or leave.present < stay.present


@settings(max_examples=400)
@given(days(), st.data())
def test_more_children_never_make_it_better(this, data):
    """More of the ages that a room has. Another age in a room brings its staff to that age, which may help others."""
    room = data.draw(st.sampled_from(this.groups))
    number = data.draw(st.integers(0, len(room.children) - 1))
    more = replace(room.children[number], count=room.children[number].count + data.draw(st.integers(1, 9)))
    fuller = replace(room, children=(*room.children[:number], more, *room.children[number + 1 :]))
    groups = tuple(fuller if each is room else each for each in this.groups)
    assert asked(replace(this, groups=groups), STAY).verdict >= asked(this, STAY).verdict


@settings(max_examples=300)
@given(days(), st.lists(st.sampled_from([f"p{number}" for number in range(8)]), unique=True))
def test_whatever_is_not_possible_names_a_rule_and_a_moment(this, who):
    answer = asked(this, replace(STAY, people=tuple(who)))
    for finding in answer.findings:
        assert answer.rule(finding).source
        assert 600 <= finding.minute < 980
        assert finding.sentence.startswith("At ")
        assert finding.sentence.endswith(".")
    if answer.verdict == Verdict.POSSIBLE:
        assert not answer.findings
    else:
        assert answer.first.verdict == answer.verdict
        fails = next(quarter for quarter in answer.quarters if quarter.verdict == answer.verdict)
        assert fails.minute == answer.first.minute


@given(somebody("p"), st.sampled_from(IN_EACH_EDITION), st.booleans(), st.booleans())
def test_the_senco_award_raises_nobodys_level(one, on, good, unqualified):
    said = [
        counts_as(replace(one, senco_award=held), on=on, edition=edition(on), good=good, unqualified=unqualified)
        for held in (False, True)
    ]
    assert said[0] == said[1]


@settings(max_examples=150)
@given(days())
def test_the_same_day_has_the_same_answer(this):
    assert asked(this, STAY) == asked(this, STAY)
    assert asked(replace(this, groups=this.groups[::-1]), STAY).verdict == asked(this, STAY).verdict
