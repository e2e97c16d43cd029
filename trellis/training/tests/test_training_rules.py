"""The rules of award programmes: dates, minutes, milestones, duties."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.training.cohort_templates import cohort_templates
from trellis.training.models import CohortStatus, DutyStatus, MilestoneKind, PlaceStatus, SessionKind, SessionStatus
from trellis.training.rules.cohorts import COHORT_MOVE_LABELS, COHORT_MOVES, SESSION_MOVES
from trellis.training.rules.dates import CADENCES, cohort_dates, why_not_these_dates
from trellis.training.rules.duties import DUTY_MOVE_LABELS, DUTY_MOVES, due_on
from trellis.training.rules.milestones import IN_ORDER, NEEDS, why_not_mark, why_not_void
from trellis.training.rules.minutes import AWARD_MINUTES, guided_words, hours
from trellis.training.rules.places import PLACE_MOVES

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
CLOSED = st.frozensets(st.dates(date(2026, 1, 1), date(2030, 12, 31)), max_size=200)


@given(first=DAYS, how_many=st.integers(1, 24), cadence=st.sampled_from(sorted(CADENCES)), closed=CLOSED)
def test_the_days_of_a_cohort(first, how_many, cadence, closed):
    days = cohort_dates(first, how_many, cadence=cadence, closed=closed)
    assert len(days) == how_many
    assert not set(days) & closed, "a session on a closed day"
    assert {day.weekday() for day in days} == {first.weekday()}, "another day of the week"
    assert days == sorted(set(days))
    step = CADENCES[cadence]
    assert all((day - first).days % step == 0 for day in days), "out of its rhythm"
    slots = {first + timedelta(days=step * number) for number in range((days[-1] - first).days // step + 1)}
    assert slots - set(days) <= closed, "an open day was left out"
    weekend = first.weekday() > 4
    assert bool(why_not_these_dates(first, days, how_many, today=first)) is weekend
    assert why_not_these_dates(first, days, how_many, today=first, weekend=True) is None


def test_when_everything_is_closed_it_says_so():
    first = date(2027, 3, 5)
    closed = {first + timedelta(days=7 * number) for number in range(400)}
    days = cohort_dates(first, 12, cadence="weekly", closed=closed)
    assert days == []
    assert "not enough open days" in str(why_not_these_dates(first, days, 12, today=first))
    assert "in the past" in str(why_not_these_dates(first, days, 12, today=first + timedelta(days=1)))


@given(minutes=st.integers(0, 10_000))
def test_minutes_in_words_say_as_many(minutes):
    words = hours(minutes).split()
    said = {
        unit.rstrip("s"): int(number) for number, unit in zip(words[::2], words[1::2], strict=True) if number != "no"
    }
    assert said.get("hour", 0) * 60 + said.get("minute", 0) == minutes


@given(planned=st.integers(1, 5000), asked=st.integers(1, 5000))
def test_what_is_planned_is_compared_with_what_is_asked(planned, asked):
    words = guided_words(planned, asked)
    assert ("fewer" in words) == (planned < asked)
    assert (": " in words and " more than" in words) == (planned > asked)


def test_the_template_is_the_award():
    template = cohort_templates()["senco-award-12-days"]
    assert len(template.sessions) == 12
    assert template.guided == AWARD_MINUTES == 2040
    kinds = {session.kind for session in template.sessions}
    assert kinds == set(SessionKind) - {SessionKind.CATCH_UP}
    assert template.sessions[-1].kind == SessionKind.CELEBRATION
    assert len(template.sessions[-1].parts) == 1, "half a day"


KINDS = st.sampled_from([*IN_ORDER, "withdrawn"])
TODAY = date(2027, 6, 30)


@given(steps=st.lists(st.tuples(KINDS, st.dates(date(2027, 1, 1), date(2027, 7, 31)), st.booleans()), max_size=30))
def test_milestones_that_stand_are_always_in_order(steps):
    reached: dict[str, date] = {}
    for kind, on, mark in steps:
        if mark:
            if why_not_mark(kind=kind, on=on, reached=reached, today=TODAY, reason="sickness") is None:
                reached[kind] = on
        elif kind in reached and why_not_void(kind=kind, voided=False, reached=reached, because="x") is None:
            del reached[kind]
        days = [reached[each] for each in IN_ORDER if each in reached]
        assert days == sorted(days)
        assert all(day <= TODAY for day in reached.values())
        assert not {"completed", "withdrawn"} <= reached.keys()
        assert all(need in reached for each, need in NEEDS.items() if need and each in reached)
        if "withdrawn" in reached:
            assert reached["withdrawn"] == max(reached.values())


@given(contract=DAYS, months=st.integers(1, 120))
def test_a_duty_is_due_after_its_contract(contract, months):
    assert due_on(contract, months) > contract


@pytest.mark.parametrize(
    ("moves", "statuses", "labels"),
    [
        (COHORT_MOVES, CohortStatus, COHORT_MOVE_LABELS),
        (SESSION_MOVES, SessionStatus, None),
        (PLACE_MOVES, PlaceStatus, None),
        (DUTY_MOVES, DutyStatus, DUTY_MOVE_LABELS),
    ],
)
def test_tables_of_states_know_every_status(moves, statuses, labels):
    assert set(moves) == set(statuses.values)
    assert {to for after in moves.values() for to in after} <= set(statuses.values)
    if labels is not None:
        assert set(labels) == {(status, to) for status, after in moves.items() for to in after}


def test_every_milestone_has_its_place():
    assert {*IN_ORDER, "withdrawn"} == set(MilestoneKind.values)
