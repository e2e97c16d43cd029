"""The eight cases that the check was written from."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.rostering import SPRING_2027, WINTER_2024, asked, at, away, day, edition, group, people, person, span
from trellis.staffing.rules.answers import Verdict
from trellis.staffing.rules.days import Provision, leaving_for
from trellis.staffing.rules.people import HowKnown, Level, Standing, counts_as

POSSIBLE, TIGHT, NOT_POSSIBLE = Verdict


def nursery():
    """8 under two, 10 twos, 24 of three and over; nine staff, one of them at Level 6."""
    groups = [group("ladybirds", one=8), group("bees", two=10), group("bears", three_plus=24)]
    return day(groups, [*people("ladybirds", 3, 3, 2), *people("bees", 3, 3, 2), *people("bears", 6, 3, 2)])


@pytest.mark.parametrize(
    ("who", "verdict", "needed", "left"),
    [((), POSSIBLE, 7, 9), (("bees2",), POSSIBLE, 7, 8), (("bears1",), TIGHT, 8, 8)],
    ids=["nobody", "one at Level 3", "the one at Level 6"],
)
def test_a_who_leaves_decides_how_many_are_needed(who, verdict, needed, left):
    answer = asked(nursery(), away(*who))
    ten = answer.quarters[0]
    assert (answer.verdict, ten.required, ten.required_each, ten.present) == (verdict, needed, needed, left)
    assert ten.spare == left - needed
    assert not answer.first or answer.first.rule == "nobody-spare"


@pytest.mark.parametrize("rooms", [("bees", "bears"), ("bees", "bees")], ids=["two rooms", "one room"])
def test_b_it_holds_only_for_all_taken_together(rooms):
    twos, threes = rooms
    groups = [group("bees", two=12), group("bears", three_plus=10)]
    if twos == threes:
        groups = [group("bees", two=12, three_plus=10)]
    this = day(groups, [person("a", twos), person("b", twos), person("c", threes), person("d", threes, 2)])
    as_it_is = asked(this, away())
    assert (as_it_is.verdict, as_it_is.quarters[0].required, as_it_is.quarters[0].required_each) == (TIGHT, 4, 5)
    assert as_it_is.first.rule == "each-room-by-itself"
    without = asked(this, away("b"))
    assert (without.verdict, without.first.rule, without.first.minute) == (NOT_POSSIBLE, "pooled-ratio", at("10:00"))
    assert without.sentence == (
        "At 10:00am there are 3 staff for 12 children of two and 10 children of three and over: 4 are needed (1:5, 1:8)."
    )


def test_c_enough_staff_and_nobody_at_level_3():
    this = day([group("ladybirds", one=6)], people("ladybirds", 3, 2, 2))
    answer = asked(this, away("ladybirds1"))
    assert (answer.quarters[0].required, answer.quarters[0].present) == (2, 2)
    assert (answer.verdict, answer.first.rule) == (NOT_POSSIBLE, "under-2-level-3")
    assert answer.sentence == "At 10:00am nobody with children under two holds Level 3."


def test_d_the_only_one_with_first_aid():
    staff = [person("senco", "bears"), *people("bears", 3, 2, first_aid_until=None)]
    answer = asked(day([group("bears", three_plus=8)], staff), away("senco"))
    assert [finding.rule for finding in answer.findings] == ["first-aid-on-premises"]
    assert answer.verdict == NOT_POSSIBLE


def test_e_one_to_thirteen_ends_at_four():
    staff = [person("teacher", "bears", 6), person("second", "bears", 3), person("senco", "bears", 3)]
    this = day([group("bears", three_plus=24)], staff)
    answer = asked(this, away("senco", start="12:00", until="16:30"))
    needed = {quarter.minute: quarter.required for quarter in answer.quarters}
    assert (needed[at("15:45")], needed[at("16:15")]) == (2, 3)
    assert (answer.verdict, answer.first.rule, answer.first.minute) == (NOT_POSSIBLE, "ratio-3-plus", at("16:00"))
    assert answer.sentence == (
        "At 4:00pm there are 2 staff for 24 children of three and over: 3 are needed (1:8); "
        "1:13 holds only from 8:00am to 4:00pm."
    )
    back_at_quarter_past = asked(this, away("senco", start="12:00", until="16:15"))
    assert [quarter.verdict for quarter in back_at_quarter_past.quarters[-2:]] == [TIGHT, NOT_POSSIBLE]
    assert asked(this, away("senco", start="12:00", until="16:00")).verdict == TIGHT


@pytest.mark.parametrize(
    ("on", "first_aid", "level"),
    [
        (SPRING_2027, True, Level.TWO),
        (SPRING_2027, False, None),
        (WINTER_2024, False, Level.TWO),
    ],
)
def test_f_an_apprentice_of_sixteen(on, first_aid, level):
    apprentice = person(
        "ash", "bears", Level.NONE, age=16, standing=Standing.APPRENTICE, studies=Level.THREE, competent=True,
        first_aid_until=on + timedelta(days=1) if first_aid else None,
    )  # fmt: skip
    assert counts_as(apprentice, on=on, edition=edition(on), good=True, unqualified=True).level == level


def test_g_nobody_is_left_at_level_3_but_by_experience():
    groups, eve = [group("bees", two=5)], person("eve", "bees", 3, known=HowKnown.EXPERIENCE, level_otherwise=2)
    this = day(groups, [person("senco", "bees"), eve, person("two", "bees", 2)])
    assert asked(this, away()).verdict == POSSIBLE
    answer = asked(this, away("senco"))
    assert (answer.verdict, answer.first.rule) == (NOT_POSSIBLE, "experience-share")
    assert answer.sentence == (
        "At 10:00am nobody with children of two counts at Level 3, because at most half of those at Level 3 may be there "
        "by experience."
    )


@pytest.mark.parametrize(
    ("starts", "ends", "travel", "verdict"),
    [("09:00", "15:00", 0, NOT_POSSIBLE), ("10:00", "11:20", 20, TIGHT), ("10:00", "11:21", 20, NOT_POSSIBLE)],
    ids=["six hours", "two hours with travel", "a minute more"],
)
def test_h_an_assistant_alone(starts, ends, travel, verdict):
    this = day(
        [group("home", two=1, three_plus=2)],
        [person("childminder", childminder=True), person("assistant", level=Level.NONE)],
        provision=Provision.CHILDMINDER, sole_charge_permitted=True, opening=span("08:00", "18:00"),
    )  # fmt: skip
    answer = asked(this, leaving_for(("childminder",), starts=at(starts), ends=at(ends), travel=travel))
    assert answer.verdict == verdict
    if verdict == NOT_POSSIBLE:
        assert answer.first.rule == "assistant-alone-minutes"


def test_an_answer_shows_what_it_rests_on_and_how_sure_that_is():
    sure = {rule.key: rule.certainty for rule in asked(nursery(), away("bears1")).rests_on}
    assert sure["ratio-2"] == "seen"
    assert sure["three-level-3"] == "recalled"
    assert sure["nobody-spare"] == "inferred"
    assert "ratio-3-plus-level-6" not in sure
    assert "level-6-hours" in {rule.key for rule in asked(nursery(), away()).rests_on}


def test_a_session_while_the_setting_is_closed():
    assert asked(nursery(), away("bees2", start="19:00", until="21:00")).sentence == "The setting is closed then."
