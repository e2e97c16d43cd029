"""The training centre of the demonstration by itself: what it holds, and that its dates make sense."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from trellis.core.audit import broken_links, in_several_chains
from trellis.demonstration.actions import _make_authorities, _make_offices
from trellis.demonstration.clock import Clock
from trellis.demonstration.training import hold_programmes
from trellis.training.models import Cohort, Duty, Milestone, Place, Session

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", [date(2026, 11, 27), date(2027, 1, 3), date(2027, 4, 5), date(2028, 2, 29)])
def test_a_centre_trains(day):
    noon = datetime(day.year, day.month, day.day, 12, 30, tzinfo=UTC)
    clock = Clock(noon - timedelta(days=760))
    with clock.running(), in_several_chains():
        offices = _make_offices(_make_authorities())
        hold_programmes(offices["Marches Early Years Training"], clock, noon)
    assert sorted(Cohort.objects.values_list("status", flat=True)) == ["finished", "running"]
    assert {place.status for place in Place.objects.all()} == {"taken", "completed", "withdrawn"}
    assert sorted(Duty.objects.values_list("status", flat=True)) == ["promised", "running"]
    assert Duty.objects.owed().filter(due_on__lt=day).count() == 1
    assert not Milestone.objects.filter(on__gt=day).exists()
    assert Session.objects.filter(status="moved", on__gt=day).count() == 1
    assert list(broken_links()) == []
