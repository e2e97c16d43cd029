"""Who was there for how long: what a mark can say, when it can be made, and how many minutes count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.dates import day

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime, time

THERE = frozenset({"present", "late", "left_early"})
"""The statuses of somebody who was there, for all of it or some of it."""
MISSED = frozenset({"apologised", "absent"})
"""The statuses of somebody who was not there."""
WITH_MINUTES = frozenset({"late", "left_early"})
WITH_REASON = WITH_MINUTES | MISSED
GRACE_MINUTES = 10
"""Whoever signs in this many minutes after the start, or sooner, is not late."""
CODE_MINUTES = 20
"""How long a code on the wall works, unless a trainer asks for a new one."""
WRONG_CODES = 5
"""How many wrong codes somebody may enter in ten minutes."""


def minutes_there(*, planned: int, status: str, missed: int) -> int:
    """How many minutes of a part somebody was there: never fewer than none, never more than are planned.

    >>> minutes_there(planned=180, status="present", missed=0), minutes_there(planned=180, status="late", missed=30)
    (180, 150)
    >>> minutes_there(planned=180, status="left_early", missed=500), minutes_there(planned=180, status="absent", missed=0)
    (0, 0)
    """
    if status not in THERE:
        return 0
    return max(0, min(planned, planned - missed))


def guided_there(*, planned: int, guided: int, status: str, missed: int) -> int:
    """How many guided minutes of a part count: their share of the time somebody was there, rounded down.

    >>> guided_there(planned=180, guided=90, status="present", missed=0)
    90
    >>> guided_there(planned=180, guided=90, status="late", missed=60)
    60
    """
    there = minutes_there(planned=planned, status=status, missed=missed)
    return guided * there // planned if planned else 0


def guided_caught_up(*, minutes: int, supervised: bool, guided: int, had: int) -> int:
    """How many guided minutes a catch-up adds to the `had` ones of its part: none unless somebody was with them.

    >>> guided_caught_up(minutes=120, supervised=True, guided=90, had=0)
    90
    >>> guided_caught_up(minutes=60, supervised=True, guided=90, had=60)
    30
    >>> guided_caught_up(minutes=60, supervised=False, guided=90, had=0)
    0
    """
    return max(0, min(minutes, guided - had)) if supervised else 0


def why_not_this_mark(*, status: str, missed: int, reason: str, planned: int) -> str | None:
    """Why a mark cannot be so, or None if it can.

    >>> why_not_this_mark(status="late", missed=0, reason="", planned=180)
    'Enter how many minutes they missed'
    >>> why_not_this_mark(status="late", missed=200, reason="", planned=180)
    'This part has 180 minutes, so they cannot have missed 200'
    >>> why_not_this_mark(status="present", missed=0, reason="sickness", planned=180)
    'A reason belongs to somebody who missed something'
    >>> why_not_this_mark(status="absent", missed=0, reason="ratio", planned=180)
    """
    if status in WITH_MINUTES and missed <= 0:
        return "Enter how many minutes they missed"
    if status in WITH_MINUTES and missed >= planned:
        return f"This part has {planned} minutes, so they cannot have missed {missed}"
    if missed and status not in WITH_MINUTES:
        return "Minutes belong to somebody who was late or left early"
    if reason and status not in WITH_REASON:
        return "A reason belongs to somebody who missed something"
    return None


def why_not_register(*, on: date, today: date, session: str, cohort: str) -> str | None:
    """Why nobody can be marked in a session, or None if they can.

    >>> from datetime import date
    >>> days = {"on": date(2027, 3, 5), "today": date(2027, 3, 4)}
    >>> why_not_register(session="planned", cohort="running", **days)
    'This session is on 5 March 2027. It can be marked from that day on'
    >>> why_not_register(session="cancelled", cohort="running", **days)
    'This session was cancelled, so nobody is marked in it'
    """
    if session == "cancelled" or cohort == "cancelled":
        return f"This {'session' if session == 'cancelled' else 'cohort'} was cancelled, so nobody is marked in it"
    if on > today:
        return f"This session is on {day(on)}. It can be marked from that day on"
    return None


def why_not_put_right(*, on: date, today: date, because: str) -> str | None:
    """Why a mark that is there cannot be changed, or None if it can. On the day itself nobody has to explain.

    >>> from datetime import date
    >>> why_not_put_right(on=date(2027, 3, 5), today=date(2027, 3, 5), because="")
    >>> why_not_put_right(on=date(2027, 3, 5), today=date(2027, 3, 6), because="")
    'The day is over. Say why marks are corrected'
    """
    return None if because or on >= today else "The day is over. Say why marks are corrected"


def signed_in_as(*, starts: time, now: time, planned: int) -> tuple[str, int]:
    """What somebody is who signs in at a time: present, or late by so many minutes.

    >>> from datetime import time
    >>> signed_in_as(starts=time(9, 30), now=time(9, 40), planned=180)
    ('present', 0)
    >>> signed_in_as(starts=time(9, 30), now=time(9, 55), planned=180)
    ('late', 25)
    """
    after = (now.hour - starts.hour) * 60 + now.minute - starts.minute
    return ("present", 0) if after <= GRACE_MINUTES else ("late", min(after, planned - 1))


def why_not_open_code(*, on: date, now: datetime, ends: time, session: str, cohort: str) -> str | None:
    """Why no code can be put on the wall for a part, or None if it can. `now` is on the clocks of this country.

    >>> from datetime import date, datetime, time
    >>> at = datetime(2027, 3, 5, 9, 20)
    >>> why_not_open_code(on=date(2027, 3, 5), now=at, ends=time(12, 30), session="planned", cohort="running")
    >>> why_not_open_code(on=date(2027, 3, 4), now=at, ends=time(12, 30), session="planned", cohort="running")
    'A code only works on the day of the session'
    """
    reason = why_not_register(on=on, today=now.date(), session=session, cohort=cohort)
    if reason:
        return reason
    if on != now.date():
        return "A code only works on the day of the session"
    return "This part of the day is over" if now.time() >= ends else None


def why_not_sign_in(*, tries: int, found: bool, status: str, when: str) -> str | None:
    """Why a code does not sign somebody in, or None if it does.

    `tries` counts the codes entered in these ten minutes, this one included; `found` says that the code is open now
    for a session in which they have a place; `status` is how they are marked there; `when` names the part.

    >>> why_not_sign_in(tries=6, found=True, status="", when="")
    'That was too many codes. Wait ten minutes, or tell the trainer that you are here'
    >>> why_not_sign_in(tries=1, found=False, status="", when="")
    'This code is not open now for a session of yours. Look at the wall again, or tell the trainer that you are here'
    >>> why_not_sign_in(tries=1, found=True, status="late", when="Morning, 5 March 2027")
    'You are signed in already: Morning, 5 March 2027'
    >>> why_not_sign_in(tries=1, found=True, status="apologised", when="Morning, 5 March 2027")
    """
    if tries > WRONG_CODES:
        return "That was too many codes. Wait ten minutes, or tell the trainer that you are here"
    if not found:
        return "This code is not open now for a session of yours. Look at the wall again, or tell the trainer that you are here"
    if status in THERE:
        return f"You are signed in already: {when}"
    if status in ("absent", "cancelled"):
        return f"The trainer has marked something else: {when}. Tell the trainer that you are here"
    return None


def why_not_apologise(*, session: str, cohort: str, begun: bool, statuses: Collection[str]) -> str | None:
    """Why nobody can apologise for a session any more, or None if they can. `statuses` are how they are marked in it,
    for each part.

    >>> why_not_apologise(session="planned", cohort="running", begun=True, statuses=[])
    'This session has begun. Tell the trainer that you cannot come'
    >>> why_not_apologise(session="planned", cohort="running", begun=False, statuses=["apologised"])
    'You have apologised for this session already'
    >>> why_not_apologise(session="planned", cohort="running", begun=False, statuses=["apologised", "unmarked"])
    """
    if session == "cancelled" or cohort == "cancelled":
        return "This session was cancelled, so there is nothing to apologise for"
    if begun:
        return "This session has begun. Tell the trainer that you cannot come"
    if statuses and all(status == "apologised" for status in statuses):
        return "You have apologised for this session already"
    return None
