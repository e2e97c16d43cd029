"""Pages of award programmes: what a centre does, what an authority and a learner see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.reading import text, typed
from tests.training import (
    TEMPLATE,
    a_friday,
    cohort_for,
    cohort_of,
    delivered_by,
    duty_of,
    fenwickshire,
    milestone_of,
    place_in,
    place_of,
    programme_of,
    session_of,
)
from trellis.core.models import AuditEvent, SentMail
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.models import ClosedDay, Cohort, Milestone, Place, Programme, Session

pytestmark = pytest.mark.django_db


def test_a_session_that_was_held_says_so(cast, browse):
    session = session_of(cast.mei)
    browser = browse(cast.mei)
    assert "Planned</span>" in text(browser.get(session.get_absolute_url()))
    Session.objects.filter(pk=session.pk).update(on=timezone.localdate() - timedelta(days=1))
    assert "Held</span>" in text(browser.get(session.get_absolute_url()))
    assert text(browser.get(session.cohort.get_absolute_url())).count("Held</span>") == 1


PROGRAMME = {
    "title": "SENCO award 2027",
    "for_whom": ["for_professionals"],
    "authorities": "Fenwickshire\n\nharrowmere",
    "minimum_attendance": "80",
    "guided_hours": "34",
    "second_cohort_months": "24",
}


def test_a_programme_is_set_up_and_changed(cast, browse):
    browser = browse(cast.mei)
    assert "No programme yet" in text(browser.get("/"))
    wrong = text(browser.post(reverse("make_programme"), PROGRAMME | {"authorities": "Nowhere"}))
    assert "There is no local authority “Nowhere”" in wrong
    page = browser.post(reverse("make_programme"), PROGRAMME, follow=True)
    programme = Programme.objects.get()
    assert {each.name for each in programme.authorities.all()} == {"Fenwickshire", "Harrowmere"}
    assert programme.minimum_guided_minutes == 2040
    assert "No cohort yet" in text(page)
    assert "already" in text(browser.post(reverse("make_programme"), PROGRAMME))
    change = reverse("change_programme", args=[programme.pk])
    browser.post(change, PROGRAMME | {"authorities": "Fenwickshire", "funder": "The council"})
    browser.post(change, PROGRAMME | {"authorities": "Fenwickshire", "funder": "The council"})
    assert AuditEvent.objects.filter(verb="programme.changed").count() == 1


def new_cohort(programme, **said):
    asked = {
        "title": "Spring cohort",
        "authority": fenwickshire().pk,
        "delivered_by": programme.centre_id,
        "template": TEMPLATE,
        "cadence": "weekly",
        "least_places": "8",
        "most_places": "30",
        "paid_by": "grant",
        **typed("starts_on", a_friday()),
    }
    return asked | said


def test_a_cohort_is_shown_before_it_is_saved(cast, browse):
    programme, browser = programme_of(cast.mei), browse(cast.mei)
    ClosedDay.objects.create(on=a_friday(4), kind="bank_holiday", name="A day off", source="A test")
    address = reverse("make_cohort", args=[programme.pk])
    shown = text(browser.post(address, new_cohort(programme)))
    assert "34 hours of guided learning are planned, as the award asks for." in shown
    assert "Nothing is saved yet" in shown
    assert not Cohort.objects.exists()
    page = browser.post(address, new_cohort(programme) | {"save": "yes"}, follow=True)
    cohort = Cohort.objects.get()
    days = list(cohort.sessions.order_by("number").values_list("on", flat=True))
    assert days[:2] == [a_friday(), a_friday(5)], "the closed day is left out"
    assert len(days) == 12
    assert "34 hours of guided learning are planned, as the award asks for." in text(page)
    saturday = typed("starts_on", a_friday() + timedelta(days=1))
    assert "is a Saturday" in text(browser.post(address, new_cohort(programme) | saturday | {"save": "yes"}))
    past = typed("starts_on", timezone.localdate() - timedelta(days=7))
    assert "in the past" in text(browser.post(address, new_cohort(programme) | past))


def test_an_authority_sets_up_its_own_and_the_centre_approves(cast, browse):
    programme = programme_of(cast.mei)
    council = cast.daniel.organisation
    address = reverse("make_cohort", args=[programme.pk])
    said = new_cohort(programme, delivered_by=council.pk) | {"save": "yes"}
    browse(cast.daniel).post(address, said)
    cohort = Cohort.objects.get()
    assert not cohort.is_approved
    opening = reverse("move_cohort", args=[cohort.pk, "open"])
    assert "has not approved" in text(browse(cast.daniel).post(opening, follow=True))
    assert "Waiting for your approval" in text(browse(cast.mei).get("/"))
    browse(cast.mei).post(reverse("approve_cohort", args=[cohort.pk]))
    browse(cast.daniel).post(opening)
    cohort.refresh_from_db()
    assert cohort.status == "open"


def test_moving_a_session_tells_whom_it_concerns_once(cast, browse):
    cohort = cohort_of(cast.mei)
    place_in(cohort, "Niamh Byrne", by=cast.mei)
    place_in(cohort, "Priya Nair", by=cast.mei)
    session, other = cohort.sessions.order_by("number")[:2]
    SentMail.objects.all().delete()
    address = reverse("move_training_session", args=[session.pk])
    moved = typed("on", session.on + timedelta(days=3)) | {"starts": "10:30"}
    browser = browse(cast.mei)
    browser.post(address, moved)
    browser.post(address, moved)
    session.refresh_from_db()
    assert (session.status, session.sequence, f"{session.starts:%H:%M}", f"{session.ends:%H:%M}") == (
        "moved",
        1,
        "10:30",
        "16:30",
    )
    assert [f"{part.starts:%H:%M}" for part in session.parts.all()] == ["10:30", "14:15"]
    told = sorted(SentMail.objects.values_list("address", flat=True))
    assert told == ["niamh.byrne@example.org", "priya.nair@example.org", "zofia.marek@example.org"]
    other.refresh_from_db()
    assert other.sequence == 0
    saturday = typed("on", a_friday(30) + timedelta(days=1)) | {"starts": "10:30"}
    assert "is a Saturday" in text(browser.post(address, saturday))
    onto = typed("on", other.on) | {"starts": "12:00"}
    assert f"This cohort has “{other}” on" in text(browser.post(address, onto))
    late = typed("on", session.on) | {"starts": "22:00"}
    assert "after midnight" in text(browser.post(address, late))


def test_what_no_calendar_shows_raises_no_sequence(cast, browse):
    session = session_of(cast.mei)
    address = reverse("change_training_session", args=[session.pk])
    said = {"kind": session.kind, "title": session.title, "materials": "Bring a plan"}
    browser = browse(cast.mei)
    browser.post(address, said)
    session.refresh_from_db()
    assert (session.materials, session.sequence) == ("Bring a plan", 0)
    browser.post(address, said | {"venue": "Town Hall"})
    session.refresh_from_db()
    assert session.sequence == 1


def test_a_session_is_added_and_cancelled(cast, browse):
    cohort, browser = cohort_of(cast.mei), browse(cast.mei)
    said = {"kind": "catch_up", "title": "Catch-up", "starts": "9:30", "ends": "12:30", "guided_minutes": "120"}
    said |= typed("on", a_friday(40))
    page = text(browser.post(reverse("add_training_session", args=[cohort.pk]), said, follow=True))
    assert "2 hours more than the 34 hours the award asks for" in page
    session = cohort.sessions.get(kind="catch_up")
    adding = reverse("add_training_session", args=[cohort.pk])
    assert "This cohort has “Catch-up” on" in text(browser.post(adding, said | {"starts": "12:00", "ends": "13:00"}))
    browser.post(adding, said | {"title": "Afterwards", "starts": "12:30", "ends": "15:00"})
    longer = {"label": "More", "starts": "12:30", "ends": "13:00", "planned_minutes": "30", "guided_minutes": "0"}
    assert "This cohort has “Afterwards” on" in text(browser.post(reverse("add_part", args=[session.pk]), longer))
    browser.post(
        reverse("cancel_training_session", args=[cohort.sessions.get(title="Afterwards").pk]), {"because": "No"}
    )
    cancelling = reverse("cancel_training_session", args=[session.pk])
    assert "Say why" in text(browser.post(cancelling, {}))
    browser.post(cancelling, {"because": "Nobody needs it"})
    page = text(browser.get(reverse("show_cohort", args=[cohort.pk])))
    assert "34 hours of guided learning are planned, as the award asks for." in page
    assert "stays as it is" in text(browser.post(cancelling, {"because": "Again"}))


def test_it_says_that_somebody_is_told_only_when_somebody_is(cast, browse):
    cohort, browser = cohort_for(cast.mei), browse(cast.mei)
    sessions = list(cohort.sessions.order_by("number"))

    def moved(session):
        said = typed("on", session.on + timedelta(days=3)) | {"starts": "10:30"}
        return text(browser.post(reverse("move_training_session", args=[session.pk]), said, follow=True))

    page = moved(sessions[0])
    assert "The session has moved" in page
    assert "told" not in page
    place_in(cohort, "Niamh Byrne", by=cast.mei)
    page = moved(sessions[1])
    assert "The session has moved. Learners are told" in page
    Session.objects.filter(pk=sessions[2].pk).update(on=timezone.localdate() - timedelta(days=7))
    cancelling = reverse("cancel_training_session", args=[sessions[2].pk])
    assert "told" not in text(browser.post(cancelling, {"because": "Snow"}, follow=True)), "it is past"
    page = text(browser.post(reverse("cancel_cohort", args=[cohort.pk]), {"because": "Too few"}, follow=True))
    assert "The cohort is cancelled. Learners are told" in page


def test_a_cancelled_cohort_tells_everybody_once(cast, browse):
    cohort = cohort_of(cast.mei)
    place_in(cohort, "Niamh Byrne", by=cast.mei)
    SentMail.objects.all().delete()
    browse(cast.mei).post(reverse("cancel_cohort", args=[cohort.pk]), {"because": "Too few learners"})
    assert set(Session.objects.values_list("status", "sequence")) == {("cancelled", 1)}
    assert SentMail.objects.count() == 2


def test_a_learner_gets_a_place_and_sees_the_sessions(cast, browse):
    cohort, browser = cohort_for(cast.mei, most_places=1), browse(cast.kofi)
    address = reverse("add_learner", args=[cohort.pk])
    said = {"name": "Priya Nair", "email": "Priya.Nair@example.org", "role": "senco", "setting_number": "EY1"}
    assert "No setting in the register" in text(browser.post(address, said))
    browser.post(address, said | {"setting_number": "", "setting_name": "Bramble Lane Nursery"})
    place = Place.objects.get()
    assert (place.user, place.email) == (cast.priya.user, "priya.nair@example.org")
    assert "What special educational needs are" in text(browse(cast.priya).get(reverse("my_training")))
    assert "no course yet" in text(browse(cast.amara).get(reverse("my_training")))
    full = said | {"email": "other@example.org", "setting_number": ""}
    assert "The only place of this cohort is taken" in text(browser.post(address, full))
    assert "has a place" in text(browser.post(address, said | {"setting_number": ""}))


def test_milestones_end_a_place_and_are_made_void(cast, browse):
    place, browser = place_of(cast.mei), browse(cast.mei)
    today = typed("on", timezone.localdate())
    address = reverse("add_milestone", args=[place.pk])
    assert "Note first that they started" in text(browser.post(address, {"kind": "retained_1", **today}))
    browser.post(address, {"kind": "started", **today})
    browser.post(reverse("withdraw_place", args=[place.pk]), {"reason": "staffing", **today})
    place.refresh_from_db()
    assert place.status == "withdrawn"
    again = place_in(place.cohort, "Niamh Byrne", by=cast.mei)
    withdrawn = place.milestones.get(kind="withdrawn")
    voiding = reverse("void_milestone", args=[withdrawn.pk])
    assert "has a place in this cohort already" in text(browser.post(voiding, {"because": "A mistake"}))
    browser.post(reverse("withdraw_place", args=[again.pk]), {"reason": "other", **today})
    browser.post(voiding, {"because": "A mistake"})
    place.refresh_from_db()
    assert place.status == "taken"
    assert "Void since" in text(browser.get(reverse("show_place", args=[place.pk])))


def test_a_duty_goes_from_due_to_met(cast, browse):
    duty, browser = duty_of(cast.mei), browse(cast.mei)
    assert "Fenwickshire" in text(browse(cast.daniel).get(reverse("duties")))
    assert "Nothing is owed" in text(browse(cast.idris).get(reverse("duties")))
    cohort = cohort_of(cast.mei)

    def move(to, **said):
        browser.post(reverse("move_duty", args=[duty.pk, to]), said)
        duty.refresh_from_db()
        return duty.status

    assert move("planned", cohort=cohort.pk) == "planned"
    assert move("running") == "planned", "the cohort has not started"
    Cohort.objects.filter(pk=cohort.pk).update(status="running")
    assert move("running") == "running"
    assert move("met") == "running"
    Cohort.objects.filter(pk=cohort.pk).update(status="finished")
    assert move("met") == "met"
    assert "Nothing is owed" in text(browser.get(reverse("duties")))
    assert "Met" in text(browser.get(reverse("duties") + "?show=all"))


def test_a_duty_offers_only_what_is_not_refused(cast, browse):
    duty, browser = duty_of(cast.mei), browse(cast.mei)
    page = reverse("show_duty", args=[duty.pk])
    planning, meeting = (reverse("move_duty", args=[duty.pk, to]) for to in ("planned", "met"))
    assert planning not in browser.get(page).content.decode()
    assert "A cohort is planned: once a later cohort" in text(browser.get(page))
    first, second = cohort_of(cast.mei), cohort_for(cast.mei, title="Second cohort", starts_on=a_friday(10))
    off = cohort_for(cast.mei, title="Cancelled cohort")
    Cohort.objects.filter(pk=off.pk).update(status="cancelled", cancelled_because="Too few")
    Cohort.objects.filter(pk=first.pk).update(status="finished")
    assert planning in browser.get(page).content.decode()
    offered = browser.get(planning).content.decode()
    assert str(second.pk) in offered
    assert not {pk for pk in (str(first.pk), str(off.pk)) if pk in offered}
    with pytest.raises(Refused, match="first cohort there"):
        actions.move_duty(duty=duty, to="planned", cohort=first, by=cast.mei.acting)
    browser.post(planning, {"cohort": second.pk})
    assert "The cohort has started: once “Second cohort” has started. Its first session is on" in text(
        browser.get(page)
    )
    Cohort.objects.filter(pk=second.pk).update(status="running")
    browser.post(reverse("move_duty", args=[duty.pk, "running"]))
    shown = browser.get(page)
    assert meeting not in shown.content.decode()
    assert "The duty is met: once “Second cohort” is finished. Its last session is on" in text(shown)
    Cohort.objects.filter(pk=second.pk).update(status="finished")
    assert meeting in browser.get(page).content.decode()


def test_nobody_sees_what_is_of_another_centre(cast, browse):
    mine, theirs, delivered = cohort_of(cast.mei), cohort_of(cast.rafael), delivered_by(cast.idris)
    for owner in (cast.mei, cast.rafael, cast.idris):
        milestone_of(owner)
    sees = [
        (cast.mei, {mine, delivered}),
        (cast.rafael, {theirs}),
        (cast.idris, {delivered}),
        (cast.daniel, set()),
        (cast.amara, set()),
    ]
    for person, cohorts in sees:
        places = Place.objects.visible_to(person.acting)
        assert {place.cohort for place in places} == cohorts, "of whom somebody sees the learners"
        assert set(Milestone.objects.visible_to(person.acting)) == set(Milestone.objects.filter(place__in=places))
        dates = {session.cohort for session in Session.objects.visible_to(person.acting)}
        assert dates == set(Cohort.objects.visible_to(person.acting))
    assert set(Cohort.objects.visible_to(cast.daniel.acting)) == {mine, theirs}, "held for his authority"
    assert set(Cohort.objects.visible_to(cast.mei.acting)) == {mine, delivered}
    for person, cohort in ((cast.mei, theirs), (cast.rafael, mine), (cast.idris, mine)):
        for page in ("show_cohort", "learners", "cohort_attendance"):
            assert browse(person).get(reverse(page, args=[cohort.pk])).status_code == 404
    for page in ("learners", "cohort_attendance"):
        assert browse(cast.daniel).get(reverse(page, args=[mine.pk])).status_code == 403


@pytest.mark.parametrize("page", ["learners", "show_cohort"])
def test_a_list_costs_as_many_queries_however_long_it_is(cast, browse, django_assert_max_num_queries, page):
    cohort, browser = cohort_of(cast.mei), browse(cast.mei)
    for number in range(12):
        place_in(cohort, f"Learner {number:02}", by=cast.mei)
    address = reverse(page, args=[cohort.pk])
    browser.get(address)
    with django_assert_max_num_queries(12):
        browser.get(address)


def test_one_person_has_one_place_whatever_address_is_typed(cast, browse):
    cohort = cohort_of(cast.mei)
    place_in(cohort, "Priya Nair", by=cast.mei)
    Place.objects.update(email="another@example.org")
    said = {"name": "Priya Nair", "email": "priya.nair@example.org", "role": "senco"}
    page = text(browse(cast.mei).post(reverse("add_learner", args=[cohort.pk]), said))
    assert "has a place in this cohort already" in page


def test_a_cohort_that_is_held_elsewhere_tells_once(cast, browse):
    cohort, browser = cohort_of(cast.mei), browse(cast.mei)
    place_in(cohort, "Niamh Byrne", by=cast.mei)
    SentMail.objects.all().delete()
    said = {"title": cohort.title, "venue": "Town Hall", "least_places": "1", "most_places": "30"}
    address = reverse("change_cohort", args=[cohort.pk])
    browser.post(address, said)
    browser.post(address, said)
    assert SentMail.objects.count() == 2, "a learner and a trainer"
    assert set(Session.objects.values_list("sequence", flat=True)) == {1}
    place_in(cohort, "Oskar Lund", by=cast.mei)
    assert "More places are taken or offered than that" in text(browser.post(address, said | {"most_places": "1"}))
