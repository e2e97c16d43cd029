"""Fine points of the check, each of which something else could be taken for."""

from __future__ import annotations

from tests.rostering import asked, at, away, day, group, people, person
from trellis.staffing.rules.answers import Verdict
from trellis.staffing.rules.days import Provision
from trellis.staffing.rules.people import Standing


def failing(this, leaving=None):
    return {finding.rule for finding in asked(this, leaving or away()).findings}


def test_who_is_free_goes_where_the_fewest_could():
    groups = [group("babies", one=3), group("cots", one=3), group("bees", two=5)]
    staff = [*people("babies", 3, 2), *people("cots", 2, 2, under_2_experience=False), *people("bees", 2, 2)]
    free = [person("knows babies"), person("does not", under_2_experience=False)]
    assert asked(day(groups, [*staff, *free]), away()).verdict == Verdict.POSSIBLE
    assert "under-2-in-charge" in failing(day(groups, [*staff, free[1]]))


def test_who_leaves_within_a_quarter_hour_is_away_for_all_of_it():
    answer = asked(day([group("bees", two=10)], people("bees", 3, 3, 3)), away("bees1", start="10:05", until="10:50"))
    assert [(quarter.minute, quarter.present) for quarter in answer.quarters] == [
        (at("10:00"), 2), (at("10:15"), 2), (at("10:30"), 2), (at("10:45"), 2),
    ]  # fmt: skip


def test_half_of_the_others_is_asked_while_one_room_is_at_one_to_eight():
    groups = [group("bears", three_plus=13), group("foxes", three_plus=8)]
    this = day(groups, [*people("bears", 6, 3), *people("foxes", 0, 0, 0)])
    assert "three-others-level-2" in failing(this)


def test_half_of_the_staff_of_a_setting_leaves_volunteers_out_and_one_to_one_in():
    here = [*people("bees", 3), person("head", manager=True), person("none", level=0)]
    assert "setting-others-level-2" not in failing(day([group("bees", two=3)], here))
    helps = [person(key, level=0, standing=Standing.VOLUNTEER) for key in ("v", "w", "x")]
    assert "setting-others-level-2" not in failing(day([group("bees", two=3)], [*here, *helps]))
    with_one_child = [person("none too", level=0), person("aid", level=2, one_to_one=True)]
    assert "setting-others-level-2" not in failing(day([group("bees", two=3)], [*here, *with_one_child]))


def test_without_an_assistant_nobody_is_in_sole_charge():
    this = day([group("home", two=1)], [person("minder", childminder=True)], provision=Provision.CHILDMINDER)
    assert failing(this, away("minder")) == {"childminder-young", "first-aid-on-premises"}


def test_two_assistants_without_their_childminder_are_tight():
    staff = [person("minder", childminder=True), person("a", level=0), person("b", level=0)]
    this = day([group("home", two=1)], staff, provision=Provision.CHILDMINDER, sole_charge_permitted=True)
    assert asked(this, away()).verdict == Verdict.POSSIBLE
    assert asked(this, away("minder")).verdict == Verdict.TIGHT
