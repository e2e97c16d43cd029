"""Where a cohort and its sessions stand, and what may become of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

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
        return f"The first session is on {_day(first)}"
    if to == "finished" and last and last > today:
        return f"The last session is on {_day(last)}"
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


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
