"""Sessions as calendars read them: iCalendar, RFC 5545.

What stands here depends on the sessions and on nothing else, so that two readings are the same until a session changes.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vDuration

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from trellis.training.models import Session, VisitOffer
    from trellis.training.models.visit import InCalendar

EVERY = timedelta(hours=6)
"""How often a calendar asks again."""

LONDON = ZoneInfo("Europe/London")
SUMMER_AND_WINTER = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""
"""British time since 1996, as rules: the library would list the day of each change."""


def calendar_of(title: str, sessions: Iterable[Session], visits: Mapping[UUID, InCalendar] | None = None) -> bytes:
    """A calendar with an event for each session; a cancelled session is a cancelled event.

    `visits` are those that a learner has chosen: the event of the session is then where and when they go.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Trellis//Training//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", LONDON.key)
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(EVERY))
    calendar.add_component(Timezone.from_ical(SUMMER_AND_WINTER))
    for session in sessions:
        calendar.add_component(_event(session, (visits or {}).get(session.pk)))
    return bytes(calendar.to_ical())


def _event(session: Session, visit: InCalendar | None) -> Event:
    offer = visit.offer if visit else None
    event = Event()
    changed = max(session.changed_at, visit.changed_at) if visit else session.changed_at
    changed = changed.astimezone(UTC).replace(microsecond=0)
    then = offer or session
    event.add("uid", session.uid)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", session.sequence + (visit.changes if visit else 0))
    event.add("dtstart", datetime.combine(then.on, then.starts, LONDON))
    event.add("dtend", datetime.combine(then.on, then.ends, LONDON))
    event.add("summary", f"{session} ({session.cohort})")
    where = f"{offer.host_name}, {offer.address}" if offer else session.where
    if where:
        event.add("location", where)
    event.add("description", _description(session, offer))
    if session.link and not offer:
        event.add("url", session.link)
    event.add("status", "CANCELLED" if session.status == "cancelled" else "CONFIRMED")
    return event


def _description(session: Session, offer: VisitOffer | None) -> str:
    said = [str(session.get_kind_display())]
    said += [f"Guest speaker: {session.speaker}"] * bool(session.speaker)
    if offer:
        said += [f"What to bring: {offer.bring}"] * bool(offer.bring)
        said += [f"How to get there: {offer.travel}"] * bool(offer.travel)
    else:
        said += [f"How to get in: {session.access}"] * bool(session.access)
        said += [f"Online: {session.link}"] * bool(session.link)
    said += [f"Cancelled: {session.cancelled_because}"] * bool(session.cancelled_because)
    return "\n".join(said)


def etag_of(content: bytes) -> str:
    """What tells a calendar that nothing has changed."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'
