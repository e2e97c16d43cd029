"""A check of a large setting takes little processor time."""

from __future__ import annotations

from time import process_time

from tests.rostering import asked, at, large_setting
from trellis.staffing.rules.days import Leaving

MOST_MILLISECONDS = 20


def test_a_check_of_a_whole_day():
    this, leaving = large_setting(), Leaving(("p0",), at("08:00"), at("18:00"))
    assert (len(this.groups), len(this.staff)) == (6, 30)
    assert sum(each.count for group in this.groups for each in group.children) == 120
    took = []
    for _ in range(10):
        begun = process_time()
        answer = asked(this, leaving)
        took.append((process_time() - begun) * 1000)
    assert len(answer.quarters) == 40
    assert min(took) < MOST_MILLISECONDS
