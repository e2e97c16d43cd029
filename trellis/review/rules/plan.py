"""What an action plan puts first, what is late, and what may follow what."""

from __future__ import annotations

from datetime import date, timedelta

ACTION_MOVES: dict[str, tuple[str, ...]] = {
    "planned": ("under_way", "done", "dropped"),
    "under_way": ("done", "dropped", "planned"),
    "done": (),
    "dropped": (),
}
"""Status → the statuses that may follow it."""

SOON = timedelta(days=14)


def why_not_move_action(*, status: str, to: str, impact: str, note: str) -> str | None:
    """Why an action cannot go from `status` to `to`, or None if it can.

    >>> why_not_move_action(status="under_way", to="done", impact="", note="")
    'Say what difference it made'
    >>> why_not_move_action(status="done", to="planned", impact="", note="")
    'This action is closed. Write a new one if there is more to do'
    """
    if to not in ACTION_MOVES[status]:
        if not ACTION_MOVES[status]:
            return "This action is closed. Write a new one if there is more to do"
        return "Select another status"
    if to == "done" and not impact.strip():
        return "Say what difference it made"
    if to == "dropped" and not note.strip():
        return "Say why it is no longer needed"
    return None


def when_due(due_on: date | None, today: date) -> str:
    """How a due date stands to today, in words; empty without a date.

    >>> when_due(date(2026, 11, 20), date(2026, 11, 23))
    '3 days overdue'
    >>> when_due(date(2026, 11, 23), date(2026, 11, 23))
    'due today'
    """
    if due_on is None:
        return ""
    days = (due_on - today).days
    if days < 0:
        return "1 day overdue" if days == -1 else f"{-days} days overdue"
    if days == 0:
        return "due today"
    return "due tomorrow" if days == 1 else f"due in {days} days"


def standing_on_paper(label: str, *, due_on: date | None, is_open: bool, today: date) -> str:
    """Where an action stands, and when it is overdue, by how much.

    >>> standing_on_paper("Planned", due_on=date(2026, 11, 20), is_open=True, today=date(2026, 11, 23))
    'Planned, 3 days overdue'
    >>> standing_on_paper("Done", due_on=date(2026, 11, 20), is_open=False, today=date(2026, 11, 23))
    'Done'
    """
    late = is_open and due_on is not None and due_on < today
    return f"{label}, {when_due(due_on, today)}" if late else label


def is_soon(due_on: date | None, today: date) -> bool:
    """Whether an action is due within two weeks and not late.

    >>> is_soon(date(2026, 12, 1), date(2026, 11, 23)), is_soon(date(2026, 11, 1), date(2026, 11, 23))
    (True, False)
    """
    return due_on is not None and today <= due_on <= today + SOON


NOTHING_TO_DO = 9


def priority(*, statutory: bool, needs_action: bool, is_strength: bool, rated: bool, unsure: bool) -> tuple[int, str]:
    """Where a statement stands in the list of what to work on, and the reason in words.

    Lower numbers come first: the law before everything; then what needs development; then what people are unsure
    of; then what is on its way. `NOTHING_TO_DO` is for the rest, without a reason.

    >>> priority(statutory=True, needs_action=True, is_strength=False, rated=True, unsure=False)
    (0, 'First, because the law asks for this and it needs development')
    >>> priority(statutory=False, needs_action=False, is_strength=True, rated=True, unsure=True)
    (3, 'You were not sure about this one')
    """
    if statutory and needs_action:
        return 0, "First, because the law asks for this and it needs development"
    if needs_action:
        return 1, "You said this needs development"
    if statutory and rated and not is_strength:
        return 2, "The law asks for this, and it is only on its way"
    if unsure:
        return 3, "You were not sure about this one"
    if rated and not is_strength:
        return 4, "You said this is on its way"
    return NOTHING_TO_DO, ""


WORK_ON_IN_THIS_ORDER = "The weakest first; of these what the law asks for, then what has no action yet."
STRONG_IN_THIS_ORDER = "What the law asks for comes first, then what you have evidence for."


def work_on_order(*, rank: int, level: int | None, cared_for: bool) -> tuple[int, int, bool]:
    """Where a statement comes among what to work on: by `priority`, then the weakest level, then without an action.

    >>> sorted([work_on_order(rank=1, level=1, cared_for=True), work_on_order(rank=1, level=1, cared_for=False)])
    [(1, 1, False), (1, 1, True)]
    """
    return rank, level or 0, cared_for


def strong_order(*, statutory: bool, level: int, evidence: int) -> tuple[bool, int, bool]:
    """Where a statement comes among what is strong: the law first, then the best level, then with evidence.

    >>> strong_order(statutory=True, level=3, evidence=0) < strong_order(statutory=False, level=3, evidence=2)
    True
    """
    return not statutory, -level, not evidence


def reminder(due_on: date | None, today: date) -> tuple[str, str] | None:
    """The subject and the reason of a reminder, or None when there is nothing to say. Never what the action says.

    >>> reminder(date(2026, 11, 20), date(2026, 11, 23))
    ('An action of yours is overdue', 'You own an action in your setting’s plan that was due on a day now past.')
    >>> reminder(date(2027, 11, 20), date(2026, 11, 23))
    """
    if due_on is None or due_on > today + timedelta(days=7):
        return None
    if due_on < today:
        return (
            "An action of yours is overdue",
            "You own an action in your setting’s plan that was due on a day now past.",
        )
    return (
        "An action of yours is due within a week",
        "You own an action in your setting’s plan that is due within a week.",
    )
