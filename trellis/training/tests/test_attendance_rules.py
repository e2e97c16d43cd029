"""Minutes and figures, whatever the numbers are."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from trellis.training.models import CatchUpStatus, MarkStatus
from trellis.training.rules.attendance import (
    MISSED,
    THERE,
    WITH_MINUTES,
    WITH_REASON,
    guided_caught_up,
    guided_there,
    minutes_there,
    why_not_this_mark,
)
from trellis.training.rules.catch_ups import CATCH_UP_MOVES
from trellis.training.rules.figures import PartOfOne, figures_of, missed_in_a_row

STATUSES = st.sampled_from(["", *MarkStatus.values])
MINUTES = st.integers(min_value=0, max_value=600)


@st.composite
def a_part(draw):
    planned = draw(st.integers(min_value=1, max_value=400))
    guided = draw(st.integers(min_value=0, max_value=planned))
    status = draw(STATUSES)
    return PartOfOne(
        session=str(draw(st.integers(min_value=1, max_value=12))),
        planned=planned,
        guided=guided,
        status=status,
        missed=draw(MINUTES) if status in ("late", "left_early") else 0,
        over=draw(st.booleans()),
        caught_up=draw(MINUTES) if status in WITH_REASON else 0,
        supervised=draw(st.booleans()),
        open=draw(st.booleans()) if status in WITH_REASON else False,
        can_open=draw(st.booleans()) if status in WITH_MINUTES else False,
        criteria=tuple(draw(st.lists(st.sampled_from(["1a", "1b", "2a"]), max_size=2))),
    )


PARTS = st.lists(a_part(), max_size=24)


@given(planned=st.integers(min_value=1, max_value=600), status=STATUSES, missed=MINUTES)
def test_minutes_are_never_negative_and_never_above_what_is_planned(planned, status, missed):
    found = minutes_there(planned=planned, status=status, missed=missed)
    assert 0 <= found <= planned
    assert found == 0 or status in THERE


@given(part=a_part())
def test_guided_minutes_are_never_above_those_of_the_part(part):
    had = guided_there(planned=part.planned, guided=part.guided, status=part.status, missed=part.missed)
    assert 0 <= had <= part.guided
    assert had <= minutes_there(planned=part.planned, status=part.status, missed=part.missed)
    assert 0 <= part.guided_had <= part.guided


@given(minutes=MINUTES, guided=MINUTES)
def test_what_nobody_supervised_is_not_guided(minutes, guided):
    assert guided_caught_up(minutes=minutes, supervised=False, guided=guided, had=0) == 0


@given(part=a_part())
def test_catching_up_adds_at_most_what_was_lost(part):
    had = guided_there(planned=part.planned, guided=part.guided, status=part.status, missed=part.missed)
    added = part.guided_had - had
    assert 0 <= added <= (part.caught_up if part.supervised else 0)
    assert added + part.guided_to_catch_up <= part.guided - had


@given(planned=st.integers(min_value=2, max_value=600), missed=MINUTES, status=st.sampled_from(sorted(WITH_MINUTES)))
def test_lateness_that_can_still_be_caught_up_is_never_out_of_reach(planned, missed, status):
    """The award asks for all guided minutes, so whoever lost one has some to catch up on."""
    missed = 1 + missed % (planned - 1)
    late = PartOfOne("1", planned, planned, status, missed, can_open=True)
    assert figures_of([late]).reach(share=100, guided=planned) == "catch_up"
    assert figures_of([replace(late, can_open=False)]).reach(share=100, guided=planned) == "out_of_reach"
    done = replace(late, can_open=False, caught_up=missed, supervised=True)
    assert figures_of([done]).reach(share=100, guided=planned) == "reachable"
    assert figures_of([replace(done, caught_up=600)]).guided == planned
    assert figures_of([replace(done, supervised=False)]).guided == planned - missed


@given(parts=PARTS)
def test_catching_up_on_lateness_changes_no_share(parts):
    """Whoever came late attended: what is open for them is not counted as another part."""
    without = [replace(part, open=part.open and part.status in MISSED, can_open=False) for part in parts]
    assert figures_of(parts).best_share == figures_of(without).best_share


@given(parts=PARTS)
def test_figures_stay_within_what_there_is(parts):
    found = figures_of(parts)
    assert 0 <= found.guided <= found.guided_best_without_catch_up <= found.guided_best
    assert found.guided_best <= sum(part.guided for part in parts)
    assert 0 <= found.best_share_without_catch_up <= found.best_share <= 100
    assert found.attended + found.apologised + found.absent == found.marked <= found.parts
    assert found.share is None or found.share <= found.committed_share <= 100


@given(parts=PARTS, share=st.integers(min_value=0, max_value=100), guided=st.integers(min_value=0, max_value=3000))
def test_what_is_reached_by_attending_is_never_out_of_reach(parts, share, guided):
    """Marking somebody present who is still to come never makes it worse, and more is never asked than was planned."""
    order = ["out_of_reach", "catch_up", "reachable"]
    before = figures_of(parts).reach(share=share, guided=guided)
    there = [replace(part, status="present", open=False) if part.is_to_come else part for part in parts]
    after = figures_of(there).reach(share=share, guided=guided)
    assert order.index(after) >= order.index(before)


@given(parts=PARTS)
def test_an_attended_last_session_ends_the_row(parts):
    last = PartOfOne(session="99", planned=60, guided=60, status="late", missed=5)
    assert missed_in_a_row([*parts, last]) == 0


@given(status=st.sampled_from(MarkStatus.values), missed=MINUTES, planned=st.integers(min_value=1, max_value=600))
def test_what_a_rule_lets_through_has_minutes_where_they_belong(status, missed, planned):
    if why_not_this_mark(status=status, missed=missed, reason="", planned=planned) is None:
        assert (missed > 0) == (status in ("late", "left_early"))
        assert minutes_there(planned=planned, status=status, missed=missed) > 0 or status not in THERE


def test_moves_name_statuses():
    assert set(CATCH_UP_MOVES) == set(CatchUpStatus.values)
