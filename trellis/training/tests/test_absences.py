"""Who is told that sessions were missed: once, when the day is over, from the marks that stand."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.attending import held_on, morning_after, todays_session, wanted, yesterday
from tests.training import place_of, session_of
from trellis.core.models import SentMail
from trellis.training import actions
from trellis.training.models import CatchUp, Place, Session

pytestmark = pytest.mark.django_db


def priyas_place(cast):
    """Priya has an account and a place in Mei’s cohort."""
    return place_of(cast.mei, "Priya Nair", email=cast.priya.user.email)


def miss(cast, place, number, day):
    session = held_on(Session.objects.get(cohort=place.cohort, number=number), day)
    parts = [actions.Wanted(place.pk, part.pk, "absent") for part in session.parts.all()]
    actions.save_marks(session=session, wanted=parts, by=cast.zofia.acting)


def test_two_sessions_missed_in_a_row_are_told_once_to_whom_it_concerns(cast):
    place = priyas_place(cast)
    Place.objects.filter(pk=place.pk).update(setting=cast.amara.organisation)
    SentMail.objects.all().delete()
    today = timezone.localdate()
    miss(cast, place, 1, today - timedelta(days=7))
    morning_after()
    assert not SentMail.objects.filter(subject__startswith="Two").exists(), "one session is no pattern"
    miss(cast, place, 2, today - timedelta(days=1))
    morning_after()
    about = SentMail.objects.filter(subject="Two sessions in a row were missed")
    told = set(about.values_list("address", flat=True))
    assert {cast.priya.user.email, cast.zofia.user.email, cast.amara.user.email} <= told
    assert cast.joanna.user.email not in told
    number = SentMail.objects.count()
    session = Session.objects.get(cohort=place.cohort, number=2)
    again = [actions.Wanted(place.pk, part.pk, "apologised", base=1) for part in session.parts.all()]
    actions.save_marks(session=session, wanted=again, by=cast.zofia.acting, because="They had told us")
    morning_after()
    assert SentMail.objects.count() == number, "nobody is told twice"
    mine = about.get(address=cast.priya.user.email)
    assert urlsplit(mine.link).path == reverse("my_attendance")
    assert "Tell the trainer what would help" in mine.reason


def test_that_the_minimum_is_out_of_reach_is_told_once(cast):
    place = priyas_place(cast)
    for number in range(1, 6):
        miss(cast, place, number, timezone.localdate() - timedelta(days=number + 1))
    morning_after()
    for catch_up in CatchUp.objects.filter(status="open"):
        actions.end_catch_up(catch_up=catch_up, because="No time left", by=cast.zofia.acting)
    miss(cast, place, 6, yesterday())
    morning_after()
    morning_after()
    assert SentMail.objects.filter(subject="The minimum can only be reached by catching up").count() > 0
    told = SentMail.objects.filter(subject="The minimum can no longer be reached")
    assert told.filter(address=cast.priya.user.email).count() == 1


def told_of_absences():
    return SentMail.objects.filter(once_key__startswith="attendance")


def test_saving_a_mark_tells_nobody_and_a_slip_put_right_the_same_day_is_never_told(cast):
    place = priyas_place(cast)
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        session = todays_session(cast.mei)
        saved = actions.save_marks(
            session=session, wanted=[wanted(session, place, "absent")], by=cast.zofia.acting
        ).saved
        morning_after()
        assert not told_of_absences().exists(), "the day is not over"
        actions.undo_marks(session=session, batch=saved[0].batch, by=cast.zofia.acting)
    morning_after()
    assert not told_of_absences().exists(), "it was taken back"


def test_what_stands_when_the_day_is_over_is_told_once_however_often_the_clock_asks(cast):
    place = priyas_place(cast)
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        session = todays_session(cast.mei)
        actions.save_marks(session=session, wanted=[wanted(session, place, "absent")], by=cast.zofia.acting)
    morning_after()
    told = set(told_of_absences().values_list("subject", "address"))
    subject = "The minimum can only be reached by catching up"
    assert {(subject, cast.priya.user.email), (subject, cast.zofia.user.email)} <= told
    morning_after()
    assert told_of_absences().count() == len(told)


def test_nobody_is_told_of_an_apology_for_a_day_to_come_or_of_what_was_long_ago(cast):
    place = priyas_place(cast)
    actions.apologise(place=place, session=session_of(cast.mei), reason="", user=cast.priya.user)
    morning_after()
    with time_machine.travel(timezone.now() - timedelta(days=30)):
        miss(cast, place, 2, timezone.localdate())
    morning_after()
    assert not told_of_absences().exists()
