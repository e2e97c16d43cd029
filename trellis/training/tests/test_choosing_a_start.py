"""A start that is chosen in the list of courses: what it asks of somebody’s week, and that it is remembered."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.applying import another_cohort, application_of, draft_in, open_cohort, token_of
from tests.client import CheckingClient
from tests.reading import text
from trellis.core.dates import day
from trellis.core.models import SentMail
from trellis.training.models import Application

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(cast):
    return open_cohort(cast.mei)


@pytest.fixture
def spring(cast, cohort):
    return another_cohort(cast.mei)


def test_weekday_hours_and_days_are_told_before_applying_and_while_choosing(
    cast, cohort, spring, django_assert_max_num_queries
):
    browser = CheckingClient()
    first, last = (day(cohort.sessions.order_by(order)[0].on) for order in ("on", "-on"))
    told = f"12 days from {first} to {last}"
    with django_assert_max_num_queries(3):
        listed = text(browser.get(reverse("courses_to_apply_for")))
    page = reverse("apply_for_place", args=[cohort.programme_id])
    browser.post(page, {"name": "Niamh Byrne", "email": "niamh.byrne@example.org"})
    asked = text(browser.get(SentMail.objects.get().link, follow=True))
    for shown in (listed, text(browser.get(page)), asked):
        assert "Fridays, " in shown
        assert told in shown
        assert "Every week" in shown, "all that is known of a cohort without sessions"


def test_the_start_that_was_chosen_stands_there_when_the_dates_are_asked_for(cast, browse, cohort, spring):
    browser = CheckingClient()
    here = f"{reverse('apply_for_place', args=[cohort.programme_id])}?start={spring.pk}"
    assert f'href="{here}"' in browser.get(reverse("courses_to_apply_for")).content.decode()
    assert f"You apply for the course starting {day(spring.starts_on)}" in text(browser.get(here))
    browser.post(here, {"name": "Niamh Byrne", "email": "niamh.byrne@example.org"})
    application = Application.objects.get()
    assert list(application.wanted.all()) == [spring]
    assert "cohort" not in application.answered, "they are asked, and see what they chose"
    asked = browser.get(SentMail.objects.get().link, follow=True).content.decode()
    assert f'value="{spring.pk}" checked' in " ".join(asked.split())
    other = here.replace(str(spring.pk), str(cohort.pk))
    CheckingClient().post(other, {"name": "Niamh Byrne", "email": "niamh.byrne@example.org"})
    assert list(application.wanted.all()) == [spring], "anybody can type an address: what was begun stays as it is"
    # Whoever is signed in keeps the choice as well.
    browse(cast.sam).post(other)
    assert list(Application.objects.get(user=cast.sam.user).wanted.all()) == [cohort]


def test_the_questions_never_become_more_than_was_said(cast, cohort):
    said = {"role": "", "level_3": "", "answered": [], "setting_name": "", "authority": None, "in_england": None}
    application = draft_in(cohort.programme, **said)

    def counted(step, **now):
        Application.objects.filter(pk=application.pk).update(**now)
        page = text(CheckingClient().get(reverse("application_step", args=[token_of(application), step])))
        number, of = re.search(r"Question (\d+) of (?:at most )?(\d+)\.", page).groups()
        return int(number), int(of), "at most" in page

    assert counted("cohort") == (1, 14, True)
    assert counted("role", answered=["cohort", "setting", "authority"]) == (4, 14, True)
    assert counted("role-from", role="about_to_be", answered=["cohort", "setting", "authority", "role"]) == (
        5,
        14,
        True,
    )
    assert counted("level-3", role="senco") == (5, 13, True)
    answered = ["cohort", "setting", "authority", "role", "level-3"]
    assert counted("years", level_3="no", answered=answered) == (6, 12, False)


def test_a_start_that_they_wanted_is_chosen_when_a_place_is_offered(cast, browse, cohort, spring):
    application = application_of(cast.mei, wanted=[spring, cohort])
    shown = browse(cast.mei).get(reverse("offer_place", args=[application.pk])).content.decode()
    assert f'<option value="{cohort.pk}" selected' in shown, "of several the first one"
