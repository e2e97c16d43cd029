"""Who is eligible and who comes first: tables, and what holds whatever is answered."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.training.admission import TERMS, shipped_rules
from trellis.training.rules.applications import APPLICATION_MOVES, CAME_TO_NOTHING
from trellis.training.rules.eligibility import CODES, IN_ORDER, NOTHING_AGAINST, Facts, judge
from trellis.training.rules.priority import WEIGHED, Standing, priority

TABLE = [
    ({}, "eligible", "nothing_against"),
    ({"in_england": False}, "not_eligible", "not_england"),
    ({"in_england": None}, "eligible", "nothing_against"),
    ({"holds_award": True}, "not_eligible", "already_holds"),
    ({"completed_here": True}, "not_eligible", "already_holds"),
    ({"funded_before": True}, "not_eligible", "already_funded"),
    ({"funded_here": True}, "not_eligible", "already_funded"),
    ({"funded_before": True, "wants_grant": False}, "eligible", "nothing_against"),
    ({"funded_before": True, "wants_grant": False, "payer_known": False}, "needs_information", "payer_not_known"),
    ({"wants_grant": False, "payer_known": False}, "eligible", "nothing_against"),
    ({"has_setting": False}, "not_eligible", "no_setting"),
    ({"maintained": True}, "not_eligible", "maintained_setting"),
    ({"role": "practitioner"}, "not_eligible", "not_the_role"),
    ({"role": "about_to_be"}, "eligible", "nothing_against"),
    ({"role": "about_to_be", "role_has_a_day": False}, "needs_information", "no_day_for_the_role"),
    ({"level_3": "no"}, "not_eligible", "level_3_missing"),
    ({"level_3": "studying"}, "needs_information", "level_3_unclear"),
    ({"level_3": ""}, "needs_information", "level_3_unclear"),
    ({"listed_level": 2}, "needs_information", "level_3_counts_lower"),
    ({"listed_level": 6}, "eligible", "nothing_against"),
    ({"listed_level": None}, "needs_information", "level_3_not_listed"),
    ({"listed_level": None, "list_is_here": False}, "eligible", "nothing_against"),
    ({"setting_in_register": False}, "needs_information", "setting_not_in_register"),
    ({"in_england": False, "level_3": "no", "holds_award": True}, "not_eligible", "not_england"),
]

FACTS = st.builds(
    Facts,
    in_england=st.sampled_from([True, False, None]),
    role=st.sampled_from(["senco", "about_to_be", "practitioner", "other", ""]),
    level_3=st.sampled_from(["held", "studying", "unsure", "no", ""]),
    listed_level=st.sampled_from([None, 2, 3, 6]),
    **{each.name: st.booleans() for each in fields(Facts) if each.type == "bool"},
)


@pytest.mark.parametrize(("known", "decision", "code"), TABLE)
def test_each_rule_decides(known, decision, code):
    verdict = judge(Facts(**known))
    assert (verdict.decision, verdict.code) == (decision, code)


@given(FACTS, st.sets(st.sampled_from(CODES)))
def test_the_first_rule_that_is_asked_and_applies_decides(facts, asked):
    verdict = judge(facts, asked)
    applying = [rule for rule in IN_ORDER if rule.code in asked and rule.applies(facts)]
    assert verdict.code == (applying[0].code if applying else NOTHING_AGAINST.code)
    assert verdict.sentence


@given(FACTS)
def test_what_is_not_asked_refuses_nobody(facts):
    assert judge(facts, asked=()) == NOTHING_AGAINST


@given(
    st.builds(Standing, **{each.name: st.booleans() for each in fields(Standing)}),
    st.dictionaries(st.sampled_from(list(WEIGHED)), st.integers(0, 100)),
)
def test_points_are_the_sum_of_their_reasons_and_only_grow_with_what_holds(who, weights):
    points, reasons = priority(who, weights)
    assert points == sum(each for each, _ in reasons)
    for name in WEIGHED:
        more, _ = priority(replace(who, **{name: True}), weights)
        assert more >= points


def test_every_rule_is_data_with_where_it_is_from():
    rules = shipped_rules()
    assert set(rules) == {*CODES, *WEIGHED, *TERMS}
    for rule in rules.values():
        assert rule.source
        assert rule.words
        assert rule.least <= rule.value <= rule.most
        assert rule.certainty in ("published", "agreed", "assumed")


def test_what_somebody_only_told_us_of_one_programme_refuses_nobody_by_itself():
    assert shipped_rules()["maintained_setting"].value == 0


def test_what_came_to_nothing_is_what_is_not_on_its_way():
    on_their_way = {"manager_agreed", "eligible", "offered", "accepted", "waiting"}
    assert set(APPLICATION_MOVES) - set(CAME_TO_NOTHING) == on_their_way
