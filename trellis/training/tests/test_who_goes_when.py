"""Who of a setting goes when: each plan that is offered holds as it says, and guided minutes are counted right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rostering import SPRING_2027, THREE, TWO, day, edition, group, people, person
from trellis.staffing.rules.answers import Verdict
from trellis.staffing.rules.ways_out import verdict_of
from trellis.training.rules.figures import PartOfOne
from trellis.training.rules.going import (
    MOST_OFFERED,
    Goer,
    PartOfSession,
    choices,
    leavings_of,
    plan_said,
    stays_of,
    who_goes_when,
    why_not_send,
)

MORNING = PartOfSession("Morning", 570, 750, 180, 120)
AFTERNOON = PartOfSession("Afternoon", 795, 960, 165, 90)
TWO_PARTS = (MORNING, AFTERNOON)

minutes = st.integers(15, 90).map(lambda number: number * 2)
parts = st.lists(st.tuples(minutes, st.integers(0, 100)), min_size=1, max_size=3).map(
    lambda found: tuple(
        PartOfSession(
            f"Part {n}",
            540 + 150 * n,
            540 + 150 * n + min(length, 120),
            min(length, 120),
            share * min(length, 120) // 100,
        )
        for n, (length, share) in enumerate(found)
    )
)
others = st.lists(
    st.tuples(st.sampled_from(["present", "absent", "apologised", ""]), st.integers(0, 180)), max_size=6
).map(
    lambda found: tuple(
        PartOfOne(str(n), 180, guided, status, over=bool(status)) for n, (status, guided) in enumerate(found)
    )
)


@st.composite
def settings(draw):
    """A nursery with twos and threes, and two or three who could go."""
    twos, threes = draw(st.integers(1, 9)), draw(st.integers(1, 16))
    staff = [
        *people("bees", 3, 2),
        *people("bears", 3, 2),
        *(person(f"d{n}", level=2) for n in range(draw(st.integers(0, 2)))),
    ]
    this = day([group("bees", **{TWO: twos}), group("bears", **{THREE: threes})], staff)
    keys = draw(st.sampled_from([("bees1", "bears1"), ("bees1", "bees2"), ("bees1", "bees2", "bears2")]))
    whole = draw(parts)
    goers = [
        Goer(
            key,
            key.title(),
            draw(others),
            draw(st.integers(0, 100)),
            draw(st.integers(0, 600)),
            draw(st.frozensets(st.integers(0, len(whole) - 1))),
        )
        for key in keys
    ]
    return this, whole, goers, draw(st.integers(0, 60))


@given(settings())
def test_each_plan_checks_as_it_says(asked):
    this, whole, goers, travel = asked
    rules = edition(SPRING_2027)
    plans = who_goes_when(whole, goers, travel=travel, check=lambda away: verdict_of(this, away, rules))
    assert len(plans) <= MOST_OFFERED
    assert len({plan.key for plan in plans}) == len(plans)
    for plan in plans:
        leavings = leavings_of(whole, goers, plan.goes, travel=travel)
        assert plan.verdict == verdict_of(this, leavings, rules) < Verdict.NOT_POSSIBLE
        assert plan.stays == stays_of(whole, goers, plan.goes)
        for goer, goes in zip(goers, plan.goes, strict=True):
            assert goer.sorry.isdisjoint(goes), "nobody comes to what they apologised for"
            away = [leaving for leaving in leavings if goer.key in leaving.people]
            assert len(away) == bool(goes), "everybody is away once at most"
            for part in (whole[number] for number in goes):
                assert away[0].start <= part.starts - min(travel, part.starts)
                assert away[0].until >= part.ends + travel


@given(settings())
def test_guided_minutes_are_those_of_the_parts_that_somebody_comes_to(asked):
    _this, whole, goers, _travel = asked
    for goes in choices(whole, goers):
        for goer, stay, each in zip(goers, stays_of(whole, goers, goes), goes, strict=True):
            assert stay.guided == sum(whole[number].guided for number in each)
            had = sum(part.guided_had for part in goer.others)
            later = sum(part.guided for part in goer.others if part.is_to_come)
            if stay.reach == "reachable":
                assert had + later + stay.guided >= goer.guided


@given(settings())
def test_no_plan_is_beaten_by_another_for_everybody(asked):
    this, whole, goers, travel = asked
    plans = who_goes_when(whole, goers, travel=travel, check=lambda away: verdict_of(this, away, edition(SPRING_2027)))
    for one in plans:
        for other in plans:
            if one is not other and other.verdict <= one.verdict:
                assert not all(set(more) >= set(less) for more, less in zip(other.goes, one.goes, strict=True))


@given(settings())
def test_coming_to_more_is_never_further_from_enough(asked):
    _this, whole, goers, _travel = asked
    order = ("reachable", "catch_up", "out_of_reach")
    for goer in goers:
        all_of_it, none = (stays_of(whole, [goer], (goes,))[0] for goes in (range(len(whole)), range(0)))
        assert order.index(all_of_it.reach) <= order.index(none.reach)


def test_two_who_cannot_go_together_share_the_day():
    staff = [*people("bees", 3, 3, 2)]
    this = day([group("bees", **{TWO: 9})], staff)
    goers = [Goer("bees1", "Amy", guided=120), Goer("bees2", "Bo", guided=90)]
    plans = who_goes_when(TWO_PARTS, goers, travel=0, check=lambda away: verdict_of(this, away, edition(SPRING_2027)))
    said = [plan_said(TWO_PARTS, goers, plan.goes) for plan in plans]
    assert "Amy goes all day, Bo stays" in said
    assert "Amy goes from 9:30am to 12:30pm, Bo from 1:15pm to 4:00pm" in said
    assert not any("Bo all day" in each and "Amy goes all day" in each for each in said)
    best = plans[0]
    assert [stay.reach for stay in best.stays] == ["reachable", "reachable"], "each gets enough comes first"


def test_where_everybody_can_go_nothing_else_is_offered():
    this = day([group("bees", **{TWO: 4})], people("bees", 3, 3, 3, 2))
    goers = [Goer("bees1", "Amy"), Goer("bees2", "Bo")]
    plans = who_goes_when(TWO_PARTS, goers, travel=20, check=lambda away: verdict_of(this, away, edition(SPRING_2027)))
    assert [plan.key for plan in plans] == ["0.1-0.1"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, None),
        ({"session": "cancelled"}, "This session was cancelled, so there is nothing to apologise for"),
        ({"cohort": "cancelled"}, "This session was cancelled, so there is nothing to apologise for"),
        ({"begun": True}, "This session has begun. Ring the trainer"),
        ({"parts": 0}, "There is nothing to send: everybody comes to all of it"),
    ],
)
def test_what_cannot_be_sent_says_why(said, why):
    known = {"session": "planned", "cohort": "running", "begun": False, "parts": 2}
    assert why_not_send(**{**known, **said}) == why
