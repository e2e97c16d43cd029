"""A setting sees which of its own people have a course, anybody sees which courses can be applied for, and mails lead to them."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.applying import another_cohort, booked_by, open_cohort
from tests.attending import held_on, morning_after, todays_session, wanted, yesterday
from tests.client import CheckingClient
from tests.reading import text
from tests.training import a_friday, cohort_of, place_in, runs
from trellis.core.dates import day
from trellis.core.models import SentMail
from trellis.training import actions
from trellis.training.models import Application, Mark, Place
from trellis.training.rules.applications import BOOKED_NEXT

pytestmark = pytest.mark.django_db
OURS = reverse("staff_training")


def place_of_amaras(cast, name="Leila Haddad"):
    place = place_in(cohort_of(cast.mei), name, by=cast.mei)
    Place.objects.filter(pk=place.pk).update(setting=cast.amara.organisation)
    return place


def test_a_manager_sees_their_own_people_and_nobody_elses(cast, browse):
    session = todays_session(cast.mei)
    place = place_of_amaras(cast)
    place_in(session.cohort, "Niamh Byrne", by=cast.mei)
    by = runs(session.cohort, cast.mei).acting
    actions.save_marks(session=session, wanted=[wanted(session, place, "present")], by=by)
    said = browse(cast.amara).get(OURS).content.decode()
    assert "Leila Haddad" in said
    assert "Niamh Byrne" not in said
    assert "Can reach the minimum" in said
    assert "%" not in said.split("of attendance")[1], "no figure of attendance goes to the setting"
    other = browse(cast.joanna).get(OURS).content.decode()
    assert "Leila Haddad" not in other
    assert "Nobody here has a course yet" in other
    assert browse(cast.amara).get(reverse("place_attendance", args=[place.pk])).status_code == 403


def test_whoever_was_booked_is_there_from_the_booking_on(cast, browse):
    booked = booked_by(cast.amara)
    browser = browse(cast.amara)
    said = text(browser.get(OURS))
    assert "Booked by you, without a place yet" in said
    assert "Liam Fox" in said
    assert "Being written" in said
    assert BOOKED_NEXT["draft"] in said
    assert f'href="{reverse("booked_application", args=[booked.pk])}"' in said
    assert "Nobody here has a course yet" not in said
    assert "Liam Fox" not in text(browse(cast.joanna).get(OURS))
    Application.objects.filter(pk=booked.pk).update(status="withdrawn")
    assert "Liam Fox" not in text(browser.get(OURS))


def test_the_booking_page_says_when_the_start_is_and_remembers_it(cast, browse):
    cohort = open_cohort(cast.mei)
    spring = another_cohort(cast.mei)
    browser, page = browse(cast.amara), reverse("book_people", args=[cohort.programme_id])
    said = text(browser.get(page))
    assert "They choose one of these starts" in said
    assert f"Starting {day(cohort.starts_on)}, for Fenwickshire. Fridays, " in said
    here = f"{page}?start={spring.pk}"
    assert f'href="{here}"' in text(browser.get(page.replace("several", "") + f"?start={spring.pk}"))
    assert "They see this start chosen" in text(browser.get(here))
    line = {"person-1-name": "Liam Fox", "person-1-email": "liam@example.org", "person-1-role": "senco"}
    browser.post(here, line | {"confirmed": ["release", "cover", "ratio", "observation"]})
    assert list(Application.objects.get(email="liam@example.org").wanted.all()) == [spring]


def test_it_asks_as_often_for_many_as_for_one(cast, browse):
    browser = browse(cast.amara)
    place_of_amaras(cast)
    browser.get(OURS)
    with CaptureQueriesContext(connection) as few:
        browser.get(OURS)
    for number in range(8):
        place_of_amaras(cast, f"Person {number}")
    with CaptureQueriesContext(connection) as many:
        browser.get(OURS)
    assert len(many) == len(few) <= 9


def test_an_alert_leads_to_a_page_that_its_reader_can_open(cast, browse):
    session = todays_session(cast.mei)
    place = place_in(session.cohort, "Niamh Byrne", by=cast.mei)
    Place.objects.filter(pk=place.pk).update(setting=cast.amara.organisation)
    SentMail.objects.all().delete()
    for number in range(1, 7):
        other = held_on(todays_session(cast.mei, number=number), yesterday())
        missed = [wanted(other, place, "absent", position=part.position) for part in other.parts.all()]
        actions.save_marks(session=other, wanted=missed, by=runs(other.cohort, cast.mei).acting)
    morning_after()
    links = dict(SentMail.objects.filter(subject__contains="minimum").values_list("address", "link"))
    mine, managers = (urlsplit(links[each]).path for each in (place.email, cast.amara.user.email))
    assert CheckingClient().get(mine).status_code == 200, "without an account, by a link of their own"
    assert managers == OURS
    assert "Niamh Byrne" in browse(cast.amara).get(managers).content.decode()


def test_anybody_finds_the_courses_that_can_be_applied_for(cast, django_assert_max_num_queries):
    page = reverse("courses_to_apply_for")
    assert "No course is open at the moment" in CheckingClient().get(page).content.decode()
    first = open_cohort(cast.mei)
    for number in range(30):
        another_cohort(cast.mei, title=f"Cohort {number:02}")
    another_cohort(cast.mei, title="Not open yet", status="planned", starts_on=a_friday(40))
    with django_assert_max_num_queries(3):
        said = CheckingClient().get(page).content.decode()
    assert reverse("apply_for_place", args=[first.programme_id]) in said
    assert f"starting {day(first.starts_on)}" in said
    assert day(a_friday(40)) not in said
    assert page in CheckingClient().get(reverse("qualifications")).content.decode()


def test_enter_in_a_register_saves_and_marks_nobody_present(cast, browse):
    session = todays_session(cast.mei)
    place_in(session.cohort, "Niamh Byrne", by=cast.mei)
    said = browse(runs(session.cohort, cast.mei)).get(reverse("attendance_register", args=[session.pk])).content
    first = BeautifulSoup(said, "html.parser").select_one("form.app-register [type=submit]")
    assert "name" not in first.attrs
    assert not Mark.objects.exists()
