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
LONG, EARLY, LATE, BREAK = (Span(480, 1080),), (Span(480, 780),), (Span(645, 1080),), (Span(480, 720), Span(750, 1080))
FULL = {"first_aid_until": date(2030, 1, 1), "under_2_experience": True, "trained_in_babies": True}
LEARNS = {"level": 0, "studies": 3, "competent": True}
WHO = (
    *[{"level": level, **FULL} for level in (3, 3, 2, 2, 6)],
    {"level": 3, **FULL, "manager": True},
    {"level": 3, **FULL, "deputy": True},
    {"level": 6, **FULL, "school_teacher": True},
    {"level": 3},
    {"level": 3, "first_aid_until": date(2030, 1, 1)},
    {"level": 2, "trained_in_babies": True},
    {"level": 0},
    {"level": 0, "under_2_experience": True},
    {"level": 3, **FULL, "one_to_one": True},
    {"level": 3, **FULL, "known": HowKnown.EXPERIENCE},
    {"level": 3, **FULL, "known": HowKnown.EXPERIENCE, "level_otherwise": 2},
    {**FULL, **LEARNS, "standing": Standing.APPRENTICE, "age": 16},
    {**LEARNS, "standing": Standing.STUDENT},
    {"level": 3, **FULL, "standing": Standing.AGENCY},
    {"level": 2, "age": 16},
)
SOMEBODY = st.builds(
    lambda who, group, hours: Staff(key="p", group=group, hours=hours, **who),
    st.sampled_from(WHO), st.sampled_from([*ROOMS, ""]), st.sampled_from([LONG, LONG, EARLY, LATE, BREAK]),
)  # fmt: skip
AGES = st.sampled_from([Band.UNDER_1, Band.ONE, Band.TWO, Band.TWO, Band.THREE_PLUS, Band.THREE_PLUS, Band.RECEPTION, Band.OUT_OF_SCHOOL])  # fmt: skip
CHILDREN = st.builds(
    lambda band, count, hours: Attending(band, count, hours[0]),
    AGES, st.integers(1, 9), st.sampled_from([LONG, LONG, EARLY, LATE]),
)  # fmt: skip
SETTING = st.sampled_from(
    [
        {},
        {"meals": (Span(720, 765),)},
        {"provision": Provision.MAINTAINED},
        {"provision": Provision.INDEPENDENT},
        {"own_ratios": {Band.TWO: 4}, "unqualified_counted": False},
        {"own_ratios": {Band.THREE_PLUS: 7}, "good_or_outstanding": False},
    ]
)
# Behind those drawn stand some who hold everything, so that days of all three answers are drawn.
BACKBONE = tuple(person(f"full{number}", room, 3, hours=LONG) for number, room in enumerate([*ROOMS, ""]))


@st.composite
def days(draw):
    most = draw(st.integers(1, 3))
    groups = tuple(
        Group(key, children=tuple(draw(st.lists(CHILDREN, min_size=1, max_size=2))), most_reach_five=key == "bears")
        for key in ROOMS[:most]
    )
    drawn = [replace(one, key=f"p{number}") for number, one in enumerate(draw(st.lists(SOMEBODY, max_size=7)))]
    staff = (*drawn, *BACKBONE[draw(st.integers(0, 4)) :])
    return Day(on=draw(st.sampled_from(IN_EACH_EDITION)), groups=groups, staff=staff, **draw(SETTING))


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


@settings(max_examples=100)
@given(days(), qualified)
def test_adding_somebody_qualified_never_makes_it_worse(this, new):
    # Whether a deputy is on site is asked once one is named, so a first one is not added here.
    if not any(each.manager or each.deputy for each in this.staff):
        new = replace(new, deputy=False)
    assert asked(replace(this, staff=(*this.staff, new)), STAY).verdict <= asked(this, STAY).verdict


@settings(max_examples=100)
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


@settings(max_examples=100)
@given(days(), st.data())
def test_more_children_never_make_it_better(this, data):
    """More of the ages that a room has. Another age in a room brings its staff to that age, which may help others."""
    room = data.draw(st.sampled_from(this.groups))
    number = data.draw(st.integers(0, len(room.children) - 1))
    more = replace(room.children[number], count=room.children[number].count + data.draw(st.integers(1, 9)))
    fuller = replace(room, children=(*room.children[:number], more, *room.children[number + 1 :]))
    groups = tuple(fuller if each is room else each for each in this.groups)
    assert asked(replace(this, groups=groups), STAY).verdict >= asked(this, STAY).verdict


@settings(max_examples=100)
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


@given(SOMEBODY, st.sampled_from(IN_EACH_EDITION), st.booleans(), st.booleans())
def test_the_senco_award_raises_nobodys_level(one, on, good, unqualified):
    said = [
        counts_as(replace(one, senco_award=held), on=on, edition=edition(on), good=good, unqualified=unqualified)
        for held in (False, True)
    ]
    assert said[0] == said[1]


@settings(max_examples=100)
@given(days())
def test_the_same_day_has_the_same_answer(this):
    assert asked(this, STAY) == asked(this, STAY)
    assert asked(replace(this, groups=this.groups[::-1]), STAY).verdict == asked(this, STAY).verdict
