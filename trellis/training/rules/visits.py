"""Visits: what can be offered, who can take a place, and when it can be given back or written about."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from trellis.core.dates import day
from trellis.training.rules.cohorts import why_not_change_session

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

VISIT_OFFER_MOVES: dict[str, tuple[str, ...]] = {"offered": ("cancelled",), "cancelled": ()}
"""Status → the statuses that may follow it. Another offer of the same host is a new one."""

CONTACT_KEPT = timedelta(weeks=6)
"""So long after a visit it is kept whom to ask for there, and its host sees who came."""

VISITS = ("setting_visit", "special_school_visit")
"""The kinds of sessions that are visits."""


def why_not_offer_visit(*, kind: str, session: str, cohort: str) -> str | None:
    """Why no visit can be offered in a session, or None if one can.

    >>> why_not_offer_visit(kind="taught", session="planned", cohort="running")
    'This session is not a visit'
    >>> why_not_offer_visit(kind="setting_visit", session="moved", cohort="running")
    """
    if kind not in VISITS:
        return "This session is not a visit"
    return why_not_change_session(status=session, cohort=cohort)


def why_not_change_offer(*, status: str, session: str, cohort: str, places: int, taken: int) -> str | None:
    """Why an offer cannot be changed so that it has `places`, or None if it can. `taken` are the places that are taken.

    >>> why_not_change_offer(status="offered", session="planned", cohort="running", places=2, taken=3)
    '3 learners have a place already, so there cannot be fewer'
    >>> why_not_change_offer(status="cancelled", session="planned", cohort="running", places=2, taken=0)
    'This visit was cancelled, so it stays as it is'
    >>> why_not_change_offer(status="offered", session="planned", cohort="running", places=1, taken=1)
    """
    if "cancelled" not in VISIT_OFFER_MOVES[status]:
        return "This visit was cancelled, so it stays as it is"
    reason = why_not_change_session(status=session, cohort=cohort)
    if reason:
        return reason
    if places < taken:
        learners = "1 learner has" if taken == 1 else f"{taken} learners have"
        return f"{learners} a place already, so there cannot be fewer"
    return None


def why_not_cancel_offer(*, status: str, session: str, cohort: str, written: bool, on: date, today: date) -> str | None:
    """Why an offer cannot be cancelled, or None if it can. `written` says that somebody has written about it.

    >>> from datetime import date
    >>> said = {"status": "offered", "session": "planned", "cohort": "running", "on": date(2027, 3, 5)}
    >>> why_not_cancel_offer(**said, written=False, today=date(2027, 3, 6))
    'This visit was on 5 March 2027, so it stays as it is'
    >>> why_not_cancel_offer(**said, written=True, today=date(2027, 3, 5))
    'Somebody has written about this visit, so it stays as it is'
    >>> why_not_cancel_offer(**said, written=False, today=date(2027, 3, 5))
    """
    reason = why_not_change_offer(status=status, session=session, cohort=cohort, places=0, taken=0)
    if reason:
        return reason
    if written:
        return "Somebody has written about this visit, so it stays as it is"
    return f"This visit was on {day(on)}, so it stays as it is" if on < today else None


def why_not_take(
    *, status: str, session: str, cohort: str, place: str, on: date, today: date, taken: int, places: int
) -> str | None:
    """Why a learner cannot go to a visit, or None if they can.

    `taken` counts who goes there besides them, `places` is how many can.

    >>> from datetime import date
    >>> said = {"session": "planned", "cohort": "running", "place": "taken", "taken": 1, "places": 2}
    >>> days = {"on": date(2027, 3, 5), "today": date(2027, 3, 1)}
    >>> why_not_take(status="offered", **said, **days)
    >>> why_not_take(status="offered", **said | {"taken": 2}, **days)
    'All 2 places of this visit are taken. Choose another'
    >>> why_not_take(status="offered", **said, **days | {"today": date(2027, 3, 6)})
    'This visit was on 5 March 2027'
    >>> why_not_take(status="cancelled", **said, **days)
    'This visit was cancelled. Choose another'
    """
    if status == "cancelled":
        return "This visit was cancelled. Choose another"
    if "cancelled" in (session, cohort):
        return "This session was cancelled, so there is nothing to choose"
    if place != "taken":
        return "Only somebody who has a place in the course can go to its visits"
    if on < today:
        return f"This visit was on {day(on)}"
    if taken < places:
        return None
    both = "The only place" if places == 1 else f"All {places} places"
    return f"{both} of this visit {'is' if places == 1 else 'are'} taken. Choose another"


def why_not_give_back(*, back: bool, written: bool, on: date, today: date) -> str | None:
    """Why a place in a visit cannot be given back, or None if it can.

    `back` says that it was given back already, `written` that somebody has written about the visit.

    >>> from datetime import date
    >>> why_not_give_back(back=False, written=False, on=date(2027, 3, 5), today=date(2027, 3, 6))
    'This visit was on 5 March 2027, so the place stays as it is'
    >>> why_not_give_back(back=False, written=True, on=date(2027, 3, 5), today=date(2027, 3, 5))
    'This visit is written about already, so the place stays as it is'
    >>> why_not_give_back(back=True, written=False, on=date(2027, 3, 5), today=date(2027, 3, 4))
    'This place was given back already'
    >>> why_not_give_back(back=False, written=False, on=date(2027, 3, 5), today=date(2027, 3, 5))
    """
    if back:
        return "This place was given back already"
    if written:
        return "This visit is written about already, so the place stays as it is"
    return f"This visit was on {day(on)}, so the place stays as it is" if on < today else None


def why_not_reflect(*, back: bool, off: bool, on: date, today: date) -> str | None:
    """Why nothing can be written about a visit, or None if it can. `off` says that it was cancelled.

    >>> from datetime import date
    >>> why_not_reflect(back=False, off=False, on=date(2027, 3, 5), today=date(2027, 3, 4))
    'You can write about this visit from 5 March 2027 on'
    >>> why_not_reflect(back=True, off=False, on=date(2027, 3, 5), today=date(2027, 3, 6))
    'You did not go to this visit'
    >>> why_not_reflect(back=False, off=False, on=date(2027, 3, 5), today=date(2027, 3, 5))
    """
    if back or off:
        return "You did not go to this visit"
    return f"You can write about this visit from {day(on)} on" if today < on else None


def why_not_these_criteria(*, chosen: Collection[str], known: Collection[str]) -> str | None:
    """Why a reflection cannot speak to these criteria, or None if it can. `known` are those of the visit.

    >>> why_not_these_criteria(chosen=[], known=["1m"])
    'Choose at least one criterion that it speaks to'
    >>> why_not_these_criteria(chosen=["9z"], known=["1m"])
    'This visit has no criterion 9z'
    >>> why_not_these_criteria(chosen=[], known=[]), why_not_these_criteria(chosen=["1m"], known=["1m"])
    (None, None)
    """
    unknown = sorted(set(chosen) - set(known))
    if unknown:
        return f"This visit has no criterion {unknown[0]}"
    return "Choose at least one criterion that it speaks to" if known and not chosen else None


def why_not_by_link(*, by_link: bool, account: bool, written: bool) -> str | None:
    """Why somebody’s link does not change a reflection, or None if it can: whoever has an account signs in to change it.

    >>> why_not_by_link(by_link=True, account=True, written=True)
    'You have written about this visit already. Sign in to change it'
    >>> why_not_by_link(by_link=True, account=False, written=True)
    >>> why_not_by_link(by_link=True, account=True, written=False)
    """
    if by_link and account and written:
        return "You have written about this visit already. Sign in to change it"
    return None
