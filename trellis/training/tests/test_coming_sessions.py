"""A manager sees for each session that comes who of the setting can go, decides who goes when, and sends it; nobody else sees it."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.applying import offered
from tests.coming import falls_sick, first_session, goes_of, run_now, week_of_nursery
from tests.training import cohort_for, cohort_of, leading, place_in
from trellis.core.models import AuditEvent, SentMail
from trellis.core.refusal import Refused
from trellis.staffing.actions.colleagues import add_colleague
from trellis.staffing.models import Colleague
from trellis.training import actions
from trellis.training.coming import outlook_of
from trellis.training.models import Application, CatchUp, Cohort, GoingAnswer, Journey, Mark, Place, Session
from trellis.training.outlook import shown_of

pytestmark = pytest.mark.django_db
PAGE = reverse("coming_sessions")


def page_of(session: Session) -> str:
    return reverse("coming_session", args=[session.pk])


@pytest.fixture
def nursery(cast):
    """Amara’s nursery with its week; Ines and Bo have a place each."""
    week_of_nursery(cast.amara)
    goes_of(cast.amara, cast.mei, "Ines Carvalho", "Ines")
    goes_of(cast.amara, cast.mei, "Bo Lindgren", "Bo")
    run_now(cohort_of(cast.mei))
    return cast


def send(browser, session: Session, plan: str):
    """Choose a plan as the page shows it."""
    page = BeautifulSoup(browser.get(page_of(session)).content, "html5lib")
    return browser.post(page_of(session), {"plan": plan, "shown": page.find("input", {"name": "shown"})["value"]})


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_page_says_for_each_why_and_the_cheapest_way_out(nursery, browse):
    said = words(browse(nursery.amara).get(PAGE))
    assert "Ines Carvalho" in said
    assert "Bo Lindgren" in said
    assert "Together" in said
    assert "Not possible" in said
    assert "Who goes when" in said
    assert "Cheapest way out" in said
    assert f"{reverse('who_can_go')}?who=" in said
    assert "No way is counted" in said


def test_the_full_answer_is_filled_in_and_says_the_same(nursery, browse):
    browser = browse(nursery.amara)
    page = words(browser.get(page_of(first_session(nursery.mei))))
    address = page.split(f'href="{reverse("who_can_go")}')[1].split('"')[0].replace("&amp;", "&")
    full = words(browser.get(reverse("who_can_go") + address))
    assert '<h2 class="govuk-heading-m" id="answer">' in full


def test_nobody_else_sees_it(nursery, browse):
    session = first_session(nursery.mei)
    for stranger in (nursery.priya, nursery.daniel, nursery.mei, nursery.zofia, nursery.grace):
        assert browse(stranger).get(PAGE).status_code == 403
        assert browse(stranger).get(page_of(session)).status_code == 403
    assert browse(nursery.joanna).get(page_of(session)).status_code == 404
    assert "Ines" not in words(browse(nursery.joanna).get(PAGE))


def test_who_is_not_in_the_week_is_said_plainly(cast, browse):
    week_of_nursery(cast.amara)
    goes_of(cast.amara, cast.mei, "Niamh Byrne")
    said = words(browse(cast.amara).get(PAGE))
    assert "Niamh Byrne is not in your week, so we cannot say." in said
    assert reverse("add_colleague") in said


def test_who_has_an_account_is_known_by_it(cast, browse):
    week_of_nursery(cast.amara)
    place = goes_of(cast.amara, cast.mei, "Priya Nair")
    Place.objects.filter(pk=place.pk).update(user=cast.priya.user)
    Colleague.objects.filter(name="Ines").update(user=cast.priya.user)
    assert "not in your week" not in words(browse(cast.amara).get(PAGE))


def test_without_a_week_the_page_leads_to_it(cast, browse):
    goes_of(cast.amara, cast.mei, "Niamh Byrne")
    said = words(browse(cast.amara).get(PAGE))
    assert "Your week is not written down yet" in said
    assert "No session comes" in words(browse(cast.joanna).get(PAGE))


def test_a_childminder_alone_cannot_go_while_children_are_there(cast, browse):
    from tests.staffing import OPEN, room_of
    from trellis.staffing.actions.week import plan_day
    from trellis.staffing.rules.days import Attending, Band
    from trellis.staffing.rules.weeks import Expected, Plan, Working

    place = goes_of(cast.megan, cast.mei, "Megan Price")
    Place.objects.filter(pk=place.pk).update(user=cast.megan.user)
    room = room_of(cast.megan, "At home")
    me = add_colleague(
        name="Me", level=3, childminder=True, user_id=cast.megan.user.pk, by=cast.megan.acting,
        first_aid_until=timezone.localdate() + timedelta(days=600),
    )  # fmt: skip
    plan = Plan(
        OPEN, (), (Expected(str(room.pk), Attending(Band.TWO, 2, OPEN)),), (Working(str(me.pk), str(room.pk), OPEN),)
    )
    plan_day(weekday=4, plan=plan, version=0, by=cast.megan.acting)
    said = words(browse(cast.megan).get(PAGE))
    assert "Not possible" in said
    assert "Together" not in said
    page = browse(cast.megan).get(page_of(first_session(cast.mei)))
    assert "Megan Price stays" in words(page)
    assert 'value="x"' in words(page), "that nobody goes can be sent by one person too"


def test_it_asks_as_often_for_many_sessions_and_people_as_for_few(nursery, browse):
    browser = browse(nursery.amara)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        browser.get(PAGE)
    cohort = cohort_of(nursery.mei)
    for number in range(4):
        goes_of(nursery.amara, nursery.mei, f"Person {number}")
    cohort.sessions.filter(number__gt=6).update(on=first_session(nursery.mei).on + timedelta(days=7))
    with CaptureQueriesContext(connection) as many:
        browser.get(PAGE)
    assert len(many) == len(few) <= 40, [each["sql"][:90] for each in many]


def test_the_way_is_kept_and_counted(nursery, browse):
    session = first_session(nursery.mei)
    browser = browse(nursery.amara)
    address = reverse("say_journey", args=[session.pk])
    assert "Enter how many minutes" in words(browser.post(address, {"minutes": ""}))
    assert "Enter minutes from 0 to 240" in words(browser.post(address, {"minutes": "900"}))
    assert browser.post(address, {"minutes": "35"}).status_code == 302
    journey = Journey.objects.get()
    assert (journey.minutes, journey.venue, journey.said_by) == (35, session.where, nursery.amara.user)
    assert "35 minutes are counted each way" in words(browser.get(PAGE))
    assert "travel=35" in words(browser.get(PAGE))
    browser.post(address, {"minutes": "35"})
    browser.post(address, {"minutes": "20"})
    assert AuditEvent.objects.filter(verb="journey.said").count() == 2


def test_what_the_manager_decides_is_sent_and_nothing_else(nursery, browse):
    session = first_session(nursery.mei)
    browser = browse(nursery.amara)
    page = words(browser.get(page_of(session)))
    assert "Bo Lindgren goes all day, Ines Carvalho stays" in page
    assert "guided" in page
    assert not Mark.objects.exists()
    assert "Choose who goes when" in words(browser.post(page_of(session), {}))
    assert "has changed meanwhile" in words(browser.post(page_of(session), {"plan": "7-7"}))
    SentMail.objects.all().delete()
    parts = list(session.parts.all())
    assert send(browser, session, "0.1-x").status_code == 302
    marks = Mark.objects.select_related("place")
    assert {(mark.place.name, mark.status, mark.reason, mark.source) for mark in marks} == {
        ("Ines Carvalho", "apologised", "ratio", "apology")
    }
    assert {mark.part_id for mark in marks} == {part.pk for part in parts}
    assert all(mark.by == nursery.amara.user for mark in marks)
    [mail] = SentMail.objects.all()
    assert mail.address == "ines.carvalho@example.org"
    assert "Bees" not in mail.reason
    event = AuditEvent.objects.get(verb="register.apologised_for")
    assert event.chain == str(session.cohort.centre_id)
    assert event.acting_as == nursery.amara.acting.acting_as
    after = words(browser.get(PAGE))
    assert "Ines Carvalho has apologised for all of it." in after


def test_a_part_is_apologised_for_and_can_be_caught_up(nursery, browse):
    session = first_session(nursery.mei)
    browser = browse(nursery.amara)
    page = words(browser.get(page_of(session)))
    assert 'value="0-1"' in page
    send(browser, session, "0-1")
    morning, afternoon = session.parts.all()
    missed = {(mark.place.name, mark.part_id) for mark in Mark.objects.select_related("place")}
    assert missed == {("Bo Lindgren", afternoon.pk), ("Ines Carvalho", morning.pk)}
    assert CatchUp.objects.filter(status="open").count() == 2
    after = words(browser.get(page_of(session)))
    assert "They have apologised for a part of it" in after
    place = Place.objects.get(name="Bo Lindgren")
    dates = words(
        browse(nursery.amara).get(reverse("dates_by_link", args=[actions.token_of(actions.feed_of_place(place))]))
    )
    assert f"cannot come to a part of it: {afternoon.label}" in dates
    assert actions.why_not_say_sorry(place=place, session=session) is None, "for the rest they still can"


def test_that_nobody_goes_can_be_sent_even_where_nothing_holds(nursery, browse):
    session = first_session(nursery.mei)
    for name in ("Ada", "Dee"):
        falls_sick(nursery.amara, Colleague.objects.get(name=name), session)
    browser = browse(nursery.amara)
    assert "We found no way in which somebody goes" in words(browser.get(page_of(session)))
    send(browser, session, "x-x")
    assert Mark.objects.filter(status="apologised").count() == 2 * session.parts.count()


def test_nothing_is_sent_once_the_session_has_begun_or_of_who_has_left(nursery):
    session, place = first_session(nursery.mei), Place.objects.get(name="Bo Lindgren")
    sent = {"session": session, "goers": [place], "stays": {place: list(session.parts.all())}}
    sent |= {"shown": shown_of(session, [place]), "by": nursery.amara.acting}
    Place.objects.filter(pk=place.pk).update(status="withdrawn")
    with pytest.raises(Refused, match="nothing was sent"):
        actions.apologise_for(**sent)
    Place.objects.filter(pk=place.pk).update(status="taken")
    Session.objects.filter(pk=session.pk).update(on=timezone.localdate(), starts=time(0, 0), ends=time(23, 59))
    session.refresh_from_db()
    with pytest.raises(Refused, match="has begun"):
        actions.apologise_for(**sent | {"shown": shown_of(session, [place])})
    assert not Mark.objects.exists()


def test_a_plan_is_of_the_people_and_times_that_the_page_showed(nursery, browse):
    session, browser = first_session(nursery.mei), browse(nursery.amara)
    shown = outlook_of(nursery.amara.acting, timezone.localdate()).one(session.pk).shown
    Place.objects.filter(name="Ines Carvalho").update(name="Aaa Carvalho")
    Colleague.objects.filter(name="Ines Carvalho").update(name="Aaa Carvalho")
    sent = browser.post(page_of(session), {"plan": "x-x", "shown": shown}, follow=True)
    assert "nothing was sent. Look at the answers" in words(sent)
    assert not Mark.objects.exists()
    place = Place.objects.get(name="Bo Lindgren")
    shown = shown_of(session, [place])
    Session.objects.filter(pk=session.pk).update(on=session.on + timedelta(days=7))
    stays = {place: list(session.parts.all())}
    with pytest.raises(Refused, match="nothing was sent"):
        actions.apologise_for(session=session, goers=[place], stays=stays, shown=shown, by=nursery.amara.acting)


def test_after_a_session_has_moved_the_rest_is_apologised_for_and_what_the_setting_said_stays(nursery, browse):
    session, browser = first_session(nursery.mei), browse(nursery.amara)
    send(browser, session, "x-x")
    actions.move_session(
        session=session, on=session.on + timedelta(days=3), starts=session.starts, by=leading(nursery.mei).acting
    )
    session.refresh_from_db()
    place = Place.objects.get(name="Bo Lindgren")
    morning, afternoon = session.parts.all()
    goes = {"goers": [place], "shown": shown_of(session, [place]), "by": nursery.amara.acting}
    actions.apologise_for(session=session, stays={place: [morning]}, **goes)
    actions.apologise(place=place, session=session, reason="sickness")
    marks = Mark.objects.filter(place=place).standing()
    assert dict(marks.values_list("part", "reason")) == {morning.pk: "ratio", afternoon.pk: "sickness"}
    assert "already" in actions.why_not_say_sorry(place=place, session=session)


def test_another_cohort_is_a_way_out(nursery, browse):
    session = first_session(nursery.mei)
    for name in ("Ada", "Dee"):
        falls_sick(nursery.amara, Colleague.objects.get(name=name), session)
    other = run_now(cohort_for(nursery.mei, title="Winter cohort", starts_on=session.on + timedelta(days=3)))
    said = words(browse(nursery.amara).get(page_of(session)))
    assert "Catch up with “Winter cohort” on Monday" in said
    Cohort.objects.filter(pk=other.pk).update(status="planned")
    assert "Winter cohort" not in words(browse(nursery.amara).get(page_of(session)))


def test_the_other_person_is_a_way_out(nursery, browse):
    session = first_session(nursery.mei)
    Colleague.objects.exclude(name__in=("Ines Carvalho", "Ada")).update(first_aid_until=None)
    said = words(browse(nursery.amara).get(page_of(session)))
    assert "Bo Lindgren goes instead of Ines Carvalho" in said


def test_whoever_was_offered_a_place_is_looked_at_when_the_manager_applied_for_them(cast, browse):
    week_of_nursery(cast.amara)
    application = offered(cast.mei, "Ines")
    browser = browse(cast.amara)
    assert "Ines" not in words(browser.get(PAGE)), "what they do themselves is theirs"
    Application.objects.filter(pk=application.pk).update(
        booked_by=cast.amara.user, setting=cast.amara.organisation, user=None
    )
    said = words(browser.get(PAGE))
    assert "Ines</strong> (offered a place)" in said
    session = first_session(cast.mei)
    assert "Send to the trainer" not in words(browser.get(page_of(session))), "there is nothing to apologise for yet"
    assert "There is nothing to send" in words(browser.post(page_of(session), {"plan": "x"}, follow=True))
    assert not Mark.objects.exists()


def test_who_is_at_another_session_that_day_counts_as_away(nursery, browse):
    session = first_session(nursery.mei)
    other = run_now(cohort_for(nursery.mei, title="Short course", starts_on=session.on))
    place = place_in(other, "Dee Holm", by=leading(nursery.mei))
    Place.objects.filter(pk=place.pk).update(setting=nursery.amara.organisation)
    before = words(browse(nursery.amara).get(page_of(session)))
    Colleague.objects.filter(name="Dee").update(name="Dee Holm")
    after = words(browse(nursery.amara).get(page_of(session)))
    assert before != after


def test_constraints_hold(nursery):
    session, place = first_session(nursery.mei), Place.objects.get(name="Bo Lindgren")
    journey = {"organisation": nursery.amara.organisation, "said_by": nursery.amara.user}
    answer = {"place": place, "session": session, "edition": "2025-09", "checked_at": timezone.now()}
    Journey.objects.create(venue="Library", minutes=5, **journey)
    GoingAnswer.objects.create(verdict=1, together=1, **answer)
    other = {**answer, "session": cohort_of(nursery.mei).sessions.order_by("on")[1]}
    for name, make in {
        "journey_once_to_each_place": lambda: Journey.objects.create(venue="Library", minutes=5, **journey),
        "journey_leads_somewhere": lambda: Journey.objects.create(venue="", minutes=5, **journey),
        "journey_takes_hours_at_most": lambda: Journey.objects.create(venue="Hall", minutes=241, **journey),
        "going_answer_once_for_each_session": lambda: GoingAnswer.objects.create(verdict=1, together=1, **answer),
        "going_answer_is_known": lambda: GoingAnswer.objects.create(verdict=7, together=1, **other),
        "going_answer_that_is_worse_is_not_the_best": lambda: GoingAnswer.objects.create(
            verdict=0, together=0, worse_since=timezone.now(), **other
        ),
    }.items():
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            make()
        assert name in str(refused.value) or "UNIQUE" in str(refused.value), name
