"""How a visit goes: where it stands, who moves it on, what the setting opens and when each side sees what."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from trellis.core.dates import months_later
from trellis.review.rules.release import LONGEST_YEARS

if TYPE_CHECKING:
    from datetime import date


class Side(StrEnum):
    """Which of the two somebody is in a visit."""

    SETTING = "setting"
    VISITOR = "visitor"


VISIT_MOVES: dict[str, tuple[str, ...]] = {
    "planned": ("prepared", "cancelled"),
    "prepared": ("visited", "planned", "cancelled"),
    "visited": ("drafted",),
    "drafted": ("checked",),
    "checked": ("final", "drafted"),
    "final": (),
    "cancelled": (),
}
"""Status → the statuses that may follow it."""

MOVED_BY: dict[tuple[str, str], tuple[Side, ...]] = {
    ("planned", "prepared"): (Side.SETTING,),
    ("planned", "cancelled"): (Side.SETTING,),
    ("prepared", "visited"): (Side.SETTING, Side.VISITOR),
    ("prepared", "planned"): (Side.SETTING,),
    ("prepared", "cancelled"): (Side.SETTING,),
    ("visited", "drafted"): (Side.VISITOR,),
    ("drafted", "checked"): (Side.SETTING,),
    ("checked", "final"): (Side.VISITOR,),
    ("checked", "drafted"): (Side.SETTING,),
}
"""Who may make a move: the setting, the visitor, or either."""

VISIT_MOVE_LABELS: dict[tuple[str, str], str] = {
    ("planned", "prepared"): "We are prepared",
    ("planned", "cancelled"): "Cancel the visit",
    ("prepared", "visited"): "The visit has taken place",
    ("prepared", "planned"): "Go back to preparing",
    ("prepared", "cancelled"): "Cancel the visit",
    ("visited", "drafted"): "Share the draft and my ratings",
    ("drafted", "checked"): "We have checked the facts",
    ("checked", "final"): "Make the report final",
    ("checked", "drafted"): "Check the facts again",
}

SHARED = ("drafted", "checked", "final")
"""From here on the setting sees what the visitor rated and wrote."""

SECTIONS = {
    "strong": "What is strong",
    "work_on": "What to work on",
    "self_evaluation": "How well the setting looked at itself, and what its evidence shows",
    "agreed": "What was agreed",
}
"""The sections of a report: the field and the heading."""

NOT_READY = {
    "planned": "Finish the preparation first",
    "prepared": "The visit has not taken place yet",
    "visited": "The draft has not been shared yet",
}


def why_not_move_visit(
    *, status: str, to: str, side: Side, dated: bool = True, has_report: bool = True, unanswered: int = 0
) -> str | None:
    """Why a visit cannot go from `status` to `to`, or None if it can.

    `dated` says that its day is agreed, `has_report` that a draft is written; `unanswered` counts the corrections
    that the visitor has not answered.

    >>> why_not_move_visit(status="visited", to="drafted", side=Side.SETTING)
    'This is for the visitor to do'
    >>> why_not_move_visit(status="visited", to="drafted", side=Side.VISITOR, has_report=False)
    'Write the draft first'
    >>> why_not_move_visit(status="checked", to="final", side=Side.VISITOR, unanswered=2)
    'Answer each correction first: 2 are waiting'
    """
    if to not in VISIT_MOVES[status]:
        return "This visit has moved on. Look at it again"
    if side not in MOVED_BY[status, to]:
        return f"This is for the {MOVED_BY[status, to][0].value} to do"
    if to == "prepared" and not dated:
        return "Agree the day of the visit first"
    if to == "drafted" and not has_report:
        return "Write the draft first"
    if to == "final" and unanswered:
        return f"Answer each correction first: {unanswered} {'is' if unanswered == 1 else 'are'} waiting"
    return None


def why_not_prepare(status: str) -> str | None:
    """Why the checklist, the timetable and what is opened cannot change any more, or None if they can.

    >>> why_not_prepare("planned"), why_not_prepare("cancelled")
    (None, 'This visit was cancelled')
    """
    if status == "cancelled":
        return "This visit was cancelled"
    return None if status in ("planned", "prepared") else "The visit has taken place, so its preparation stays as it is"


def why_not_rate_as_visitor(status: str) -> str | None:
    """Why the visitor’s ratings cannot change, or None if they can.

    >>> why_not_rate_as_visitor("drafted")
    'You have shared your ratings, so they stay as they are'
    >>> why_not_rate_as_visitor("visited")
    """
    if status in SHARED:
        return "You have shared your ratings, so they stay as they are"
    return "This visit was cancelled" if status == "cancelled" else None


def why_not_note(status: str) -> str | None:
    """Why no note of a conversation can be added, or None if one can be.

    >>> why_not_note("planned")
    'The visit has not taken place yet'
    >>> why_not_note("drafted")
    """
    if status in ("planned", "prepared"):
        return "The visit has not taken place yet"
    if status == "cancelled":
        return "This visit was cancelled"
    return "The report is final, so the notes stay as they are" if status == "final" else None


def why_not_write_report(status: str) -> str | None:
    """Why the visitor cannot write the report now, or None if they can.

    >>> why_not_write_report("drafted")
    'The setting is checking the facts. You can write again when they have'
    """
    if status == "drafted":
        return "The setting is checking the facts. You can write again when they have"
    if status == "final":
        return "The report is final"
    return None if status in ("visited", "checked") else NOT_READY.get(status, "This visit was cancelled")


def why_not_correct(status: str) -> str | None:
    """Why the setting cannot ask for a correction now, or None if it can.

    >>> why_not_correct("final"), why_not_correct("drafted")
    ('The report is final', None)
    """
    if status == "drafted":
        return None
    return "The report is final" if status == "final" else "There is nothing to check now"


def why_not_open_to(*, until: date, visit_on: date | None, today: date) -> str | None:
    """Why a visit cannot be open to its visitor until a day, or None if it can.

    >>> from datetime import date
    >>> why_not_open_to(until=date(2026, 11, 1), visit_on=None, today=date(2026, 11, 24))
    'The last day must be today or later'
    >>> why_not_open_to(until=date(2027, 1, 1), visit_on=date(2027, 2, 1), today=date(2026, 11, 24))
    'The last day must be the same as or after the day of the visit'
    >>> why_not_open_to(until=date(2028, 11, 25), visit_on=None, today=date(2026, 11, 24))
    'A visit can be open two years at most. You can plan another after that'
    >>> why_not_open_to(until=date(2028, 11, 24), visit_on=None, today=date(2026, 11, 24))
    """
    if until < today:
        return "The last day must be today or later"
    if visit_on and until < visit_on:
        return "The last day must be the same as or after the day of the visit"
    if until > months_later(today, 12 * LONGEST_YEARS):
        return "A visit can be open two years at most. You can plan another after that"
    return None


def visit_next(status: str, side: Side, *, invited: bool) -> str:
    """What one side does next, in a sentence; empty when it is the other’s turn.

    >>> visit_next("planned", Side.SETTING, invited=False)
    'Invite your visitor'
    >>> visit_next("visited", Side.SETTING, invited=True)
    ''
    """
    if side == Side.SETTING:
        if status == "planned" and not invited:
            return "Invite your visitor"
        return {
            "planned": "Go through the preparation list and the timetable",
            "prepared": "When the day has come and gone, say that the visit has taken place",
            "drafted": "Read the draft and say what is not right in it",
            "final": "Turn what is recommended into actions, and tell your visitor how it was",
        }.get(status, "")
    return {
        "planned": "Read what the setting has opened to you",
        "prepared": "Read what the setting has opened to you, and rate what you see",
        "visited": "Note what was said, then write the draft",
        "checked": "Answer each correction, then make the report final",
    }.get(status, "")


def timetable_words(rows: list[tuple[int, int, str]]) -> tuple[str, list[str]]:
    """How long a timetable takes in all, and a gentle sentence for each two rows that overlap.

    A row is when it begins and how long it takes, in minutes, and what is done.

    >>> timetable_words([(540, 30, "Welcome"), (560, 45, "Play walk"), (605, 15, "Talk")])
    ('1 hour 30 minutes', ['“Play walk” begins before “Welcome” ends. Is that what you meant?'])
    """
    total = sum(minutes for _start, minutes, _what in rows)
    hours, minutes = divmod(total, 60)
    words = [f"{hours} hour{'' if hours == 1 else 's'}"] * bool(hours) + [f"{minutes} minutes"] * bool(minutes)
    overlaps = [
        f"“{after[2]}” begins before “{before[2]}” ends. Is that what you meant?"
        for number, after in enumerate(rows)
        for before in rows[:number]
        if after[0] < before[0] + before[1]
    ]
    return " ".join(words) or "Nothing yet", overlaps


def waits_for(status: str, *, unanswered: bool) -> str | None:
    """What a visit waits for, as the first page of the setting says it, or None.

    `unanswered` says whether somebody was invited and has not answered.

    >>> waits_for("drafted", unanswered=False)
    'The draft of the report is there. Check its facts'
    >>> waits_for("planned", unanswered=True)
    'Your visitor has not answered the invitation yet'
    >>> waits_for("planned", unanswered=False)
    """
    if status == "drafted":
        return "The draft of the report is there. Check its facts"
    return (
        "Your visitor has not answered the invitation yet" if unanswered and status in ("planned", "prepared") else None
    )
