"""When somebody is reminded, and of what: of a session that comes, of a second cohort that is owed."""

from __future__ import annotations

JOINING, THREE_DAYS, ONE_DAY = "joining", "3 days", "1 day"
SESSION_STEPS: tuple[tuple[int, str], ...] = ((1, ONE_DAY), (3, THREE_DAYS), (14, JOINING))
"""So many days before a session, or fewer, somebody is told so much."""

DUTY_STEPS: tuple[tuple[int, str], ...] = ((0, "overdue"), (30, "30 days"), (90, "90 days"), (180, "180 days"))
REMIND_OF = ("promised", "planned")
"""Once the cohort runs, nobody is reminded."""


def session_step(days_left: int, *, first: bool) -> str | None:
    """What to tell of a session now, or None. Joining instructions come before the first session only.

    Whoever gets a place late is told what holds now, and nothing that has passed.

    >>> session_step(14, first=True), session_step(14, first=False), session_step(15, first=True)
    ('joining', None, None)
    >>> session_step(3, first=False), session_step(2, first=False), session_step(1, first=True), session_step(0, first=True)
    ('3 days', '3 days', '1 day', '1 day')
    >>> session_step(-1, first=True)
    """
    if days_left < 0:
        return None
    step = next((step for days, step in SESSION_STEPS if days_left <= days), None)
    return None if step == JOINING and not first else step


def session_words(step: str, days_left: int) -> tuple[str, str]:
    """The subject, and what is said of a course.

    >>> session_words("1 day", 0)
    ('Your session is today', 'has a session today')
    >>> session_words("3 days", 2)[0], session_words("joining", 9)[0]
    ('Your session is in 2 days', 'Before your first session')
    """
    if step == JOINING:
        return (
            "Before your first session",
            "starts soon. Where it is, how to get in and what to bring is behind the link",
        )
    when = {0: "today", 1: "tomorrow"}.get(days_left, f"in {days_left} days")
    return f"Your session is {when}", f"has a session {when}"


def duty_step(days_left: int, status: str) -> str | None:
    """What to tell of a second cohort now, or None.

    >>> duty_step(181, "promised"), duty_step(180, "promised"), duty_step(29, "planned"), duty_step(-3, "promised")
    (None, '180 days', '30 days', 'overdue')
    >>> duty_step(29, "running")
    """
    if status not in REMIND_OF:
        return None
    return next((step for days, step in DUTY_STEPS if days_left < days or (days and days_left == days)), None)
