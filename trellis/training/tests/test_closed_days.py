"""Days without sessions: who closes which, what follows for cohorts, and taking them out again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.training import a_friday, closed_by, cohort_for, cohort_of, fenwickshire, programme_of
from trellis.core.models import AuditEvent
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.models import ClosedDay
from trellis.training.models.closed_day import ClosedDayQuerySet
from trellis.training.rules.closed_days import closures

pytestmark = pytest.mark.django_db


def text(answer):
    return " ".join(answer.content.decode().split())


def typed(whose, first, last, **said):
    asked = {"whose": whose, "name": "Half term", "source": "Term dates of the council"}
    for name, day in (("first", first), ("last", last)):
        asked |= {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    return asked | said


def test_a_lead_closes_days_and_new_cohorts_leave_them_out(cast, browse):
    programme_of(cast.mei)
    mei, of = browse(cast.mei), fenwickshire().pk
    first = a_friday(4) - timedelta(days=4)
    assert "No day to come is closed" in text(mei.get(reverse("closed_days")))
    page = text(mei.post(reverse("add_closure"), typed(of, first, a_friday(4)), follow=True))
    assert "5 days are closed" in page
    assert "Half term" in page
    assert "Term dates of the council" in page
    assert cohort_for(cast.mei).sessions.get(number=2).on == a_friday(5)
    assert "closed already" in text(mei.post(reverse("add_closure"), typed(of, first, a_friday(4))))
    assert "first day or later" in text(mei.post(reverse("add_closure"), typed(of, a_friday(4), first)))
    day = ClosedDay.objects.order_by("on").first()
    take_out = reverse("remove_closure", args=[day.pk])
    assert "Take these days out?" in text(mei.get(take_out))
    assert "5 days are open again" in text(mei.post(take_out, follow=True))
    assert not ClosedDay.objects.exists()
    verbs = AuditEvent.objects.filter(verb__startswith="closed_days").order_by("at").values_list("verb", flat=True)
    assert list(verbs) == ["closed_days.added", "closed_days.removed"]


def test_a_centre_closes_itself_and_nobody_else(cast, browse):
    cohort = cohort_of(cast.mei)
    mei, day = browse(cast.mei), a_friday(30)
    mei.post(reverse("add_closure"), typed("centre", day, day, name="A day for ourselves"))
    closed = ClosedDay.objects.get()
    assert closed.centre == cast.mei.organisation
    session = cohort.sessions.order_by("number").first()
    with pytest.raises(Refused, match="day"):
        actions.move_session(session=session, on=day, starts=session.starts, by=cast.mei.acting)
    assert "A day for ourselves" not in text(browse(cast.rafael).get(reverse("closed_days") + "?of=centre"))
    assert browse(cast.rafael).get(reverse("remove_closure", args=[closed.pk])).status_code == 404
    with pytest.raises(Refused):
        actions.remove_closure(closed_day=closed, by=cast.rafael.acting)


def test_a_lead_closes_days_of_their_own_authorities_only(cast):
    programme_of(cast.mei)
    said = {"first": a_friday(4), "last": a_friday(4), "name": "A", "source": "B"}
    with pytest.raises(Refused, match="one of your programmes"):
        actions.add_closure(whose=fenwickshire().pk, **said, by=cast.rafael.acting)
    assert actions.add_closure(whose=fenwickshire().pk, **said, by=cast.mei.acting) == 1
    programme_of(cast.mei).authorities.clear()
    with pytest.raises(Refused, match="one of your programmes"):
        actions.remove_closure(closed_day=ClosedDay.objects.get(), by=cast.mei.acting)


def test_a_lead_takes_out_what_their_centre_closed_and_nothing_else(cast, browse):
    programme_of(cast.mei)
    programme_of(cast.rafael)
    of, mei = fenwickshire(), browse(cast.mei)
    imported = closed("Half term", of, a_friday(4))
    actions.add_closure(
        whose=of.pk, first=a_friday(4) + timedelta(days=1), last=a_friday(4) + timedelta(days=1),
        name="Half term", source="Us", by=cast.mei.acting,
    )  # fmt: skip
    page = text(mei.get(reverse("closed_days") + f"?of={of.pk}"))
    assert page.count("Take out<span") == 1
    assert "Not closed by your centre" in page
    assert mei.get(reverse("remove_closure", args=[imported.pk])).status_code == 403
    ours = ClosedDay.objects.get(closed_by=cast.mei.organisation)
    assert browse(cast.rafael).post(reverse("remove_closure", args=[ours.pk])).status_code == 403
    for day, by in ((imported, cast.mei), (ours, cast.rafael)):
        with pytest.raises(Refused, match="not closed by your centre"):
            actions.remove_closure(closed_day=day, by=by.acting)
    assert actions.remove_closure(closed_day=ours, by=cast.mei.acting) == 1
    with pytest.raises(Refused, match="meanwhile"):
        actions.remove_closure(closed_day=ours, by=cast.mei.acting)
    assert actions.remove_closure(closed_day=imported, by=cast.sam.acting) == 1


def closed(name, authority, on):
    return ClosedDay.objects.create(on=on, kind="school_holiday", authority=authority, name=name, source="The command")


def test_when_two_take_out_the_same_days_the_second_is_told(cast, browse, monkeypatch):
    day = closed_by(cast.mei)
    monkeypatch.setattr(actions, "remove_closure", gone_meanwhile)
    page = text(browse(cast.mei).post(reverse("remove_closure", args=[day.pk]), follow=True))
    assert "Somebody has taken this out meanwhile" in page


def gone_meanwhile(**_said):
    raise Refused("Somebody has taken this out meanwhile")


def test_when_two_close_the_same_days_each_day_is_closed_once(cast, monkeypatch):
    programme_of(cast.mei)
    of, write = fenwickshire(), ClosedDayQuerySet.bulk_create

    def beaten(self, rows, **how):
        closed("Faster", of, rows[0].on)
        return write(self, rows, **how)

    monkeypatch.setattr(ClosedDayQuerySet, "bulk_create", beaten)
    said = {"whose": of.pk, "name": "A", "source": "B", "by": cast.mei.acting, "first": a_friday(4)}
    assert actions.add_closure(last=a_friday(4) + timedelta(days=1), **said) == 1
    ClosedDay.objects.filter(name="A").delete()
    ClosedDay.objects.all().delete()
    with pytest.raises(Refused, match="closed already"):
        actions.add_closure(last=a_friday(4), **said)


def test_bank_holidays_are_with_whoever_runs_the_installation(cast, browse):
    day = a_friday(10)
    sam = browse(cast.sam)
    sam.post(reverse("add_closure"), typed("england", day, day, name="A day off"))
    closed = ClosedDay.objects.get()
    mei = browse(cast.mei)
    page = text(mei.get(reverse("closed_days") + "?of=england"))
    assert "A day off" in page
    assert "Take out" not in page
    assert mei.get(reverse("remove_closure", args=[closed.pk])).status_code == 403
    assert "Choose whose days they are" in text(mei.post(reverse("add_closure"), typed("england", day, day)))
    with pytest.raises(Refused, match="whoever keeps the installation running"):
        actions.remove_closure(closed_day=closed, by=cast.mei.acting)
    with pytest.raises(Refused, match="Only a training centre"):
        actions.add_closure(whose="centre", first=day, last=day, name="A", source="B", by=cast.sam.acting)
    assert browse(cast.kofi).get(reverse("closed_days")).status_code == 403
    sam.post(reverse("remove_closure", args=[closed.pk]))
    assert not ClosedDay.objects.exists()


DAYS = st.dates(date(2027, 1, 1), date(2027, 3, 31))


@given(days=st.dictionaries(DAYS, st.sampled_from(["Half term", "Snow"]), max_size=40))
def test_stretches_are_the_days_again(days):
    found = closures(days.items())
    again = {each.first + timedelta(days=number): each.name for each in found for number in range(each.days)}
    assert again == days
    assert len(again) == sum(each.days for each in found)


def test_a_cohort_whose_first_day_is_closed_begins_with_its_first_session(cast):
    ClosedDay.objects.create(on=a_friday(), kind="bank_holiday", name="A day off", source="A test")
    cohort = cohort_of(cast.mei)
    first = cohort.sessions.order_by("on").first()
    assert cohort.starts_on == first.on != a_friday()
