"""What learners say themselves, what marks add up to, and catching up."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests.attending import catch_up_of, guided_so_far, held_on, marked, todays_session, wanted, yesterday
from tests.qualifying import entry
from tests.reading import text
from tests.training import cohort_for, cohort_of, place_in, place_of, session_of, token_of
from trellis.core.models import AuditEvent, SentMail
from trellis.core.refusal import Refused
from trellis.qualifications.models import CriteriaSet, Criterion
from trellis.training import actions
from trellis.training.models import CatchUp, Mark, WallCode

pytestmark = pytest.mark.django_db
SIGN_IN = "sign_in_to_session"


def priyas_place(cast):
    """Priya has an account and a place in Mei’s cohort."""
    place = place_of(cast.mei, "Priya Nair", email=cast.priya.user.email)
    assert place.user == cast.priya.user
    return place


def other_than(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.mark.parametrize(("minutes", "status", "missed"), [(5, "present", 0), (40, "late", 40)])
def test_a_code_on_the_wall_signs_a_learner_in(cast, browse, minutes, status, missed):
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    with time_machine.travel(midnight + timedelta(minutes=minutes), tick=False):
        signs_in_by_the_code(cast, browse, status, missed)


def signs_in_by_the_code(cast, browse, status, missed):
    priyas_place(cast)
    session = todays_session(cast.mei)
    morning = session.parts.get(position=1)
    address = reverse("wall_code", args=[morning.pk])
    assert "No code is open" in text(browse(cast.zofia).get(address))
    page = text(browse(cast.zofia).post(address, follow=True))
    code = actions.code_of(WallCode.objects.get())
    assert f"{code[:3]} {code[3:]}" in page
    browser, sign_in = browse(cast.priya), reverse(SIGN_IN)
    assert "This code is not open now" in text(browser.post(sign_in, {"code": other_than(code)}))
    assert "six digits" in text(browser.post(sign_in, {"code": "12 34"}))
    page = text(browser.post(sign_in, {"code": f" {code[:3]} {code[3:]}"}))
    assert "You are signed in: Morning of " in page
    mark = Mark.objects.get()
    assert (mark.source, mark.by, mark.part) == ("code", cast.priya.user, morning)
    assert (mark.status, mark.missed_minutes) == (status, missed), "the part began at midnight"
    assert "signed in already" in text(browser.post(sign_in, {"code": code}))
    assert AuditEvent.objects.filter(verb="register.signed_in", actor_name=cast.priya.user.name).exists()


def test_a_code_works_there_and_then_only(cast, browse):
    priyas_place(cast)
    session = todays_session(cast.mei)
    morning, afternoon = session.parts.all()
    row = actions.open_code(part=morning, by=cast.zofia.acting)
    code, sign_in = actions.code_of(row), reverse(SIGN_IN)
    assert "not open now" in text(browse(cast.amara).post(sign_in, {"code": code})), "no place in this cohort"
    WallCode.objects.filter(pk=row.pk).update(
        opened_at=timezone.now() - timedelta(hours=1), ends_at=timezone.now() - timedelta(minutes=1)
    )
    assert "not open now" in text(browse(cast.priya).post(sign_in, {"code": code})), "its time is over"
    newer = actions.open_code(part=morning, by=cast.zofia.acting)
    assert "not open now" in text(browse(cast.priya).post(sign_in, {"code": code})), "a newer one is on the wall"
    held_on(session, timezone.localdate() + timedelta(days=1))
    code = actions.code_of(newer)
    assert "not open now" in text(browse(cast.priya).post(sign_in, {"code": code})), "the session is tomorrow"
    page = text(browse(cast.zofia).post(reverse("wall_code", args=[afternoon.pk]), follow=True))
    assert "It can be marked from that day on" in page
    assert not Mark.objects.exists()


def test_wrong_codes_are_limited(cast, browse):
    priyas_place(cast)
    row = actions.open_code(part=todays_session(cast.mei).parts.get(position=1), by=cast.zofia.acting)
    code, browser = actions.code_of(row), browse(cast.priya)
    for _ in range(5):
        browser.post(reverse(SIGN_IN), {"code": other_than(code)})
    assert "too many codes" in text(browser.post(reverse(SIGN_IN), {"code": code}))
    cache.clear()
    assert "You are signed in" in text(browser.post(reverse(SIGN_IN), {"code": code}))


def test_whom_the_trainer_marked_absent_is_not_overwritten_by_a_code(cast, browse):
    place, session = priyas_place(cast), todays_session(cast.mei)
    actions.save_marks(session=session, wanted=[wanted(session, place, "absent")], by=cast.zofia.acting)
    row = actions.open_code(part=session.parts.get(position=1), by=cast.zofia.acting)
    page = text(browse(cast.priya).post(reverse(SIGN_IN), {"code": actions.code_of(row)}))
    assert "The trainer has marked something else" in page
    assert Mark.objects.get().status == "absent"


def test_an_apology_by_link_until_the_session_starts(cast, client):
    token, session = token_of(cast.mei), session_of(cast.mei)
    address = reverse("apologise_by_link", args=[token, session.pk])
    assert address in text(client.get(reverse("dates_by_link", args=[token]))), "the page that reminders lead to"
    page = client.get(address)
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "same-origin")
    assert "Niamh" not in text(page), "a link shows nobody’s name"
    assert not Mark.objects.exists()
    assert "The trainer knows that you cannot come" in text(client.post(address, {"reason": "sickness"}))
    marks = Mark.objects.all()
    assert {(mark.status, mark.reason, mark.source, mark.by) for mark in marks} == {
        ("apologised", "sickness", "apology", None)
    }
    assert len(marks) == 2, "the whole day"
    again = text(client.post(address, {"reason": ""}))
    assert "apologised for this session already" in again
    assert f'href="{reverse("dates_by_link", args=[token])}">Back to your dates' in again
    held_on(session, timezone.localdate())
    assert "This session has begun" in text(client.get(address))
    theirs = session_of(cast.rafael)
    assert client.get(reverse("apologise_by_link", args=[token, theirs.pk])).status_code == 404
    assert client.get(reverse("apologise_by_link", args=["x", session.pk])).status_code == 404


def test_an_apology_from_ones_own_page(cast, browse):
    priyas_place(cast)
    session, browser = session_of(cast.mei), browse(cast.priya)
    address = reverse("apologise", args=[session.pk])
    assert address in text(browser.get(reverse("my_training")))
    assert f'href="{reverse("my_training")}">Back to your dates' in text(browser.post(address, {"reason": ""}))
    assert set(Mark.objects.values_list("status", "by")) == {("apologised", cast.priya.user.pk)}
    assert browse(cast.amara).get(address).status_code == 404


def test_an_apology_is_for_its_day_and_whoever_teaches_sees_it(cast, browse):
    place = place_of(cast.mei, "Priya Nair", email=cast.priya.user.email)
    session, browser = session_of(cast.mei), browse(cast.mei)
    actions.apologise(place=place, session=session, reason="", user=cast.priya.user)
    page = reverse("show_training_session", args=[session.pk])
    assert "Cannot come: Priya Nair" in text(browser.get(page))
    session = actions.move_session(session=session, on=session.on, starts=time(10, 0), by=cast.mei.acting)
    assert "Cannot come: Priya Nair" in text(browser.get(page)), "it is the same day"
    SentMail.objects.all().delete()
    actions.move_session(session=session, on=session.on + timedelta(days=3), starts=session.starts, by=cast.mei.acting)
    assert "Cannot come" not in text(browser.get(page))
    assert "say so again" in SentMail.objects.get(address=cast.priya.user.email).reason
    assert not CatchUp.objects.live().exists(), "nothing to catch up of a day that is to come"
    assert "The trainer knows that you cannot come" not in text(browse(cast.priya).get(reverse("my_training")))


def test_a_day_that_is_put_right_keeps_what_its_register_says(cast):
    place, session = priyas_place(cast), held_on(session_of(cast.mei), yesterday())
    sorry = wanted(session, place, "apologised")
    actions.save_marks(session=session, wanted=[sorry], by=cast.zofia.acting)
    before = yesterday() - timedelta(days=1)
    actions.move_session(session=session, on=before, starts=session.starts, weekend=True, by=cast.mei.acting)
    assert Mark.objects.standing().get().status == "apologised"


def test_a_session_does_not_move_into_the_past_or_to_another_year_by_a_slip(cast, browse):
    session, browser = session_of(cast.mei), browse(cast.mei)
    address = reverse("move_training_session", args=[session.pk])
    for on, said in ((yesterday(), "is over"), (session.on + timedelta(days=728), "more than a year")):
        typed = {"on-day": on.day, "on-month": on.month, "on-year": on.year, "starts": "09:30", "weekend": "on"}
        page = text(browser.post(address, typed))
        assert said in page
    session.refresh_from_db()
    assert session.sequence == 0


def test_whoever_apologised_and_comes_all_the_same_signs_in(cast, browse):
    place, session = priyas_place(cast), session_of(cast.mei)
    actions.apologise(place=place, session=session, reason="", user=cast.priya.user)
    assert CatchUp.objects.live().count() == 2
    session = todays_session(cast.mei)
    row = actions.open_code(part=session.parts.get(position=1), by=cast.zofia.acting)
    assert "You are signed in" in text(browse(cast.priya).post(reverse(SIGN_IN), {"code": actions.code_of(row)}))
    assert CatchUp.objects.live().count() == 1
    assert CatchUp.objects.get(status="ended").because


def test_a_missed_morning_is_caught_up_and_then_the_guided_hours_are_whole(cast, browse):
    mark = marked(cast.mei)
    for session in mark.place.cohort.sessions.all():
        session = held_on(session, timezone.localdate())
        rest = [
            actions.Wanted(mark.place_id, part.pk, "present") for part in session.parts.all() if part.pk != mark.part_id
        ]
        actions.save_marks(session=session, wanted=rest, by=cast.zofia.acting)
    browser = browse(cast.zofia)
    page = text(browser.get(reverse("place_attendance", args=[mark.place_id])))
    assert "only by catching up" in page
    catch_up = CatchUp.objects.get()
    assert (catch_up.part, catch_up.status) == (mark.part, "open")
    address = reverse("show_catch_up", args=[catch_up.pk])
    assert "Choose how they caught up" in text(browser.post(address, {"minutes": "90"}))
    browser.post(address, {"method": "one_to_one", "minutes": "120", "supervised": "on"})
    page = text(browser.get(reverse("place_attendance", args=[mark.place_id])))
    assert guided_so_far(page) == "34 h"
    assert "Can reach the minimum" in page
    assert "moved on" in text(browser.post(address, {"method": "webcast", "minutes": "9"}))


def test_what_nobody_supervised_adds_no_guided_minutes(cast, browse):
    catch_up = catch_up_of(cast.mei)
    browse(cast.zofia).post(
        reverse("show_catch_up", args=[catch_up.pk]), {"method": "recording", "minutes": "120", "supervised": ""}
    )
    page = text(browse(cast.zofia).get(reverse("place_attendance", args=[catch_up.place_id])))
    assert "A recording with a task, 120 minutes, not guided" in page
    assert guided_so_far(page) == "0 h"


def test_a_catch_up_ends_with_why_and_another_is_opened_when_it_is_missed_anew(cast, browse):
    catch_up, browser = catch_up_of(cast.mei), browse(cast.zofia)
    address = reverse("end_catch_up", args=[catch_up.pk])
    assert "Say why" in text(browser.post(address, {}))
    browser.post(address, {"because": "They left the setting"})
    catch_up.refresh_from_db()
    assert (catch_up.status, catch_up.because) == ("ended", "They left the setting")
    session = todays_session(cast.mei)
    for base, status in ((1, "present"), (2, "absent")):
        again = wanted(session, catch_up.place, status, base=base)
        actions.save_marks(session=session, wanted=[again], by=cast.zofia.acting)
    assert CatchUp.objects.live().count() == 1


def test_nobody_signs_off_their_own(cast):
    place = place_of(cast.mei, "Zofia Marek", email=cast.zofia.user.email)
    session = todays_session(cast.mei)
    actions.save_marks(session=session, wanted=[wanted(session, place, "absent")], by=cast.mei.acting)
    with pytest.raises(Refused, match="themselves"):
        actions.sign_off_catch_up(
            catch_up=CatchUp.objects.get(), method="webcast", minutes=30, supervised=True, by=cast.zofia.acting
        )


def test_catching_up_elsewhere_offers_sessions_of_the_same_programme_since_the_missed_one(cast, browse):
    catch_up, today = catch_up_of(cast.mei), timezone.localdate()
    elsewhere = cohort_for(cast.mei, title="Spring cohort")
    held_on(elsewhere.sessions.get(number=1), today)
    held_on(elsewhere.sessions.get(number=2), today - timedelta(days=400))
    page = BeautifulSoup(browse(cast.mei).get(catch_up.get_absolute_url()).content, "html5lib")
    offered = [option.get_text(strip=True) for option in page.select("select[name=session] option")]
    assert offered == ["Not on Trellis", "Spring cohort: What special educational needs are"]


def test_one_sees_ones_own_attendance_and_nobody_elses(cast, browse):
    place, session = priyas_place(cast), todays_session(cast.mei)
    place_of(cast.mei, "Niamh Byrne")
    late = wanted(session, place, "late", missed=30)
    actions.save_marks(session=session, wanted=[late], by=cast.zofia.acting)
    page = text(browse(cast.priya).get(reverse("my_attendance")))
    assert "Late, 30 minutes" in page
    assert "Criteria of what was missed" not in page, "who came late was there"
    assert "Niamh" not in page
    assert "no course yet" in text(browse(cast.amara).get(reverse("my_attendance")))


def test_the_overview_of_a_cohort_costs_as_many_queries_however_many_learners(
    cast, browse, django_assert_max_num_queries
):
    catch_up = catch_up_of(cast.mei)
    for number in range(20):
        place_in(cohort_of(cast.mei), f"Learner {number:02}", by=cast.mei)
    browser, address = browse(cast.zofia), reverse("cohort_attendance", args=[catch_up.place.cohort_id])
    page = text(browser.get(address))
    assert "Niamh Byrne: " in page
    assert "Learner 19" in page
    with django_assert_max_num_queries(16):
        browser.get(address)


def test_days_to_come_are_folded_away(cast, browse):
    place = priyas_place(cast)
    session = todays_session(cast.mei)
    actions.save_marks(session=session, wanted=[wanted(session, place, "present")], by=cast.zofia.acting)
    every = sum(each.parts.count() for each in place.cohort.sessions.all())
    page = BeautifulSoup(browse(cast.priya).get(reverse("my_attendance")).content, "html5lib")
    assert len(page.select("tbody tr")) == every
    folded = page.select_one("details:not([open])")
    assert f"Days to come: {every - 1} parts" in folded.get_text()
    assert len(folded.select("tbody tr")) == every - 1


def test_what_was_missed_is_told_in_words_and_no_more_than_is_public(cast, browse):
    entry("senco-level-3-award")
    place, session = priyas_place(cast), todays_session(cast.mei)
    actions.save_marks(session=session, wanted=[wanted(session, place, "absent")], by=cast.zofia.acting)
    for address in (reverse("my_attendance"), reverse("place_attendance", args=[place.pk])):
        page = text(browse(cast.priya if "mine" in address else cast.mei).get(address))
        assert "<strong>1a</strong> Say what special educational needs are." in page
    Criterion.objects.filter(code="1a").update(text="Something else")
    CriteriaSet.objects.update(owner=cast.mei.organisation)
    page = text(browse(cast.priya).get(reverse("my_attendance")))
    assert "<strong>1a</strong></li>" in page
