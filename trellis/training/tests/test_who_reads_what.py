"""Links, calendars, mails and answers reach whom they are for, also after somebody has left, withdrawn or moved."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.applying import application_of, draft_in, offered, open_cohort, sent
from tests.client import CheckingClient
from tests.training import cohort_of, leading, place_in, programme_for, token_of
from trellis.core.mail.delivery import _settle
from trellis.core.models import SentMail
from trellis.core.refusal import Refused
from trellis.core.rules.mail import MailState
from trellis.organisations.models import Membership
from trellis.training import actions
from trellis.training.actions import Answer
from trellis.training.forms.application import ManagerForm
from trellis.training.models import AccessNeeds, Cohort, Feed, Place, Session, TrainerAssignment

pytestmark = pytest.mark.django_db
YES = Answer(agreed=True, release=True, cover=True, ratio=True, observation=True, name="Ines Carvalho")


def test_that_somebody_withdraws_takes_nothing_from_the_others(cast):
    cohort = cohort_of(cast.mei)
    staying, leaving = (place_in(cohort, name, by=cast.mei) for name in ("Niamh Byrne", "Ola Eze"))
    feeds = {place.pk: actions.feed_of_place(place) for place in (staying, leaving)}
    today = timezone.localdate()
    actions.withdraw_place(place=leaving, reason="sickness", on=today, by=leading(cast.mei).acting)
    assert feeds[staying.pk].sessions().count() == 12
    assert not feeds[leaving.pk].sessions().exists()


def test_whoever_left_the_centre_hears_and_reads_no_more(cast):
    cohort = cohort_of(cast.mei)
    own = actions.make_own_feed(person=cast.zofia.user)
    assert own.sessions().count() == 12
    Membership.objects.filter(pk=cast.zofia.membership.pk).update(ended_at=timezone.now(), ended_by=cast.mei.user)
    assert not own.sessions().exists()
    assert not Session.objects.of_person(cast.zofia.user).exists()
    assert not cohort.trainers.live().exists()
    assert TrainerAssignment.objects.filter(ended_at=None).exists(), "who taught whom stays"


def test_a_mail_to_somebody_without_account_forgets_its_link(cast):
    place = place_in(cohort_of(cast.mei), "Niamh Byrne", by=cast.mei)
    told = SentMail.objects.get(address=place.email)
    assert CheckingClient().get(told.link).status_code == 200
    _settle(told, MailState.SENT, sent_at=timezone.now(), settled_at=timezone.now())
    told.refresh_from_db()
    assert (told.state, told.link) == ("sent", "")


def test_a_yes_of_one_setting_is_none_of_another(cast):
    application = application_of(cast.mei)
    actions.decide_application(
        application=application, decision="needs_information", because="Which years?", by=leading(cast.mei).acting
    )
    application.refresh_from_db()
    actions.save_answer(application=application, step="years", answer={"years": 5})
    assert actions.has_agreed(application)
    elsewhere = actions.Work(name="Another pre-school")
    actions.save_answer(application=application, step="setting", answer={"work": elsewhere})
    assert not actions.has_agreed(application)
    with pytest.raises(Refused):
        sent(application)
    said = {"manager_name": "Jo Hart", "manager_email": "jo.hart@example.org"}
    actions.save_answer(application=application, step="manager", answer=said)
    assert sent(application).status == "submitted"
    assert SentMail.objects.filter(address="jo.hart@example.org").exists()


def test_nobody_is_their_own_manager(cast):
    open_cohort(cast.mei)
    draft = draft_in(programme_for(cast.mei))
    data = {"manager_name": "Somebody", "manager_email": draft.email.upper()}
    form = ManagerForm(data, application=draft, cohorts=Cohort.objects.none())
    assert "not your own" in str(form.errors["manager_email"])


def test_whoever_teaches_reads_what_a_learner_needs_and_nobody_else(cast, browse):
    application = offered(cast.mei)
    AccessNeeds.objects.create(application=application, access="A hearing loop", adjustments="")
    place = actions.accept_offer(application=application)
    page = reverse("show_place", args=[place.pk])
    assert "A hearing loop" in browse(cast.zofia).get(page).content.decode()
    Place.objects.filter(pk=place.pk).update(setting=cast.amara.organisation)
    assert "A hearing loop" not in browse(cast.amara).get(reverse("staff_training")).content.decode()


def test_what_is_offered_is_held_whatever_else_changes(cast):
    cohort = open_cohort(cast.mei, most_places=2)
    place_in(cohort, "Ola Eze", by=cast.mei)
    offered(cast.mei)
    with pytest.raises(Refused, match="taken or offered"):
        actions.change_cohort(cohort=cohort, by=leading(cast.mei).acting, most_places=1)


def test_an_offer_to_somebody_who_has_a_place_by_their_account_is_refused(cast):
    application = application_of(cast.mei, "Leila Haddad")
    application.user = cast.leila.user
    application.email = "another.address@example.org"
    application.save()
    place_in(cohort_of(cast.mei), cast.leila.user.name, by=cast.mei)
    Place.objects.update(user=cast.leila.user, email=cast.leila.user.email)
    with pytest.raises(Refused):
        actions.offer_place(
            application=application,
            cohort=open_cohort(cast.mei),
            until=timezone.localdate(),
            by=leading(cast.mei).acting,
        )


def test_the_first_to_type_an_address_does_not_name_its_owner(cast, browse):
    programme = programme_for(cast.mei)
    open_cohort(cast.mei)
    actions.send_link(programme=programme, name="Silly Name", email=cast.priya.user.email)
    application, _ = actions.begin_application(
        programme=programme, name="Priya Nair", email=cast.priya.user.email, user=cast.priya.user
    )
    assert application.name == "Priya Nair"


def test_a_calendar_of_a_place_is_of_that_place(cast):
    place = place_in(cohort_of(cast.mei), "Niamh Byrne", by=cast.mei)
    assert [feed.sessions().count() for feed in Feed.objects.filter(place=place)] == [12, 12], "its dates, its calendar"
    assert token_of(cast.mei)
