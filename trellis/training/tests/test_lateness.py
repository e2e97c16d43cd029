"""What somebody lost by being late or leaving early: caught up when a trainer says so, and never more than was lost."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.attending import guided_so_far, held_on, todays_session, wanted, yesterday
from tests.reading import text
from tests.training import place_of, session_of
from trellis.core.models import AuditEvent
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.models import CatchUp, Mark, Place

pytestmark = pytest.mark.django_db


def priyas_place(cast):
    """Priya has an account and a place in Mei’s cohort."""
    return place_of(cast.mei, "Priya Nair", email=cast.priya.user.email)


def late_once(cast, missed=15):
    """Somebody who was there all the time but for some minutes of one morning, when all days are over."""
    place = priyas_place(cast)
    for session in place.cohort.sessions.all():
        session = held_on(session, yesterday())
        parts = [(part, session.number == 3 and part.position == 1) for part in session.parts.all()]
        marks = [
            actions.Wanted(place.pk, part.pk, *(("late", missed) if late else ("present",))) for part, late in parts
        ]
        actions.save_marks(session=session, wanted=marks, by=cast.zofia.acting)
    return Mark.objects.get(status="late")


def test_a_few_minutes_late_are_caught_up_when_the_trainer_says_so(cast, browse):
    late = late_once(cast)
    assert not CatchUp.objects.exists(), "nothing opens by itself for a few minutes"
    here, browser = reverse("place_attendance", args=[late.place_id]), browse(cast.zofia)
    page = text(browser.get(here))
    assert ("only by catching up" in page, "no longer reach" in page) == (True, False)
    own = text(browse(cast.priya).get(reverse("my_attendance")))
    assert "agree with the trainer whether and how" in own
    assert "Let them catch up" not in own
    buttons = BeautifulSoup(page, "html5lib").select("form[action*='/catch-up']")
    address = reverse("open_catch_up", args=[late.place_id, late.part_id])
    assert [form["action"] for form in buttons] == [address], "one, for the part in which time was lost"
    page = text(browser.post(address, follow=True))
    catch_up = CatchUp.objects.get()
    assert (catch_up.part, catch_up.status) == (late.part, "open")
    planned, guided = late.part.planned_minutes, late.part.guided_minutes
    lost = guided - guided * (planned - 15) // planned
    assert f"{lost} of {guided}" in page, "what there is to catch up on"
    assert AuditEvent.objects.filter(verb="catch_up.opened", actor_name=cast.zofia.user.name).exists()
    assert "only by catching up" in text(browser.get(here))
    assert "already" in text(browser.post(address, follow=True)), "no second one"
    assert CatchUp.objects.count() == 1
    browser.post(
        reverse("show_catch_up", args=[catch_up.pk]), {"method": "one_to_one", "minutes": "120", "supervised": "on"}
    )
    page = text(browser.get(here))
    assert guided_so_far(page) == "34 h", "no more than was lost"
    assert "Can reach the minimum" in page
    assert "Let them catch up" not in page


def test_a_wrong_sign_off_is_taken_back_and_what_it_counted_goes(cast, browse):
    late = late_once(cast)
    here, browser = reverse("place_attendance", args=[late.place_id]), browse(cast.zofia)
    before = guided_so_far(text(browser.get(here)))
    catch_up = actions.open_catch_up(place=late.place, part=late.part, by=cast.zofia.acting)
    actions.sign_off_catch_up(catch_up=catch_up, method="webcast", minutes=90, supervised=True, by=cast.zofia.acting)
    page = text(browser.get(here))
    assert guided_so_far(page) == "34 h"
    assert f'href="{catch_up.get_absolute_url()}"' in page
    address = reverse("undo_catch_up", args=[catch_up.pk])
    assert f'href="{address}"' in text(browser.get(catch_up.get_absolute_url()))
    assert "Say why" in text(browser.post(address))
    shown = text(browser.post(address, {"because": "It was somebody else"}, follow=True))
    assert "Signed off wrongly before" in shown
    for said in ("A webcast, 90 minutes, guided", "Signed off by Zofia", "Taken back by Zofia", "It was somebody else"):
        assert said in shown, "who signed off, who took it back, and why"
    assert guided_so_far(text(browser.get(here))) == before
    again = CatchUp.objects.live().get()
    assert (again.status, again.part) == ("open", late.part)
    catch_up.refresh_from_db()
    assert (catch_up.status, catch_up.minutes, catch_up.closed_by) == ("undone", 90, cast.zofia.user)
    assert "This is not signed off" in text(browser.post(address, {"because": "Twice"}))
    assert "not signed off" in text(browser.post(reverse("undo_catch_up", args=[again.pk]), {"because": "Twice"}))
    assert AuditEvent.objects.get(verb="catch_up.undone").change == {
        "minutes": [90, 0],
        "because": "It was somebody else",
    }


def test_whoever_was_there_after_all_has_nothing_to_catch_up_when_it_is_taken_back(cast):
    late = late_once(cast)
    place, part = late.place, late.part
    actions.save_marks(
        session=part.session,
        wanted=[actions.Wanted(place.pk, part.pk, "absent", base=late.version)],
        because="The sheet says so",
        by=cast.zofia.acting,
    )
    catch_up = CatchUp.objects.live().get()
    actions.sign_off_catch_up(catch_up=catch_up, method="webcast", minutes=90, supervised=True, by=cast.zofia.acting)
    there = [actions.Wanted(place.pk, part.pk, "present", base=late.version + 1)]
    actions.save_marks(session=part.session, wanted=there, because="She was there", by=cast.zofia.acting)
    assert actions.undo_catch_up(catch_up=catch_up, because="She was there", by=cast.zofia.acting) == catch_up
    assert not CatchUp.objects.live().exists()


def test_a_sign_off_of_who_has_completed_stays_until_that_is_void(cast):
    late = late_once(cast)
    catch_up = actions.open_catch_up(place=late.place, part=late.part, by=cast.zofia.acting)
    actions.sign_off_catch_up(catch_up=catch_up, method="webcast", minutes=90, supervised=True, by=cast.zofia.acting)
    Place.objects.filter(pk=late.place_id).update(status="completed")
    with pytest.raises(Refused, match="Void that they completed it first"):
        actions.undo_catch_up(catch_up=catch_up, because="A slip", by=cast.zofia.acting)
    assert CatchUp.objects.get().status == "done"


def test_what_there_is_to_catch_up_in_a_cohort_names_lateness_too(cast, browse):
    late = late_once(cast)
    page = text(browse(cast.zofia).get(reverse("cohort_attendance", args=[late.place.cohort_id])))
    listed = page.split("To catch up</h2>")[1]
    assert "Nothing is open" not in listed
    assert f"Priya Nair: {late.part.session}, morning" in listed
    assert "guided minutes" in listed
    catch_up = actions.open_catch_up(place=late.place, part=late.part, by=cast.zofia.acting)
    actions.sign_off_catch_up(catch_up=catch_up, method="webcast", minutes=90, supervised=True, by=cast.zofia.acting)
    page = text(browse(cast.zofia).get(reverse("cohort_attendance", args=[late.place.cohort_id])))
    assert "Nothing is open" in page.split("To catch up</h2>")[1]


def test_only_who_signs_off_opens_a_catch_up_and_only_for_what_was_lost(cast, browse):
    late = late_once(cast)
    address = reverse("open_catch_up", args=[late.place_id, late.part_id])
    answers = [browse(each).post(address).status_code for each in (cast.daniel, cast.rafael, cast.priya)]
    assert answers == [404, 404, 403]
    there = reverse("open_catch_up", args=[late.place_id, late.part.session.parts.get(position=2).pk])
    assert "lost no guided time here" in text(browse(cast.zofia).post(there, follow=True))
    theirs = session_of(cast.rafael).parts.get(position=1)
    assert browse(cast.zofia).post(reverse("open_catch_up", args=[late.place_id, theirs.pk])).status_code == 404
    assert not CatchUp.objects.exists()


@pytest.mark.parametrize(
    ("marks", "live"),
    [
        (["late", "left_early"], 1),
        (["late", "absent"], 1),
        (["late", "present"], 0),
        (["late", "unmarked"], 0),
        (["late", "absent", "late"], 0),
    ],
)
def test_what_a_trainer_opened_stays_while_something_is_lost(cast, marks, live):
    place, session = priyas_place(cast), todays_session(cast.mei)
    for base, status in enumerate(marks):
        missed = 15 if status in ("late", "left_early") else 0
        mark = wanted(session, place, status, base=base, missed=missed)
        actions.save_marks(session=session, wanted=[mark], by=cast.zofia.acting)
        if base == 0:
            actions.open_catch_up(place=place, part=session.parts.get(position=1), by=cast.zofia.acting)
    assert CatchUp.objects.live().count() == live


@pytest.mark.parametrize("corrected", [["absent"], ["unmarked", "absent"], ["present", "absent"]])
def test_minutes_caught_up_make_good_no_part_that_turns_out_to_be_missed(cast, browse, corrected):
    place, session = priyas_place(cast), todays_session(cast.mei)
    late = wanted(session, place, "late", missed=15)
    actions.save_marks(session=session, wanted=[late], by=cast.zofia.acting)
    done = actions.open_catch_up(place=place, part=session.parts.get(position=1), by=cast.zofia.acting)
    actions.sign_off_catch_up(catch_up=done, method="one_to_one", minutes=10, supervised=True, by=cast.zofia.acting)
    for base, status in enumerate(corrected, start=1):
        mark = wanted(session, place, status, base=base)
        actions.save_marks(session=session, wanted=[mark], by=cast.zofia.acting)
    done.refresh_from_db()
    assert (done.status, done.minutes) == ("ended", 10), "what was signed off stays written"
    assert "minutes of being late" in done.because
    assert CatchUp.objects.live().get().status == "open"
    assert "only by catching up" in text(browse(cast.zofia).get(reverse("place_attendance", args=[place.pk])))


def test_nothing_is_caught_up_of_a_day_that_was_cancelled_or_by_who_has_left(cast):
    place, session = priyas_place(cast), todays_session(cast.mei)
    part = session.parts.get(position=1)
    late = wanted(session, place, "late", missed=15)
    actions.save_marks(session=session, wanted=[late], by=cast.zofia.acting)
    for row in (session, session.cohort):
        cancelled, before = type(row).objects.filter(pk=row.pk), {"status": row.status, "cancelled_because": ""}
        cancelled.update(status="cancelled", cancelled_because="Nobody could come")
        with pytest.raises(Refused, match="This was cancelled"):
            actions.open_catch_up(place=place, part=part, by=cast.zofia.acting)
        cancelled.update(**before)
    actions.withdraw_place(place=Place.objects.get(pk=place.pk), reason="time", on=session.on, by=cast.mei.acting)
    with pytest.raises(Refused, match="no place in this cohort"):
        actions.open_catch_up(place=place, part=part, by=cast.zofia.acting)
    assert not CatchUp.objects.exists()
