"""The training centres of the demonstration by themselves: what they hold, and that its dates make sense."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import F

from trellis.core.audit import broken_links, in_several_chains
from trellis.core.models import AuditEvent
from trellis.demonstration.actions import _make_authorities, _make_offices
from trellis.demonstration.clock import Clock
from trellis.demonstration.elsewhere import ELSEWHERE, learner
from trellis.demonstration.training import hold_programmes
from trellis.training.attendance import attendance_of
from trellis.training.models import (
    CatchUp,
    ClosedDay,
    Cohort,
    Duty,
    Mark,
    Milestone,
    Place,
    Programme,
    Session,
    WithdrawalReason,
)
from trellis.training.rules.milestones import IN_ORDER

pytestmark = pytest.mark.django_db
AWARD = "Level 3 award for SENCOs in early years settings"


@pytest.mark.parametrize("day", [date(2026, 11, 28), date(2027, 1, 3), date(2027, 4, 5), date(2028, 2, 29)])
def test_a_centre_trains(day):
    noon = datetime(day.year, day.month, day.day, 12, 30, tzinfo=UTC)
    clock = Clock(noon - timedelta(days=760))
    with clock.running(), in_several_chains():
        offices = _make_offices(_make_authorities())
        hold_programmes(offices["Marches Early Years Training"], offices["Lakeside Learning"], clock, noon)
    programme = Programme.objects.get(title=AWARD)
    a_whole_programme(programme, day)
    five_hundred_learners(Place.objects.filter(cohort__programme=programme), day)
    what_was_missed(programme, day)
    second_cohorts(programme, day)
    another_centre_holds_its_own()
    there_is_a_register_to_mark(day)
    nothing_is_on_a_day_of_rest(day)
    assert Session.objects.filter(status="moved", on__gt=day).count() == 1
    assert list(broken_links()) == []
    for chain in {str(each.pk) for each in offices.values()}:
        moments = list(AuditEvent.objects.filter(chain=chain).order_by("number").values_list("at", flat=True))
        assert moments == sorted(moments), "what happened stands in its order"


def a_whole_programme(programme, day):
    assert programme.authorities.count() == len(ELSEWHERE) + 2 == 23
    cohorts = Cohort.objects.filter(programme=programme)
    # The third one in Fenwickshire comes with those who apply for it.
    assert Counter(cohorts.values_list("status", flat=True)) == {
        "finished": 23, "running": 10, "open": 3, "planned": 2, "cancelled": 1,
    }  # fmt: skip
    assert set(cohorts.values_list("authority", flat=True)) == set(programme.authorities.values_list("pk", flat=True))
    assert [each.title for each in cohorts.waiting_for_approval()] == ["Second cohort in Harrowmere"]
    for cohort in cohorts.listed():
        if cohort.status == "finished":
            assert cohort.last < day, cohort
        if cohort.status == "running":
            assert cohort.first < day < cohort.last, cohort
        if cohort.status in ("open", "planned"):
            assert day < cohort.first, cohort
        assert cohort.taken <= cohort.most_places


def five_hundred_learners(places, day):
    assert 500 <= places.count() <= 530
    assert len(set(places.values_list("name", flat=True))) == places.count(), "everybody has their own name"
    assert set(places.values_list("status", flat=True)) == {"taken", "completed", "withdrawn"}
    assert not Milestone.objects.filter(on__gt=day).exists()
    assert not Milestone.objects.filter(noted_at__date__gt=day).exists()
    why = Milestone.objects.filter(kind="withdrawn")
    assert set(why.values_list("reason", flat=True)) == set(WithdrawalReason) - {"other"}
    assert 0.1 < why.count() / places.count() < 0.25
    for place in places.prefetch_related("milestones", "marks__part__session"):
        reached = {each.kind: each.on for each in place.milestones.all()}
        days = [reached[kind] for kind in IN_ORDER if kind in reached]
        assert days == sorted(days), place
        assert ("completed" in reached, "withdrawn" in reached) == (
            place.status == "completed",
            place.status == "withdrawn",
        )
        assert all(mark.part.session.on <= reached.get("withdrawn", day) for mark in place.marks.all()), place


def what_was_missed(programme, day):
    marks = Counter(Mark.objects.values_list("status", flat=True))
    assert set(marks) == {"present", "late", "left_early", "apologised", "absent"}
    assert 0.03 < (marks["apologised"] + marks["absent"]) / marks.total() < 0.12
    statuses = Counter(CatchUp.objects.values_list("status", flat=True))
    assert min(statuses[each] for each in ("open", "done", "ended")) >= 5, statuses
    assert statuses["done"] > statuses["ended"] + statuses["open"]
    assert not CatchUp.objects.filter(opened_at__date__gt=day).exists()
    assert not CatchUp.objects.filter(closed_at__date__gt=day).exists()
    assert not CatchUp.objects.filter(closed_at__lt=F("opened_at")).exists()
    assert not Mark.objects.filter(status__in=["present"], place__catch_ups__part=F("part")).exists()
    running = Cohort.objects.select_related("programme").filter(programme=programme, status="running")
    reach = Counter(
        each.reach for cohort in running for each in attendance_of(cohort, cohort.places.filter(status="taken"))
    )
    assert reach["reachable"] > reach.total() / 2, reach
    assert reach["out_of_reach"] < reach.total() / 5, reach
    # Two plain questions: in tables that nobody has counted yet, PostgreSQL takes minutes for one with both in it.
    marked = set(Mark.objects.values_list("part__session", flat=True))
    assert set(Session.objects.filter(cohort__status="finished", on__lt=day).values_list("pk", flat=True)) <= marked


def second_cohorts(programme, day):
    duties = Duty.objects.filter(programme=programme)
    assert Counter(duties.values_list("status", flat=True)) == {
        "met": 4, "running": 6, "planned": 4, "promised": 8, "excused": 1,
    }  # fmt: skip
    assert duties.owed().filter(due_on__lt=day).count() == 4
    assert duties.owed().filter(due_on__gte=day, due_on__lt=day + timedelta(days=120)).count() >= 3
    assert not duties.exclude(cohort=None).exclude(cohort__authority=F("authority")).exists()


def another_centre_holds_its_own():
    other = Programme.objects.exclude(title=AWARD).get()
    assert other.centre.name == "Lakeside Learning"
    assert list(other.cohorts.values_list("status", flat=True)) == ["running"]
    assert Mark.objects.filter(place__cohort__programme=other).exists()
    assert not Cohort.objects.exclude(centre=F("programme__centre")).exists()


def there_is_a_register_to_mark(day):
    """For whoever looks on that day, at a weekend too, unless all is closed."""
    cohort = Cohort.objects.get(title="Second cohort in Fenwickshire")
    closed = day in ClosedDay.objects.of(cohort.authority_id, cohort.centre_id).days(day)
    assert cohort.sessions.held().filter(on=day).exists() is not closed


def nothing_is_on_a_day_of_rest(today):
    days = set(Session.objects.exclude(on=today, kind="tutorial").values_list("on", flat=True))
    assert not days & set(ClosedDay.objects.values_list("on", flat=True))
    assert max(each.weekday() for each in days) < 5


def test_six_hundred_learners_have_six_hundred_names():
    assert len({learner(number) for number in range(600)}) == 600
