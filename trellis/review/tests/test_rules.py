"""What a review allows and counts, over its cases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.core.rules.names import looks_personal
from trellis.review.rules.counts import share, standing
from trellis.review.rules.home import what_next
from trellis.review.rules.plan import ACTION_MOVES, NOTHING_TO_DO, is_soon, priority, when_due, why_not_move_action
from trellis.review.rules.prompts import PlannedAction, RatedStatement, prompts
from trellis.review.rules.rounds import (
    MOVE_LABELS,
    ROUND_MOVES,
    audience_of,
    moves_of,
    period_of,
    why_not_move,
    why_not_rate,
)

TODAY = date(2026, 11, 23)
STATES = ("draft", "discussing", "agreed", "archived")


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("to", STATES)
def test_a_round_moves_only_along_its_table(status, to):
    for alone in (True, False):
        allowed = why_not_move(status=status, to=to, rated=3, not_discussed=1, alone=alone) is None
        assert allowed == (to in moves_of(status, alone=alone))


def test_every_move_of_the_table_is_for_somebody():
    assert {status: {*moves_of(status, alone=True), *moves_of(status, alone=False)} for status in STATES} == {
        status: set(after) for status, after in ROUND_MOVES.items()
    }


def test_every_move_has_its_words():
    assert set(MOVE_LABELS) == {(status, to) for status, after in ROUND_MOVES.items() for to in after}


@pytest.mark.parametrize(
    ("status", "open"), [("draft", True), ("discussing", True), ("agreed", False), ("archived", False)]
)
def test_ratings_change_only_while_a_round_is_open(status, open):
    assert (why_not_rate(status=status) is None) == open


@pytest.mark.parametrize("status", list(ACTION_MOVES))
@pytest.mark.parametrize("to", list(ACTION_MOVES))
def test_an_action_moves_only_along_its_table(status, to):
    allowed = why_not_move_action(status=status, to=to, impact="Calmer", note="Not needed") is None
    assert allowed == (to in ACTION_MOVES[status])


def test_dropping_needs_a_reason():
    assert why_not_move_action(status="planned", to="dropped", impact="", note=" ") == "Say why it is no longer needed"


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1)), st.integers(-400, 400))
def test_a_due_date_in_words_says_late_exactly_when_it_is(today, days):
    due = today + timedelta(days=days)
    words = when_due(due, today)
    assert ("overdue" in words) == (due < today)
    assert not (is_soon(due, today) and "overdue" in words)


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_the_law_comes_first_and_every_place_has_its_reason(statutory, needs_action, rated, unsure):
    given_values = {
        "statutory": statutory,
        "needs_action": needs_action and rated,
        "is_strength": False,
        "unsure": unsure,
    }
    rank, reason = priority(**given_values, rated=rated)
    assert bool(reason) == (rank < NOTHING_TO_DO)
    assert (rank == 0) == (statutory and needs_action and rated)


@given(st.lists(st.sampled_from(["rated", "not_applicable", "not_discussed"])))
def test_counting_loses_nothing(states):
    counted = standing(states)
    assert counted.total == len(states)
    assert counted.answered + counted.not_discussed == counted.total


@given(st.lists(st.integers(1, 4), min_size=1, max_size=12))
def test_the_chart_stays_within_its_rings(positions):
    value = share(positions, highest=4)
    assert value is not None
    assert 0 < value <= 1


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31)))
def test_every_day_is_in_a_term_of_its_year(day):
    assert period_of(day).endswith(str(day.year))


@pytest.mark.parametrize(
    ("kind", "audience"),
    [
        ("childminder", "childminder"),
        ("home_childcarer", "childminder"),
        ("maintained_nursery_school", "school"),
        ("creche", "group"),
    ],
)
def test_who_is_spoken_to(kind, audience):
    assert audience_of(kind) == audience


@pytest.mark.parametrize(
    "text",
    [
        "See Noah’s plan in the drawer",
        "The boy called Tariq likes it",
        "dob 3/4/23",
        "Born on the second",
        "NHS 943 476 5919",
        "04/05/2023 is the birthday",
        "a child, Maya",
        "April’s plan",
    ],
)
def test_a_gentle_warning_for_what_looks_like_one_child(text):
    assert looks_personal(text, today=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "We keep plans in the blue folder",
        "Children’s plans are reviewed every term",
        "Reviewed on 12/10/2026 with the team",
        "Priya has two hours on Wednesdays",
        "Call 0113 496 0000 for the advice line",
        "Every child’s plan has a date",
        "The Area SENCO’s assessment of our room",
        "Ofsted registration EY123456",
        "Setting’s needs and Parents’ needs",
        "Tuesday’s plan and September’s assessment",
        "Someone’s key person is always there",
        "",
    ],
)
def test_no_warning_for_ordinary_words(text):
    assert looks_personal(text, today=TODAY) is None


LINES = st.lists(
    st.sampled_from(
        [
            "See Noah’s plan",
            "The girl",
            "named Ada",
            "943 476",
            "5919",
            "943 476 5919",
            "We keep",
            "Noah’s",
            "plan",
            "born",
            "on 4",
            "3/5/",
            "2024",
            "",
        ]
    ),
    max_size=5,
)


@given(LINES)
def test_lines_read_together_name_somebody_exactly_when_one_of_them_does(lines):
    """All that was said in a review is looked at together first, line by line."""
    each = [looks_personal(line, today=TODAY) for line in lines]
    assert (looks_personal("\n".join(lines), today=TODAY) is None) == (not any(each))


def statements(count, **more):
    values = {"area": "A", "is_strength": True, "evidence": 1, "rated_by": "Amara", "rated_on": TODAY} | more
    return [RatedStatement(code=f"A{n}", text="We do", **values) for n in range(count)]


def asked(rated, actions=(), *, started=TODAY, alone=False, size=6):
    found = prompts(
        statements=rated,
        actions=actions,
        area_sizes={"A": size},
        area_titles={"A": "Leadership"},
        started_on=started,
        today=TODAY,
        alone=alone,
    )
    return {prompt.kind for prompt in found}


@pytest.mark.parametrize(
    ("rated", "more", "kind", "expected"),
    [
        (statements(1, evidence=0), {}, "no_evidence", True),
        (statements(1), {}, "no_evidence", False),
        (statements(6), {}, "all_strong_first_day", True),
        (statements(6), {"started": date(2026, 11, 1)}, "all_strong_first_day", False),
        (statements(5), {}, "all_strong_first_day", False),
        (statements(6), {}, "one_person", True),
        (statements(6), {"alone": True}, "one_person", False),
        (statements(3) + statements(3, rated_by="Priya"), {}, "one_person", False),
        ([], {"actions": [PlannedAction("1", "Tidy", "", None)]}, "no_owner", True),
        ([], {"actions": [PlannedAction("1", "Tidy", "Amara", TODAY)]}, "no_owner", False),
        ([], {"actions": [PlannedAction("1", "Tidy", "Amara", TODAY - timedelta(days=1))]}, "past_due", True),
        ([], {"actions": [PlannedAction("1", "Tidy", "Amara", TODAY)]}, "past_due", False),
        ([], {"actions": [PlannedAction("1", "Tidy", "Leila", None, owner_left="7")]}, "owner_left", True),
        (
            [],
            {"actions": [PlannedAction("1", "Tidy", "Leila", None, owner_left="7")], "alone": True},
            "owner_left",
            False,
        ),
        ([], {"actions": [PlannedAction("1", "Tidy", "Leila", None)]}, "owner_left", False),
    ],
)
def test_questions_worth_a_thought(rated, more, kind, expected):
    assert (kind in asked(rated, **more)) == expected


NOTHING = {
    "status": "agreed",
    "answered": 36,
    "not_discussed": 0,
    "next_area": "",
    "without_action": 0,
    "overdue": 0,
    "leads": True,
}


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        ({}, "nothing"),
        ({"status": None}, "start"),
        ({"status": None, "leads": False}, "nothing"),
        ({"overdue": 2}, "overdue"),
        ({"status": "draft", "not_discussed": 3, "next_area": "Leadership"}, "rate"),
        ({"status": "draft"}, "discuss"),
        ({"status": "discussing"}, "agree"),
        ({"status": "draft", "alone": True}, "agree"),
        ({"status": "draft", "overdue": 2}, "discuss"),
        ({"status": "draft", "leads": False}, "discuss"),
        ({"without_action": 2}, "plan"),
        ({"status": "archived"}, "start"),
    ],
)
def test_one_thing_to_do_next(changes, step):
    assert what_next(**NOTHING | changes).step == step
