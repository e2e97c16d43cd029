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
    from collections.abc import Iterable

    from trellis.training.models import Session

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


def calendar_of(title: str, sessions: Iterable[Session]) -> bytes:
    """A calendar with an event for each session; a cancelled session is a cancelled event."""
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
        calendar.add_component(_event(session))
    return bytes(calendar.to_ical())


def _event(session: Session) -> Event:
    event, changed = Event(), session.changed_at.astimezone(UTC).replace(microsecond=0)
    event.add("uid", session.uid)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", session.sequence)
    event.add("dtstart", datetime.combine(session.on, session.starts, LONDON))
    event.add("dtend", datetime.combine(session.on, session.ends, LONDON))
    event.add("summary", f"{session} ({session.cohort})")
    if session.where:
        event.add("location", session.where)
    event.add("description", _description(session))
    if session.link:
        event.add("url", session.link)
    event.add("status", "CANCELLED" if session.status == "cancelled" else "CONFIRMED")
    return event


def _description(session: Session) -> str:
    said = [str(session.get_kind_display())]
    said += [f"Guest speaker: {session.speaker}"] * bool(session.speaker)
    said += [f"How to get in: {session.access}"] * bool(session.access)
    said += [f"Online: {session.link}"] * bool(session.link)
    said += [f"Cancelled: {session.cancelled_because}"] * bool(session.cancelled_because)
    return "\n".join(said)


def etag_of(content: bytes) -> str:
    """What tells a calendar that nothing has changed."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'
