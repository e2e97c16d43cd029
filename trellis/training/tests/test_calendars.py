"""Calendars: read by two parsers, neither of them ours and neither of the other, the same until a session changes, and by a secret address only."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from django.apps import apps
from django.urls import reverse

from tests.client import CheckingClient
from tests.training import a_friday, calendar_token_of, cohort_for, cohort_of, place_in, place_of, token_of
from trellis.core.models import AuditEvent, SentMail
from trellis.training import actions
from trellis.training.actions.telling import link_for
from trellis.training.models import Feed
from trellis.training.models.session import ELSEWHERE

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
LONGEST_LINE = 75
"""Octets in a line: RFC 5545, section 3.1."""


def feed(token):
    return CheckingClient().get(reverse("calendar_feed", args=[token]))


def events(content):
    """What each of the two says of every event, which must be the same: uid → sequence, status, start, summary."""
    one = {
        str(each["UID"]): (
            int(each["SEQUENCE"]),
            str(each["STATUS"]),
            each["DTSTART"].dt.astimezone(LONDON),
            str(each["SUMMARY"]),
            str(each.get("LOCATION", "")),
        )
        for each in icalendar.Calendar.from_ical(content).walk("VEVENT")
    }
    other = {
        each.uid.value: (
            int(each.sequence.value),
            each.status.value,
            each.dtstart.value.astimezone(LONDON),
            each.summary.value,
            each.location.value if hasattr(each, "location") else "",
        )
        for each in vobject.readOne(content.decode()).vevent_list
    }
    assert one == other
    return one


def test_two_readers_read_the_same(cast):
    cohort = cohort_for(
        cast.mei, starts_on=a_friday(), cadence="fortnightly", venue="Town Hall; room 2, upstairs\\left"
    )
    token = actions.token_of(actions.make_cohort_feed(cohort=cohort, by=cast.mei.acting))
    answer = feed(token)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    read = events(answer.content)
    sessions = list(cohort.sessions.all())
    assert len(read) == len(sessions) == 12
    for session in sessions:
        sequence, status, start, summary, where = read[session.uid]
        assert (sequence, status) == (0, "CONFIRMED")
        assert start == datetime.combine(session.on, session.starts, LONDON), "also on the other side of a clock change"
        assert session.title in summary
        assert where == ("" if session.kind in ELSEWHERE else "Town Hall; room 2, upstairs\\left")
    assert all(len(line) <= LONGEST_LINE for line in answer.content.split(b"\r\n"))


def test_summer_time_is_told(cast):
    cohort = cohort_for(cast.mei)
    for day, offset in ((date(2027, 1, 15), 0), (date(2027, 7, 16), 1)):
        cohort.sessions.filter(number=1).update(on=day, starts=time(9, 30))
        token = actions.token_of(actions.make_cohort_feed(cohort=cohort, by=cast.mei.acting))
        start = events(feed(token).content)[cohort.sessions.get(number=1).uid][2]
        assert start.utcoffset() == timedelta(hours=offset)
        assert (start.hour, start.minute) == (9, 30)


def test_only_what_changed_has_a_new_sequence(cast):
    cohort = cohort_of(cast.mei)
    token = actions.token_of(actions.make_cohort_feed(cohort=cohort, by=cast.mei.acting))
    first, second, third = cohort.sessions.order_by("number")[:3]
    before = feed(token)
    actions.give_place(cohort=cohort, learner=actions.Learner("Niamh Byrne", "niamh@example.org"), by=cast.mei.acting)
    actions.change_session(
        session=third,
        plan=actions.SessionPlan(kind=third.kind, title=third.title, materials="A pen"),
        by=cast.mei.acting,
    )
    unchanged = CheckingClient().get(reverse("calendar_feed", args=[token]), headers={"If-None-Match": before["ETag"]})
    assert unchanged.status_code == 304
    assert feed(token).content == before.content
    actions.move_session(session=first, on=first.on + timedelta(days=3), starts=first.starts, by=cast.mei.acting)
    actions.cancel_session(session=second, because="Snow", by=cast.mei.acting)
    after = events(feed(token).content)
    assert after.keys() == events(before.content).keys(), "a cancelled session stays, so that calendars can say so"
    changed = {uid: each[:2] for uid, each in after.items() if each[0]}
    assert changed == {first.uid: (1, "CONFIRMED"), second.uid: (1, "CANCELLED")}


def test_what_has_nothing_to_do_with_it_changes_not_one_letter(cast):
    mine, other = cohort_of(cast.mei), cohort_for(cast.mei, title="Another cohort")
    token = actions.token_of(actions.make_cohort_feed(cohort=mine, by=cast.mei.acting))
    before = feed(token)
    session = other.sessions.first()
    actions.move_session(session=session, on=session.on, starts=time(11), by=cast.mei.acting)
    place_in(mine, "Niamh Byrne", by=cast.mei)
    assert feed(token).content == before.content
    again = CheckingClient().get(reverse("calendar_feed", args=[token]), headers={"If-None-Match": before["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_person_has_what_they_attend_and_what_they_teach(cast, browse):
    attended, taught = cohort_of(cast.mei), cohort_for(cast.mei, title="Another cohort")
    cohort_of(cast.rafael)
    place = place_in(attended, "Priya Nair", by=cast.mei)
    actions.assign_trainer(cohort=taught, user=cast.zofia.user, by=cast.mei.acting)
    browser = browse(cast.priya)
    browser.post(reverse("make_my_calendar"))
    old = actions.token_of(Feed.objects.of_person(cast.priya.user).get())
    assert old in browser.get(reverse("my_training")).content.decode()
    assert len(events(feed(old).content)) == 12
    browser.post(reverse("make_my_calendar"))
    new = actions.token_of(Feed.objects.of_person(cast.priya.user).get())
    assert feed(old).status_code == 404, "the earlier address ends"
    assert len(events(feed(new).content)) == 12
    theirs = actions.token_of(actions.make_own_feed(person=cast.zofia.user))
    assert len(events(feed(theirs).content)) == 24
    day = place.placed_at.date()
    actions.withdraw_place(place=place, reason="sickness", on=day, by=cast.mei.acting)
    assert b"VEVENT" not in feed(new).content


def test_the_secret_stands_nowhere(cast):
    feed_made = actions.make_own_feed(person=cast.priya.user)
    token = actions.token_of(feed_made)
    row = Feed.objects.values().get()
    assert token not in str(row)
    assert token not in str(list(AuditEvent.objects.values()))


def test_an_address_that_cannot_be_told_is_not_shown_and_the_next_mail_brings_another(cast):
    place, token, old = place_of(cast.mei), token_of(cast.mei), calendar_token_of(cast.mei)
    place.feeds.for_calendars().update(token_sealed="closed with a key that is gone")
    address = reverse("dates_by_link", args=[token])
    assert "In your calendar" not in CheckingClient().get(address).content.decode()
    assert link_for(place) == address, "the link that they have stays"
    new = calendar_token_of(cast.mei)
    assert reverse("calendar_feed", args=[new]) in CheckingClient().get(address).content.decode()
    assert (feed(new).status_code, feed(old).status_code) == (200, 404)


def test_who_had_one_address_for_both_gets_one_for_their_calendar(cast):
    place, token = place_of(cast.mei), token_of(cast.mei)
    own = actions.make_own_feed(person=cast.priya.user)
    before = import_module("trellis.training.migrations.0016_a_calendar_has_an_address_of_its_own")
    before.backwards(apps, None)
    Feed.objects.update(purpose="calendar")
    before.forwards(apps, None)
    calendar = actions.token_of(place.feeds.for_calendars().get())
    assert token_of(cast.mei) == token
    assert calendar_token_of(cast.mei) == calendar != token
    assert len(events(feed(calendar).content)) == 12
    assert Feed.objects.get(pk=own.pk).purpose == "calendar"


def test_somebody_without_an_account_sees_their_dates_by_link(cast):
    place = place_of(cast.mei)
    link = SentMail.objects.get(address=place.email).link
    page = CheckingClient().get(link).content.decode()
    assert "What special educational needs are" in page
    dates, calendar = token_of(cast.mei), calendar_token_of(cast.mei)
    assert link == reverse("dates_by_link", args=[dates])
    assert reverse("calendar_feed", args=[calendar]) in page
    assert reverse("calendar_feed", args=[dates]) not in page, "who is given the calendar does not answer for them"
    content = feed(calendar).content
    assert len(events(content)) == 12
    assert dates not in content.decode().replace("\r\n ", ""), "nor in an event"
    assert feed(dates).content == content, "calendars that subscribed to the address of the dates go on"
    actions.withdraw_place(place=place, reason="time", on=place.placed_at.date(), by=cast.mei.acting)
    assert "no place on this course any more" in CheckingClient().get(link).content.decode()
    assert CheckingClient().get(reverse("dates_by_link", args=["x" * 43])).status_code == 404
