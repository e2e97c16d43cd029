"""Where a cohort and its sessions stand, and what may become of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from trellis.core.dates import clock, day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import time

COHORT_MOVES: dict[str, tuple[str, ...]] = {
    "planned": ("open", "running", "cancelled"),
    "open": ("planned", "running", "cancelled"),
    "running": ("finished", "cancelled"),
    "finished": (),
    "cancelled": (),
}
"""Status → the statuses that may follow it."""

COHORT_MOVE_LABELS: dict[tuple[str, str], str] = {
    ("planned", "open"): "Open it for applications",
    ("planned", "running"): "It has started",
    ("planned", "cancelled"): "Cancel the cohort",
    ("open", "planned"): "Close it for applications",
    ("open", "running"): "It has started",
    ("open", "cancelled"): "Cancel the cohort",
    ("running", "finished"): "It is finished",
    ("running", "cancelled"): "Cancel the cohort",
}

SESSION_MOVES: dict[str, tuple[str, ...]] = {
    "planned": ("moved", "cancelled"),
    "moved": ("moved", "cancelled"),
    "cancelled": (),
}
"""Status → the statuses that may follow it. A session that was moved can be moved again."""

OVER = ("finished", "cancelled")
TO_BEGIN = ("planned", "open")
BEGUN = "This cohort has begun"


def why_not_move_cohort(
    *, status: str, to: str, approved: bool, first: date | None, last: date | None, today: date
) -> str | None:
    """Why a cohort cannot go from `status` to `to`, or None if it can.

    `approved` says that the centre delivers it or approved that an authority does; `first` and `last` are the days of
    its sessions that were not cancelled.

    >>> from datetime import date
    >>> days = {"first": date(2027, 3, 5), "last": date(2027, 7, 2), "today": date(2027, 4, 1)}
    >>> why_not_move_cohort(status="planned", to="open", approved=False, **days)
    'The centre has not approved yet that the authority delivers this cohort'
    >>> why_not_move_cohort(status="running", to="finished", approved=True, **days)
    'The last session is on 2 July 2027'
    >>> why_not_move_cohort(status="open", to="running", approved=True, **days)
    >>> why_not_move_cohort(status="finished", to="running", approved=True, **days)
    'This cohort has moved on. Look at it again'
    """
    if to not in COHORT_MOVES[status]:
        return "This cohort has moved on. Look at it again"
    if to in ("open", "running") and not approved:
        return "The centre has not approved yet that the authority delivers this cohort"
    if to in ("open", "running") and first is None:
        return "Add the sessions first"
    if to == "running" and first and first > today:
        return f"The first session is on {day(first)}"
    if to == "finished" and last and last > today:
        return f"The last session is on {day(last)}"
    return None


def why_not_change_cohort(status: str) -> str | None:
    """Why nothing about a cohort or its sessions can change, or None if it can.

    >>> why_not_change_cohort("finished"), why_not_change_cohort("running")
    ('This cohort is over, so it stays as it is', None)
    """
    return "This cohort is over, so it stays as it is" if status in OVER else None


def why_not_change_session(*, status: str, cohort: str) -> str | None:
    """Why a session cannot be changed, moved or cancelled, or None if it can.

    >>> why_not_change_session(status="cancelled", cohort="running")
    'This session was cancelled, so it stays as it is'
    >>> why_not_change_session(status="moved", cohort="running")
    """
    if status == "cancelled":
        return "This session was cancelled, so it stays as it is"
    return why_not_change_cohort(cohort)


def why_not_at(*, on: date, starts: time, ends: time, others: Iterable[tuple[str, time, time]]) -> str | None:
    """Why a session cannot be held at a time, or None if it can. `others` are those of its cohort that day: title, from, to.

    >>> from datetime import date, time
    >>> others = [("Oral language", time(9, 30), time(15))]
    >>> why_not_at(on=date(2027, 3, 5), starts=time(14, 30), ends=time(16), others=others)
    'This cohort has “Oral language” on 5 March 2027 from 9:30am to 3:00pm'
    >>> why_not_at(on=date(2027, 3, 5), starts=time(15), ends=time(16), others=others)
    """
    for title, begins, stops in others:
        if starts < stops and begins < ends:
            return f"This cohort has “{title}” on {day(on)} from {clock(begins)} to {clock(stops)}"
    return None


def too_few(*, taken: int, least: int, starts_on: date, today: date, days: int) -> str | None:
    """That a cohort which has not begun has too few learners, in words that follow “This cohort”; None when it is early
    or they are enough.

    >>> from datetime import date
    >>> said = {"least": 6, "starts_on": date(2027, 3, 5), "days": 21}
    >>> too_few(taken=1, today=date(2027, 2, 20), **said)
    'begins on 5 March 2027 with 1 learner. It needs 6'
    >>> too_few(taken=3, today=date(2027, 2, 11), **said), too_few(taken=6, today=date(2027, 2, 20), **said)
    (None, None)
    >>> too_few(taken=0, today=date(2027, 3, 6), **said)
    'was to begin on 5 March 2027 and has no learners. It needs 6'
    """
    if taken >= least or today < starts_on - timedelta(days=days):
        return None
    who = f"{taken or 'no'} learner{'' if taken == 1 else 's'}"
    when = f"begins on {day(starts_on)} with" if today <= starts_on else f"was to begin on {day(starts_on)} and has"
    return f"{when} {who}. It needs {least}"


def why_not_go_ahead(*, status: str, taken: int, least: int, because: str) -> str | None:
    """Why nobody decides that a cohort goes ahead with too few learners, or None if they can.

    >>> why_not_go_ahead(status="open", taken=3, least=6, because="")
    'Say why the cohort goes ahead'
    >>> why_not_go_ahead(status="open", taken=6, least=6, because="They insist")
    'This cohort has enough learners'
    >>> why_not_go_ahead(status="running", taken=3, least=6, because="They insist")
    'This cohort has begun'
    """
    if status not in TO_BEGIN:
        return why_not_change_cohort(status) or BEGUN
    if taken >= least:
        return "This cohort has enough learners"
    return None if because else "Say why the cohort goes ahead"


def why_not_move_learners(*, status: str, to: str, approved: bool, chosen: int, free: int) -> str | None:
    """Why learners of a cohort cannot move to another one, or None if they can.

    >>> why_not_move_learners(status="open", to="open", approved=True, chosen=3, free=2)
    'The other cohort has 2 places left'
    >>> why_not_move_learners(status="open", to="cancelled", approved=True, chosen=3, free=9)
    'The other cohort has begun or is over'
    >>> why_not_move_learners(status="running", to="open", approved=True, chosen=3, free=9)
    'This cohort has begun'
    """
    if status not in TO_BEGIN:
        return why_not_change_cohort(status) or BEGUN
    if to not in TO_BEGIN or not approved:
        return "The other cohort has begun or is over" if approved else "The other cohort is not approved yet"
    if not chosen:
        return "Choose who moves"
    return None if chosen <= free else f"The other cohort has {free} place{'' if free == 1 else 's'} left"
