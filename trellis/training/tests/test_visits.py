"""Visits of learners, from what a host offers to what a learner writes; never more learners than places."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.client import CheckingClient
from tests.going import going_of, it_was, offer_of, plan, priyas_visit, reflection_of, visit_session_of
from tests.training import a_friday, cohort_of, leading, place_in, place_of, token_of
from trellis.core.models import AuditEvent, SentMail
from trellis.core.refusal import Refused
from trellis.organisations.models import Provider
from trellis.organisations.tests.test_at_once import at_once
from trellis.training import actions
from trellis.training.jobs import remind_of_sessions
from trellis.training.models import (
    Feed,
    Reflection,
    Session,
    SessionKind,
    VisitOffer,
    VisitOfferStatus,
    VisitPlace,
)
from trellis.training.rules.visits import VISIT_OFFER_MOVES, VISITS, why_not_take
from trellis.training.tests.test_reminders import Steps

pytestmark = pytest.mark.django_db


def text(answer):
    return " ".join(answer.content.decode().split())


def test_a_visit_and_study_at_home_do_not_name_where_the_cohort_meets(cast, browse):
    visit = visit_session_of(cast.mei)
    cohort = visit.cohort
    cohort.online_link, cohort.access_notes = "https://rooms.example.org/1", "Ring twice"
    cohort.save()
    sessions = {each.kind: each for each in cohort.sessions.select_related("cohort")}
    for kind in (*VISITS, "study_time"):
        assert (sessions[kind].where, sessions[kind].link, sessions[kind].access) == ("", "", "")
    taught = sessions["taught"]
    assert (taught.where, taught.access) == (cohort.venue, "Ring twice")
    assert taught.link == "https://rooms.example.org/1"
    sessions["study_time"].venue = "The library of the town"
    assert sessions["study_time"].where == "The library of the town", "said of that day"
    assert cohort.venue not in text(browse(cast.mei).get(visit.get_absolute_url()))


def typed(session, **said):
    asked = {
        "host_name": "Oakfield School",
        "address": "1 Oak Road, Fenwick",
        "on-day": session.on.day,
        "on-month": session.on.month,
        "on-year": session.on.year,
        "starts": "10:00",
        "ends": "12:00",
        "places": "2",
        "bring": "Photo identification; we ask for no DBS certificate",
        "travel": "Bus 14",
        "prompts": "How children choose",
        "contact": "Ask at reception",
    }
    return asked | said


def test_the_tables_name_what_there_is():
    assert set(VISIT_OFFER_MOVES) == set(VisitOfferStatus)
    assert set(VISITS) == {SessionKind.SETTING_VISIT, SessionKind.SPECIAL_SCHOOL_VISIT}


def test_a_visit_from_the_offer_to_the_reflection(cast, browse):
    session = visit_session_of(cast.mei)
    place_of(cast.mei, "Priya Nair")
    place_of(cast.mei)
    page = text(browse(cast.kofi).get(reverse("session_visits", args=[session.pk])))
    assert "No visit yet" in page
    browse(cast.kofi).post(reverse("add_visit_offer", args=[session.pk]), typed(session))
    offer = VisitOffer.objects.get()
    priya = browse(cast.priya)
    page = text(priya.get(reverse("my_training")))
    assert "choose from 1 visit" in page
    assert "you choose the day and the place" in page
    assert "Choose where you go" in page
    mine = reverse("my_visit", args=[session.pk])
    page = text(priya.get(mine))
    assert "2 places left" in page
    assert "Photo identification" in page
    assert "Ask at reception" not in page, "whom to ask for is only for those who go there"
    page = text(priya.post(mine, {"offer": offer.pk}, follow=True))
    assert "You go to Oakfield School" in page
    assert "Ask at reception" in page
    assert "How children choose" in page
    assert "You can write about this visit from" in page
    told = text(browse(cast.zofia).get(reverse("session_visits", args=[session.pk])))
    assert "1 of 2 places taken" in told
    assert "Niamh Byrne" in told.split("Not chosen yet")[1]
    priya.post(mine, {"give_back": "yes"})
    assert not VisitPlace.objects.live().exists()
    priya.post(mine, {"offer": offer.pk})
    it_was(offer)
    assert "so the place stays as it is" in text(priya.post(mine, {"give_back": "yes"}, follow=True))
    assert "Write about it" in text(priya.get(reverse("my_training")))
    write = reverse("write_reflection", args=[session.pk])
    said = {"text": "Children choose their snack by a picture.", "criteria": ["1m"]}
    assert "Choose at least one criterion" in text(priya.post(write, {"text": said["text"]}))
    priya.post(write, said)
    reflection = Reflection.objects.get()
    assert reflection.criteria == ["1m"]
    page = text(browse(cast.zofia).get(reverse("show_reflection", args=[reflection.visit_id])))
    assert "Children choose their snack by a picture." in page
    assert "Read the reflection" in text(browse(cast.mei).get(reverse("session_visits", args=[session.pk])))
    verbs = list(AuditEvent.objects.filter(verb__startswith="visit_place").values_list("verb", flat=True))
    assert sorted(verbs) == ["visit_place.given_back", "visit_place.taken", "visit_place.taken"]
    assert not AuditEvent.objects.filter(change__icontains="snack").exists()


def test_what_is_written_identifies_no_child(cast, browse):
    session = priyas_visit(cast.mei)
    it_was(VisitOffer.objects.get())
    priya, write = browse(cast.priya), reverse("write_reflection", args=[session.pk])
    number = text(priya.post(write, {"text": "943 476 5919 was sad", "criteria": ["1m"]}))
    assert "looks like an NHS number" in number
    named = {"text": "I saw Noah’s plan on the wall", "criteria": ["1m"]}
    page = text(priya.post(write, named))
    assert "looks as if it names a child" in page
    assert "I have looked again: it names no child" in page
    assert not Reflection.objects.exists()
    priya.post(write, named | {"names_nobody": "on"})
    priya.post(write, {"text": "I saw a plan on the wall", "criteria": ["1m"]})
    assert Reflection.objects.get().text == "I saw a plan on the wall", "what was there before is gone"
    visit = VisitPlace.objects.get()
    with pytest.raises(Refused, match="NHS number"):
        actions.write_reflection(visit=visit, text="943 476 5919", criteria=["1m"], by=cast.priya.acting)
    with pytest.raises(Refused, match="no criterion 9z"):
        actions.write_reflection(visit=visit, text="A plan", criteria=["9z"], by=cast.priya.acting)


def test_a_learner_goes_to_one_visit_of_a_session(cast, browse):
    going_of(cast.mei, "Priya Nair")
    session = visit_session_of(cast.mei)
    other = offer_of(cast.mei, host_name="Oakfield School", host=None, places=1)
    priya, mine = browse(cast.priya), reverse("my_visit", args=[session.pk])
    priya.post(mine, {"offer": other.pk})
    priya.post(mine, {"offer": other.pk})
    live = VisitPlace.objects.live().get()
    assert live.offer == other
    assert VisitPlace.objects.count() == 2
    full = actions.take_visit
    with pytest.raises(Refused, match="The only place of this visit is taken"):
        full(offer=other, place=place_of(cast.mei), user=cast.mei.user, by=cast.mei.acting)


def test_a_visit_belongs_to_learners_of_its_cohort(cast, browse):
    offer = offer_of(cast.mei)
    mine = reverse("my_visit", args=[offer.session_id])
    assert browse(cast.amara).get(mine).status_code == 404
    place_of(cast.mei, "Priya Nair")
    assert browse(cast.priya).get(mine).status_code == 200
    theirs = place_in(cohort_of(cast.idris), "Ola Eze", by=cast.idris)
    with pytest.raises(Refused, match="Only somebody who has a place in the course"):
        actions.take_visit(offer=offer, place=theirs, user=cast.mei.user, by=cast.mei.acting)


def test_a_cancelled_visit_tells_whom_it_concerns_once(cast, browse):
    visit = going_of(cast.mei)
    going_of(cast.mei, "Priya Nair")
    SentMail.objects.all().delete()
    cancel, kofi = reverse("cancel_visit_offer", args=[visit.offer_id]), browse(cast.kofi)
    assert "Say why" in text(kofi.post(cancel, {}))
    kofi.post(cancel, {"because": "The nursery is closed that day"})
    assert "stays as it is" in text(kofi.post(cancel, {"because": "Again"}))
    told = sorted(SentMail.objects.values_list("address", flat=True))
    assert told == ["amara.okafor@example.org", "niamh.byrne@example.org", "priya.nair@example.org"]
    assert not VisitPlace.objects.live().exists()
    mine = text(browse(cast.priya).get(reverse("my_visit", args=[visit.session_id])))
    assert "The nursery is closed that day" in mine
    other = offer_of(cast.mei, host_name="Oakfield School", host=None)
    browse(cast.priya).post(reverse("my_visit", args=[visit.session_id]), {"offer": other.pk})
    assert VisitPlace.objects.live().get().offer == other


def test_a_change_of_where_and_when_is_told(cast, browse):
    offer = going_of(cast.mei).offer
    SentMail.objects.all().delete()
    kofi, change = browse(cast.kofi), reverse("change_visit_offer", args=[offer.pk])
    as_it_is = typed(
        offer.session, host_name=offer.host_name, address=offer.address, bring=offer.bring, travel=offer.travel
    )
    kofi.post(change, as_it_is)
    assert not SentMail.objects.exists(), "neither the place nor the time is another"
    kofi.post(change, as_it_is | {"address": "15 Bramble Lane", "starts": "10:30"})
    kofi.post(change, as_it_is | {"address": "15 Bramble Lane", "starts": "10:30"})
    told = sorted(each.address for each in SentMail.objects.all())
    assert told == [cast.amara.user.email, "niamh.byrne@example.org"], "the host, and who goes there"
    too_few = text(kofi.post(change, as_it_is | {"places": "0"}))
    assert "Error" in too_few


def test_a_cancelled_session_is_told_to_its_hosts_once(cast):
    visit = going_of(cast.mei)
    SentMail.objects.all().delete()
    actions.cancel_session(session=visit.session, because="Snow", by=cast.mei.acting)
    to_host = SentMail.objects.filter(address=cast.amara.user.email)
    assert [each.subject for each in to_host] == ["A visit of learners is cancelled"]
    with pytest.raises(Refused, match="nothing to choose"):
        actions.take_visit(
            offer=visit.offer, place=place_of(cast.mei, "Ola Eze"), user=cast.mei.user, by=cast.mei.acting
        )


def test_reminders_are_of_the_day_on_which_one_goes(cast):
    today = timezone.localdate()
    cohort = cohort_of(cast.mei)
    actions.move_cohort(cohort=cohort, to="open", by=cast.mei.acting)
    visit, staying = going_of(cast.mei), place_of(cast.mei, "Ola Eze")
    Session.objects.filter(pk=visit.session_id).update(on=today + timedelta(days=3))
    VisitOffer.objects.update(on=today + timedelta(days=1))
    SentMail.objects.all().delete()
    for _ in range(2):
        remind_of_sessions(Steps())
    told = sorted(SentMail.objects.values_list("address", "subject"))
    assert told == [
        (visit.place.email, "Your session is tomorrow"),
        (staying.email, "Your session is in 3 days"),
    ]
    visit.refresh_from_db()
    actions.give_back_visit(visit=visit, user=cast.mei.user, by=cast.mei.acting)
    assert SentMail.objects.filter(address=visit.place.email, state="queued").count() == 0


def test_whoever_withdraws_goes_to_no_visit(cast):
    visit = going_of(cast.mei)
    by = leading(cast.mei).acting
    actions.withdraw_place(place=visit.place, reason="sickness", on=timezone.localdate(), by=by)
    visit.refresh_from_db()
    assert visit.given_back_at


def test_a_host_on_trellis_says_how_many_and_sees_who_comes(cast, browse):
    provider = Provider.objects.create(
        number="EY100001",
        name="Bramble Lane Nursery",
        name_key="bramble lane nursery",
        address="14 Bramble Lane",
        town="Fenwick",
        authority=cast.amara.organisation.authority,
    )
    type(cast.amara.organisation).objects.filter(pk=cast.amara.organisation.pk).update(provider=provider)
    session = visit_session_of(cast.mei)
    said = typed(session, host_number="ey100001", host_name="", address="")
    browse(cast.mei).post(reverse("add_visit_offer", args=[session.pk]), said)
    offer = VisitOffer.objects.get()
    assert (offer.host, offer.address) == (cast.amara.organisation, "14 Bramble Lane, Fenwick")
    assert SentMail.objects.filter(address=cast.amara.user.email, subject="You host learners").count() == 1
    for name in ("Niamh Byrne", "Ola Eze"):
        actions.take_visit(offer=offer, place=place_of(cast.mei, name), user=cast.mei.user, by=cast.mei.acting)
    amara, address = browse(cast.amara), reverse("confirm_visit_offer", args=[offer.pk])
    page = text(amara.get(reverse("hosted_visits")))
    assert "Niamh Byrne" in page
    assert "niamh.byrne@example.org" not in page
    assert "2 learners have a place already" in text(amara.post(address, {"places": "1"}))
    amara.post(address, {"places": "6"})
    assert "The host said 6 places" in text(browse(cast.zofia).get(reverse("session_visits", args=[session.pk])))
    assert browse(cast.megan).get(address).status_code == 404
    it_was(offer)
    assert "No visit to come" in text(amara.get(reverse("hosted_visits")))
    assert "Fenwick" in text(amara.get(reverse("hosted_visits") + "?show=all"))


def test_a_wrong_offer_says_why(cast, browse):
    session, browser = visit_session_of(cast.mei), browse(cast.mei)
    add = reverse("add_visit_offer", args=[session.pk])
    page = text(browser.post(add, typed(session, host_number="EY9", host_name="", ends="9:00")))
    assert "No setting in the register has this number" in page
    assert "A visit ends after it starts" in page
    assert "Enter who hosts the visit" in text(browser.post(add, typed(session, host_name="")))
    past = timezone.localdate() - timedelta(days=1)
    days = {"on-day": past.day, "on-month": past.month, "on-year": past.year}
    assert "in the past" in text(browser.post(add, typed(session, **days)))
    taught = Session.objects.filter(cohort=session.cohort, kind="taught").first()
    with pytest.raises(Refused, match="not a visit"):
        actions.add_visit_offer(session=taught, plan=plan(taught), by=cast.mei.acting)
    assert browser.get(reverse("session_visits", args=[taught.pk])).status_code == 404


def test_the_centre_gives_a_place_to_somebody_without_an_account(cast, browse):
    offer, place = offer_of(cast.mei), place_of(cast.mei)
    browser = browse(cast.kofi)
    browser.post(reverse("send_learner", args=[offer.pk]), {"place": place.pk})
    visit = VisitPlace.objects.live().get()
    dates = text(CheckingClient().get(reverse("dates_by_link", args=[token_of(cast.mei)])))
    assert "14 Bramble Lane, Fenwick" in dates
    assert reverse("visit_by_link", args=[token_of(cast.mei), offer.session_id]) in dates, (
        "what to bring, how to get there"
    )
    browser.post(reverse("free_visit_place", args=[visit.pk]))
    assert not VisitPlace.objects.live().exists()


def event_of(feed, session):
    content = CheckingClient().get(reverse("calendar_feed", args=[actions.token_of(feed)])).content
    return next(each for each in icalendar.Calendar.from_ical(content).walk("VEVENT") if each["UID"] == session.uid)


def test_a_calendar_shows_where_one_goes(cast):
    place, session = place_of(cast.mei, "Priya Nair"), visit_session_of(cast.mei)
    feed = actions.make_own_feed(person=cast.priya.user)
    offer, other = offer_of(cast.mei, on=a_friday(9)), offer_of(cast.mei, host_name="Oakfield School", host=None)
    before = event_of(feed, session)
    assert "LOCATION" not in before, "nobody goes where the cohort meets"
    by = {"user": cast.priya.user, "by": cast.priya.acting}
    seen = [int(before["SEQUENCE"])]
    first = actions.take_visit(offer=offer, place=place, **by)
    event = event_of(feed, session)
    assert "14 Bramble Lane" in event["LOCATION"]
    assert "Bus 14" in event["DESCRIPTION"]
    assert "front door" not in event["DESCRIPTION"], "whom to ask for leaves with no calendar"
    assert event["DTSTART"].dt.replace(tzinfo=None) == datetime.combine(a_friday(9), offer.starts)
    seen.append(int(event["SEQUENCE"]))
    actions.take_visit(offer=other, place=place, **by)
    event = event_of(feed, session)
    assert "Oakfield School" in event["LOCATION"]
    seen.append(int(event["SEQUENCE"]))
    changed = plan(session, host_name="Oakfield School", host=None, address="2 Oak Road")
    actions.change_visit_offer(offer=other, plan=changed, by=cast.mei.acting)
    seen.append(int(event_of(feed, session)["SEQUENCE"]))
    actions.cancel_visit_offer(offer=other, because="Closed", by=cast.mei.acting)
    event = event_of(feed, session)
    assert "LOCATION" not in event
    seen.append(int(event["SEQUENCE"]))
    assert seen == sorted(set(seen)), "each change is a later one"
    whole = actions.make_cohort_feed(cohort=session.cohort, by=cast.mei.acting)
    assert "LOCATION" not in event_of(whole, session)
    assert Feed.objects.count() == 2
    assert first.session_id == session.pk


def test_a_host_s_words_are_for_its_own_people(cast, browse):
    reflection = reflection_of(cast.mei)
    page = text(browse(cast.amara).get(reverse("hosted_visits") + "?show=all"))
    assert reflection.text not in page
    assert browse(cast.amara).get(reverse("show_reflection", args=[reflection.visit_id])).status_code == 403
    assert browse(cast.daniel).get(reverse("show_reflection", args=[reflection.visit_id])).status_code == 404


def test_as_many_queries_however_many_learners(cast, browse):
    session, offer = visit_session_of(cast.mei), offer_of(cast.mei, places=30)
    address, browser = reverse("session_visits", args=[session.pk]), browse(cast.zofia)
    asked = []
    for more in (range(2), range(2, 12)):
        for number in more:
            place = place_of(cast.mei, f"Learner Number{number}")
            if number % 2:
                actions.take_visit(offer=offer, place=place, user=cast.mei.user, by=cast.mei.acting)
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        asked.append(len(queries))
    assert asked[0] == asked[1]


DAY = date(2027, 3, 5)


@given(places=st.integers(1, 5), steps=st.lists(st.tuples(st.integers(0, 7), st.booleans()), max_size=60))
def test_never_more_learners_than_places(places, steps):
    going = set()
    for learner, wants in steps:
        others = going - {learner}
        said = {"status": "offered", "session": "planned", "cohort": "running", "place": "taken"}
        refused = why_not_take(**said, on=DAY, today=DAY, taken=len(others), places=places)
        assert bool(refused) is (len(others) >= places)
        going = others | ({learner} if wants and not refused else set())
        assert len(going) <= places


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_taken_once(cast):
    offer = offer_of(cast.mei, places=1)
    one, other = place_of(cast.mei, "Ana First"), place_of(cast.mei, "Ben Second")
    said = {"offer": offer, "user": cast.mei.user, "by": cast.mei.acting}
    made, refused = at_once(
        lambda: actions.take_visit(place=one, **said), lambda: actions.take_visit(place=other, **said)
    )
    assert isinstance(made, VisitPlace), made
    assert isinstance(refused, Refused), refused
    assert VisitPlace.objects.live().count() == 1
