"""The planner: it breaks no rule, finds what brute force finds, and answers the same each time."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning import MORNING, WHOLE, best_by_force, question
from trellis.training.rules.patterns import Free
from trellis.training.rules.plans import Guest, most_that_could, why_not_plan, worth_of
from trellis.training.solving import _Search, solve

THURSDAY = 3
EVERY_DAY = Free(frozenset(range(5)))
ANSWERS = st.sampled_from([0, 0, 0, 1, 2, 2])


@st.composite
def questions(draw):
    """Small ones, in which everything occurs: two of one setting, two venues, whole and half days."""
    guests = [
        Guest(str(number), draw(st.integers(1, 2)), (draw(st.integers(0, 3)) * 10, draw(st.integers(0, 3)) * 10))
        for number in range(draw(st.integers(1, 3)))
    ]
    sittings = draw(st.lists(st.sampled_from([WHOLE, MORNING]), min_size=1, max_size=3))
    said = {}

    def says(guest, day):
        def answer(away):
            key = (guest, day, tuple(None if span is None else span[0] < 700 for span in away))
            if key not in said:
                said[key] = draw(ANSWERS)
            return said[key]

        return answer

    guided = draw(st.sampled_from([0, 120, 200]))
    return question(
        guests,
        says,
        sittings,
        venues=draw(st.integers(1, 2)),
        share=draw(st.sampled_from([50, 80, 100])),
        guided=guided,
    )


@settings(max_examples=60)
@given(questions())
def test_it_breaks_no_rule_and_finds_what_brute_force_finds(asked):
    found = solve(asked)
    assert found
    assert why_not_plan(asked, found.plan) is None
    assert found.worth == worth_of(asked, found.plan) == best_by_force(asked)
    assert found.proven
    assert found.worth.people == found.most_people <= most_that_could(asked)
    assert found.worth.tight == found.fewest_tight


def test_a_question_for_which_no_plan_was_found_has_no_answer(monkeypatch):
    monkeypatch.setattr(_Search, "least_of", lambda *_, **__: 0.0)
    assert solve(question([Guest("0", 1, (0,))], lambda *_: lambda _away: 0)) is None


@settings(max_examples=15)
@given(questions())
def test_the_same_question_gets_the_same_answer(asked):
    assert solve(asked) == solve(asked)
