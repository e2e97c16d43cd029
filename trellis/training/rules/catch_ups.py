"""What may become of a catch-up."""

from __future__ import annotations

from trellis.training.rules.attendance import WITH_MINUTES

CATCH_UP_MOVES: dict[str, tuple[str, ...]] = {"open": ("done", "ended"), "done": ("undone",), "ended": (), "undone": ()}
"""Status → the statuses that may follow it by somebody’s word. What was signed off wrongly stays, as undone. A mark that changes ends what no longer fits it; whoever
missed the part again has a new one."""


def why_not_open(*, status: str, guided: int, live: bool, place: str, off: bool) -> str | None:
    """Why no catch-up can be opened for what somebody lost by being late or leaving early, or None if it can.

    `off` says that the session, or all of its cohort, was cancelled.

    >>> said = {"status": "late", "guided": 90, "live": False, "place": "taken", "off": False}
    >>> why_not_open(**said)
    >>> why_not_open(**said | {"status": "present"})
    'They lost no guided time here by being late or leaving early'
    >>> why_not_open(**said | {"live": True})
    'There is something to catch up on here already'
    >>> why_not_open(**said | {"place": "withdrawn"})
    'They have no place in this cohort any more'
    """
    if off:
        return "This was cancelled, so there is nothing to catch up on"
    if place == "withdrawn":
        return "They have no place in this cohort any more"
    if status not in WITH_MINUTES or not guided:
        return "They lost no guided time here by being late or leaving early"
    return "There is something to catch up on here already" if live else None


def why_not_close(
    *, status: str, to: str, method: str = "", minutes: int = 0, planned: int = 0, because: str = ""
) -> str | None:
    """Why a catch-up cannot be signed off or ended, or None if it can. `planned` are the minutes of what is caught up.

    >>> why_not_close(status="open", to="done", method="webcast", minutes=0)
    'Enter for how many minutes they caught up'
    >>> why_not_close(status="open", to="ended")
    'Say why it is not caught up'
    >>> why_not_close(status="done", to="ended", because="A mistake")
    'This has moved on. Look at it again'
    >>> why_not_close(status="open", to="done", method="one_to_one", minutes=60, planned=120)
    >>> why_not_close(status="open", to="done", method="one_to_one", minutes=500, planned=120)
    'This part took 120 minutes: enter no more than that'
    """
    if to not in CATCH_UP_MOVES[status]:
        return "This has moved on. Look at it again"
    if to == "ended":
        return None if because else "Say why it is not caught up"
    if not method:
        return "Choose how they caught up"
    if minutes <= 0:
        return "Enter for how many minutes they caught up"
    return f"This part took {planned} minutes: enter no more than that" if minutes > planned else None


def why_not_undo(*, status: str, own: bool, completed: bool, because: str) -> str | None:
    """Why a sign-off cannot be taken back, or None if it can.

    >>> why_not_undo(status="open", own=False, completed=False, because="A slip")
    'This is not signed off. Look at it again'
    >>> why_not_undo(status="done", own=False, completed=False, because="")
    'Say why the sign-off was wrong'
    >>> why_not_undo(status="done", own=True, completed=False, because="A slip")
    'Nobody decides about what they caught up on themselves'
    >>> why_not_undo(status="done", own=False, completed=True, because="A slip")
    'They have completed the course with these minutes. Void that they completed it first'
    >>> why_not_undo(status="done", own=False, completed=False, because="A slip")
    """
    if "undone" not in CATCH_UP_MOVES[status]:
        return "This is not signed off. Look at it again"
    if own:
        return "Nobody decides about what they caught up on themselves"
    if completed:
        return "They have completed the course with these minutes. Void that they completed it first"
    return None if because else "Say why the sign-off was wrong"


def why_not_sign_off(*, own: bool) -> str | None:
    """Why somebody cannot sign off a catch-up, or None if they can.

    >>> why_not_sign_off(own=True)
    'Nobody signs off what they caught up on themselves'
    """
    return "Nobody signs off what they caught up on themselves" if own else None
