"""Who was off on a day is not remembered for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.staffing import TODAY, colleague_of, day_change_of
from trellis.core.audit import System
from trellis.core.jobs import start
from trellis.core.jobs.worker import Worker
from trellis.core.models import AuditEvent, Job
from trellis.staffing.jobs import _to_forget
from trellis.staffing.models import ChangeKind, Colleague, DayChange
from trellis.staffing.rules.weeks import grown_up_born_by

pytestmark = pytest.mark.django_db


def off(person, days_ago):
    """Somebody of a person’s setting was off so many days ago."""
    return DayChange.objects.create(
        organisation=person.organisation,
        on=TODAY - timedelta(days=days_ago),
        kind=ChangeKind.OFF,
        colleague=colleague_of(person),
        added_by=person.user,
    )


def test_what_was_otherwise_goes_after_28_days_in_every_setting(cast, browse, django_capture_on_commit_callbacks):
    old, kept = [off(cast.amara, 29), off(cast.amara, 40), off(cast.joanna, 29)], off(cast.amara, 28)
    soon = day_change_of(cast.amara)
    assert set(_to_forget()) == set(old)
    start(job="day_changes.tidy", by=System("The clock"))
    with django_capture_on_commit_callbacks(execute=True):
        Worker().run_one()
    assert set(DayChange.objects.all()) == {kept, soon}
    assert Job.objects.get(name="day_changes.tidy").result == {"changes": 3}
    events = AuditEvent.objects.filter(verb="day_change.forgotten")
    assert {(event.chain, event.change["changes"]) for event in events} == {
        (str(cast.amara.organisation.pk), 2),
        (str(cast.joanna.organisation.pk), 1),
    }
    assert not _to_forget().exists()
    assert "28 days after the day" in browse(cast.amara).get(reverse("privacy")).content.decode()


def test_how_long_is_a_setting(cast, settings):
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"keep_day_changes_days": 27})
    assert list(_to_forget()) == []
    assert off(cast.amara, 28) in _to_forget()


def test_a_date_of_birth_goes_when_somebody_is_17(cast, django_capture_on_commit_callbacks):
    grown, young = grown_up_born_by(TODAY), grown_up_born_by(TODAY) + timedelta(days=1)
    colleague_of(cast.amara, "Fay", born_on=grown)
    colleague_of(cast.amara, "Gil", born_on=young)
    start(job="births.tidy", by=System("The clock"))
    with django_capture_on_commit_callbacks(execute=True):
        Worker().run_one()
    assert dict(Colleague.objects.values_list("name", "born_on")) == {"Fay": None, "Gil": young}
    assert AuditEvent.objects.get(verb="colleague.births_forgotten").change == {"people": 1}
