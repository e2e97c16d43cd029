"""Answers are worked out again by themselves, and whoever leads the setting is told once of what got worse."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.attending import a_quarter_of_an_hour_later
from tests.coming import falls_sick, first_session, goes_of, run_now, week_of_nursery
from tests.training import cohort_of, leading
from trellis.core.jobs.registry import schedules
from trellis.core.mail import MailKind, choose_mail
from trellis.core.models import SentMail
from trellis.core.rules.mail import Wish
from trellis.staffing.actions.days import change_day, take_back
from trellis.staffing.models import ChangeKind, Colleague, DayChange
from trellis.training import actions
from trellis.training.coming import settings_with_something_coming
from trellis.training.models import GoingAnswer, Place, Session

pytestmark = pytest.mark.django_db
ABOUT = "Who can go to a session: look again"


@pytest.fixture
def nursery(cast):
    """Amara’s nursery with its week; Ines has a place."""
    week_of_nursery(cast.amara)
    goes_of(cast.amara, cast.mei, "Ines Carvalho", "Ines")
    run_now(cohort_of(cast.mei))
    return cast


def again(cast) -> int:
    return actions.check_going_again(by=cast.amara.acting, today=timezone.localdate())


def told():
    return SentMail.objects.filter(subject=ABOUT)


def sick(cast, *names: str) -> None:
    for name in names:
        falls_sick(cast.amara, Colleague.objects.get(name=name), first_session(cast.mei))


def test_the_first_answer_is_kept_and_tells_nobody(nursery):
    assert again(nursery) == 0
    kept = GoingAnswer.objects.get(session=first_session(nursery.mei))
    assert kept.edition
    assert kept.worse_since is None
    assert again(nursery) == 0
    assert not told().exists()


def test_when_somebody_falls_sick_the_manager_is_told_once(nursery, browse):
    again(nursery)
    browser = browse(nursery.amara)
    assert "an answer got worse" not in browser.get("/").content.decode()
    sick(nursery, "Ada", "Dee")
    assert again(nursery) == 1
    assert again(nursery) == 0
    [mail] = told()
    session = first_session(nursery.mei)
    assert mail.user == nursery.amara.user
    assert mail.link == reverse("coming_session", args=[session.pk])
    assert "Ines" not in mail.reason
    assert "Bees" not in mail.reason
    assert "an answer got worse" in browser.get("/").content.decode()
    assert "It was better before" in browser.get(reverse("coming_sessions")).content.decode()
    assert "an answer got worse" not in browse(nursery.priya).get("/").content.decode()


def test_when_it_is_better_again_nothing_is_said_and_the_message_stays_back(nursery):
    again(nursery)
    sick(nursery, "Ada", "Dee")
    again(nursery)
    for change in DayChange.objects.all():
        take_back(change=change, by=nursery.amara.acting)
    assert again(nursery) == 0
    assert not GoingAnswer.objects.worse().exists()
    assert told().get().state == "kept_back"
    sick(nursery, "Ada", "Dee")
    assert again(nursery) == 1, "it got worse once more"


def test_when_the_session_moves_to_a_worse_day_the_manager_is_told(nursery):
    session = first_session(nursery.mei)
    monday = session.on + timedelta(days=3)
    for name in ("Ada", "Dee"):
        change_day(
            on=monday,
            today=timezone.localdate(),
            kind=ChangeKind.OFF,
            colleague=Colleague.objects.get(name=name),
            by=nursery.amara.acting,
        )
    again(nursery)
    actions.move_session(session=session, on=monday, starts=session.starts, by=leading(nursery.mei).acting)
    assert again(nursery) == 1


def test_who_does_not_want_it_by_e_mail_finds_it_on_the_first_page(nursery, browse):
    choose_mail(wishes={MailKind.TRAINING: Wish.NEVER}, by=nursery.amara.acting)
    again(nursery)
    sick(nursery, "Ada", "Dee")
    assert again(nursery) == 0
    assert "an answer got worse" in browse(nursery.amara).get("/").content.decode()


def test_what_cannot_be_said_any_more_is_forgotten(nursery):
    again(nursery)
    assert GoingAnswer.objects.exists()
    sick(nursery, "Ada", "Dee")
    assert again(nursery) == 1
    Place.objects.update(status="withdrawn")
    assert settings_with_something_coming(timezone.localdate()).exists(), "to forget it"
    again(nursery)
    assert not GoingAnswer.objects.exists()
    assert told().get().state == "kept_back", "there is nothing to look at any more"
    assert not settings_with_something_coming(timezone.localdate()).exists()


def test_what_is_over_is_forgotten(nursery):
    again(nursery)
    session = first_session(nursery.mei)
    Session.objects.filter(pk=session.pk).update(on=timezone.localdate() - timedelta(days=1))
    again(nursery)
    assert not GoingAnswer.objects.filter(session=session).exists()


def test_only_the_setting_sees_the_answers(nursery):
    again(nursery)
    assert GoingAnswer.objects.visible_to(nursery.amara.acting).exists()
    for stranger in (nursery.priya, nursery.joanna, nursery.daniel, nursery.mei, nursery.zofia, nursery.grace):
        assert not GoingAnswer.objects.visible_to(stranger.acting).exists()


def test_the_clock_asks_for_settings_with_a_week_only(nursery):
    today = timezone.localdate()
    assert list(settings_with_something_coming(today)) == [nursery.amara.organisation]
    goes_of(nursery.joanna, nursery.mei, "Bashir Karimi")
    assert settings_with_something_coming(today).count() == 1
    assert "training.going" in {each.name for each in schedules()}


def test_the_job_asks_as_a_manager_would(nursery):
    a_quarter_of_an_hour_later()
    assert GoingAnswer.objects.exists()
    sick(nursery, "Ada", "Dee")
    a_quarter_of_an_hour_later()
    assert told().count() == 1
