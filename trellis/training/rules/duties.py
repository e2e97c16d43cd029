"""The second cohort that an authority owes: until when, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.dates import day, months_later

if TYPE_CHECKING:
    from datetime import date

DUTY_MOVES: dict[str, tuple[str, ...]] = {
    "promised": ("planned", "excused"),
    "planned": ("running", "promised", "excused"),
    "running": ("met", "planned", "excused"),
    "met": (),
    "excused": ("promised",),
}
"""Status → the statuses that may follow it."""

DUTY_MOVE_LABELS: dict[tuple[str, str], str] = {
    ("promised", "planned"): "A cohort is planned",
    ("promised", "excused"): "Excuse the authority",
    ("planned", "running"): "The cohort has started",
    ("planned", "promised"): "The plan has fallen through",
    ("planned", "excused"): "Excuse the authority",
    ("running", "met"): "The duty is met",
    ("running", "planned"): "It has not started after all",
    ("running", "excused"): "Excuse the authority",
    ("excused", "promised"): "The authority owes it after all",
}

WITH_A_COHORT = ("planned", "running", "met")
DUE_MONTHS = 24
"""Within two years of the contract, unless the programme says otherwise."""


def due_on(contract_on: date, months: int = DUE_MONTHS) -> date:
    """Until when the second cohort is owed.

    >>> from datetime import date
    >>> due_on(date(2026, 9, 30)), due_on(date(2028, 2, 29), 12)
    (datetime.date(2028, 9, 30), datetime.date(2029, 2, 28))
    """
    return months_later(contract_on, months)


def why_not_move_duty(
    *, status: str, to: str, because: str = "", cohort: str = "", same: bool = True, first: bool = False
) -> str | None:
    """Why a duty cannot go from `status` to `to`, or None if it can.

    `cohort` is the status of the cohort that is to meet it, nothing when there is none; `same` says that this cohort
    is of the same programme and authority, `first` that it is the one with which the authority began.

    >>> why_not_move_duty(status="promised", to="planned")
    'Choose the cohort that is planned'
    >>> why_not_move_duty(status="promised", to="planned", cohort="finished", first=True)
    'This is the first cohort there. A later one meets the duty'
    >>> why_not_move_duty(status="planned", to="running", cohort="open")
    'This cohort has not started yet'
    >>> why_not_move_duty(status="running", to="met", cohort="running")
    'This cohort is not finished yet'
    >>> why_not_move_duty(status="running", to="excused", cohort="running")
    'Say why the authority is excused'
    >>> why_not_move_duty(status="running", to="met", cohort="finished")
    """
    if to not in DUTY_MOVES[status]:
        return "This duty has moved on. Look at it again"
    if to == "excused":
        return None if because else "Say why the authority is excused"
    if to not in WITH_A_COHORT:
        return None
    if not cohort:
        return "Choose the cohort that is planned"
    if not same:
        return "Choose a cohort of the same programme and the same authority"
    if first and status == "promised":
        return "This is the first cohort there. A later one meets the duty"
    return _why_not_with(to, cohort)


def waits_for_its_cohort(*, to: str, cohort: str) -> bool:
    """Whether a duty cannot go to `to` yet because of the cohort that is to meet it, whose status `cohort` is.

    >>> waits_for_its_cohort(to="met", cohort="running"), waits_for_its_cohort(to="met", cohort="finished")
    (True, False)
    >>> waits_for_its_cohort(to="planned", cohort=""), waits_for_its_cohort(to="excused", cohort="")
    (True, False)
    """
    return to in WITH_A_COHORT and (not cohort or _why_not_with(to, cohort) is not None)


def _why_not_with(to: str, cohort: str) -> str | None:
    if cohort == "cancelled":
        return "This cohort was cancelled"
    if to == "running" and cohort not in ("running", "finished"):
        return "This cohort has not started yet"
    return "This cohort is not finished yet" if to == "met" and cohort != "finished" else None


def from_when(*, to: str, cohort: str, title: str = "", first: date | None = None, last: date | None = None) -> str:
    """From when on a duty can go to `to`, when it cannot yet: what its cohort waits for, in words. `first` and `last` are
    the days of the cohort’s sessions that are held.

    >>> from datetime import date
    >>> said = {"cohort": "open", "title": "Spring cohort", "first": date(2027, 3, 5), "last": date(2027, 7, 2)}
    >>> from_when(to="running", **said)
    'once “Spring cohort” has started. Its first session is on 5 March 2027'
    >>> from_when(to="met", **said)
    'once “Spring cohort” is finished. Its last session is on 2 July 2027'
    >>> from_when(to="met", **said | {"cohort": "cancelled"}), from_when(to="planned", cohort="")
    ('“Spring cohort” was cancelled', 'once a later cohort than the first is set up there')
    """
    if not title:
        return "once a later cohort than the first is set up there"
    if cohort == "cancelled":
        return f"“{title}” was cancelled"
    what, which, on = ("has started", "first", first) if to == "running" else ("is finished", "last", last)
    return f"once “{title}” {what}" + (f". Its {which} session is on {day(on)}" if on else "")


def due_words(due: date, today: date, status: str) -> str:
    """How long there is until a duty is due, in words; nothing once it is met or excused.

    >>> from datetime import date
    >>> due_words(date(2027, 3, 5), date(2027, 3, 1), "promised"), due_words(date(2027, 3, 5), date(2027, 3, 5), "promised")
    ('in 4 days', 'today')
    >>> due_words(date(2027, 3, 5), date(2027, 3, 6), "planned"), due_words(date(2028, 3, 5), date(2027, 3, 6), "planned")
    ('1 day overdue', 'in 12 months')
    >>> due_words(date(2027, 3, 5), date(2027, 3, 6), "met")
    ''
    """
    if status in ("met", "excused"):
        return ""
    days = (due - today).days
    if days < 0:
        return f"{-days} day{'' if days == -1 else 's'} overdue"
    if days == 0:
        return "today"
    if days > 60:
        return f"in {round(days / 30.44)} months"
    return f"in {days} day{'' if days == 1 else 's'}"
