"""Sessions as calendars read them: iCalendar, RFC 5545.

What stands here depends on the sessions and on nothing else, so that two readings are the same until a session changes.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, time

    from trellis.training.models import Session

LONGEST_LINE = 75
"""Octets in a line; what is longer goes on in the next one."""
EVERY = "PT6H"
"""How often a calendar asks again."""

LONDON = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/London",
    "BEGIN:DAYLIGHT",
    "TZNAME:BST",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0100",
    "DTSTART:19960331T010000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZNAME:GMT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0000",
    "DTSTART:19961027T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def calendar_of(title: str, sessions: Iterable[Session]) -> bytes:
    """A calendar with an event for each session; a cancelled session is a cancelled event."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Trellis//Training//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(title)}",
        "X-WR-TIMEZONE:Europe/London",
        f"REFRESH-INTERVAL;VALUE=DURATION:{EVERY}",
        f"X-PUBLISHED-TTL:{EVERY}",
        *LONDON,
    ]
    for session in sessions:
        lines += _event(session)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) for line in lines).encode()


def _event(session: Session) -> Iterator[str]:
    changed = f"{session.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "BEGIN:VEVENT"
    yield f"UID:{session.uid}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{session.sequence}"
    yield f"DTSTART;TZID=Europe/London:{_local(session.on, session.starts)}"
    yield f"DTEND;TZID=Europe/London:{_local(session.on, session.ends)}"
    yield f"SUMMARY:{escaped(f'{session} ({session.cohort})')}"
    if session.where:
        yield f"LOCATION:{escaped(session.where)}"
    yield f"DESCRIPTION:{escaped(_description(session))}"
    if session.link:
        yield f"URL:{session.link}"
    yield f"STATUS:{'CANCELLED' if session.status == 'cancelled' else 'CONFIRMED'}"
    yield "END:VEVENT"


def _description(session: Session) -> str:
    said = [str(session.get_kind_display())]
    said += [f"Guest speaker: {session.speaker}"] * bool(session.speaker)
    said += [f"How to get in: {session.access}"] * bool(session.access)
    said += [f"Online: {session.link}"] * bool(session.link)
    said += [f"Cancelled: {session.cancelled_because}"] * bool(session.cancelled_because)
    return "\n".join(said)


def _local(on: date, clock: time) -> str:
    return f"{datetime.combine(on, clock):%Y%m%dT%H%M%S}"


def escaped(text: str) -> str:
    r"""A text as a value.

    >>> print(escaped("Lift; ask for Kofi, please\nRoom 2\\3"))
    Lift\; ask for Kofi\, please\nRoom 2\\3
    """
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def folded(line: str) -> str:
    """A line as it is written: no part has more than 75 octets, and no letter is cut in two.

    >>> [len(part.encode()) for part in folded("SUMMARY:" + "é" * 70).split("\\r\\n")]
    [74, 75, 0]
    """
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > LONGEST_LINE:
            parts.append(part)
            part = " "
        part += letter
    return "\r\n".join([*parts, part]) + "\r\n"


def etag_of(content: bytes) -> str:
    """What tells a calendar that nothing has changed."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'
