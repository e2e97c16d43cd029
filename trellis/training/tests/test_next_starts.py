"""When a qualification of the catalogue begins next follows from the cohorts that are open for applications."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.applying import another_cohort, open_cohort
from tests.client import CheckingClient
from tests.qualifying import course_of, entry
from tests.training import a_friday, programme_of
from trellis.core.audit import System
from trellis.core.jobs import start
from trellis.core.jobs.worker import Worker
from trellis.core.refusal import Refused
from trellis.qualifications.models import Qualification
from trellis.training import actions
from trellis.training.forms.programme import ProgrammeForm
from trellis.training.models import Cohort, Programme

pytestmark = pytest.mark.django_db
KEY = "senco-level-3-award"


@pytest.fixture
def cohort(cast):
    entry(KEY)
    found = open_cohort(cast.mei, status="planned")
    Programme.objects.update(qualification_key=KEY)
    return found


def by_the_clock():
    start(job="training.next_starts", by=System("The clock"))
    Worker().run_one()


def test_opening_closing_and_cancelling_a_cohort_says_so_in_the_catalogue(cast, cohort):
    day = timezone.localdate() + timedelta(days=300)
    Qualification.objects.filter(key=KEY).update(next_start=day)
    actions.move_cohort(cohort=cohort, to="open", by=cast.mei.acting)
    assert entry(KEY).begins == cohort.starts_on, "a cohort goes before what was typed"
    public = CheckingClient().get(reverse("show_qualification", args=[KEY])).content.decode()
    assert f"{cohort.starts_on.day} {cohort.starts_on:%B %Y}" in public
    actions.move_cohort(cohort=cohort, to="planned", by=cast.mei.acting)
    assert entry(KEY).begins == day
    actions.move_cohort(cohort=cohort, to="open", by=cast.mei.acting)
    actions.cancel_cohort(cohort=cohort, because="Too few", by=cast.mei.acting)
    assert entry(KEY).begins == day


def test_the_catalogue_leads_to_applying_or_says_whom_to_ask(cast, cohort):
    public, page = CheckingClient(), reverse("show_qualification", args=[KEY])
    apply = f"{reverse('courses_to_apply_for')}?course={KEY}"
    before = public.get(page).content.decode()
    assert "You cannot apply for this here at the moment. Ask the early years team" in before
    assert apply not in before
    actions.move_cohort(cohort=cohort, to="open", by=cast.mei.acting)
    shown = public.get(page).content.decode()
    assert f"The next course starts on {cohort.starts_on.day} {cohort.starts_on:%B %Y}" in shown
    assert f'href="{apply}">Apply' in shown
    assert "You cannot apply" not in shown
    assert reverse("apply_for_place", args=[cohort.programme_id]) in public.get(apply).content.decode()
    other = public.get(reverse("courses_to_apply_for"), {"course": "something-else"}).content.decode()
    assert "This course is not open at the moment" in other
    own = course_of(cast.mei)
    assert f"Ask {cast.mei.organisation.name}" in public.get(own.get_absolute_url()).content.decode()


def test_the_clock_goes_on_to_the_next_when_one_has_begun(cast, cohort):
    actions.move_cohort(cohort=cohort, to="open", by=cast.mei.acting)
    spring = another_cohort(cast.mei)
    by_the_clock()
    assert entry(KEY).begins == cohort.starts_on
    Cohort.objects.filter(pk=cohort.pk).update(starts_on=timezone.localdate())
    by_the_clock()
    assert entry(KEY).begins == spring.starts_on


def test_a_programme_names_its_entry_on_its_page(cast, browse, cohort):
    Programme.objects.update(qualification_key="")
    Cohort.objects.update(status="open")
    programme = programme_of(cast.mei)
    said = {
        "title": programme.title, "for_whom": ["for_professionals"], "authorities": "Fenwickshire",
        "minimum_attendance": "80", "guided_hours": "34", "second_cohort_months": "24",
    }  # fmt: skip
    page = reverse("change_programme", args=[programme.pk])
    browse(cast.mei).post(page, said | {"qualification_key": KEY})
    assert entry(KEY).begins == cohort.starts_on
    shown = browse(cast.mei).get(page).content.decode()
    assert f'value="{KEY}" selected' in shown
    browse(cast.mei).post(page, said)
    assert entry(KEY).begins is None


def test_a_cohort_begins_with_its_first_session_and_the_catalogue_follows(cast, cohort):
    actions.move_cohort(cohort=cohort, to="open", by=cast.mei.acting)
    first, second = cohort.sessions.order_by("number")[:2]
    later = a_friday(30)
    actions.move_session(session=first, on=later, starts=first.starts, by=cast.mei.acting)
    assert begins(cohort) == second.on
    actions.move_session(session=first, on=second.on - timedelta(days=3), starts=first.starts, by=cast.mei.acting)
    assert begins(cohort) == second.on - timedelta(days=3)
    actions.cancel_session(session=first, because="Nobody can teach", by=cast.mei.acting)
    assert begins(cohort) == second.on
    actions.add_session(
        cohort=cohort, plan=actions.SessionPlan(kind="taught"), on=second.on - timedelta(days=1),
        starts=time(9), ends=time(12), guided_minutes=60, by=cast.mei.acting,
    )  # fmt: skip
    assert begins(cohort) == second.on - timedelta(days=1)


def begins(cohort):
    cohort.refresh_from_db()
    assert entry(KEY).begins == cohort.starts_on
    return cohort.starts_on


def test_a_programme_names_no_other_centres_course(cast):
    theirs, ours = course_of(cast.rafael), course_of(cast.mei)
    shown = dict(ProgrammeForm(centre_id=cast.mei.organisation.pk).fields["qualification_key"].choices)
    assert ours.key in shown
    assert theirs.key not in shown
    programme = programme_of(cast.mei)
    naming = actions.ProgrammePlan(title=programme.title, qualification_key=theirs.key)
    with pytest.raises(Refused, match="another centre’s own"):
        actions.change_programme(programme=programme, plan=naming, by=cast.mei.acting)
    with pytest.raises(Refused, match="another centre’s own"):
        actions.make_programme(
            plan=actions.ProgrammePlan(title="New", qualification_key=theirs.key), by=cast.mei.acting
        )


def test_a_centres_own_course_begins_with_its_own_cohorts_only(cast, cohort):
    theirs, ours = course_of(cast.rafael), course_of(cast.mei)
    Cohort.objects.update(status="open")
    for course in (theirs, ours):
        Programme.objects.update(qualification_key=course.key)
        by_the_clock()
    theirs.refresh_from_db()
    ours.refresh_from_db()
    assert (theirs.begins, ours.begins) == (None, cohort.starts_on)
