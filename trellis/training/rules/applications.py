"""Where an application and an offer stand, and what may become of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

APPLICATION_MOVES: dict[str, tuple[str, ...]] = {
    "draft": ("submitted", "withdrawn"),
    "submitted": ("manager_agreed", "manager_refused", "not_eligible", "withdrawn"),
    "manager_refused": ("submitted", "withdrawn"),
    "manager_agreed": ("eligible", "not_eligible", "needs_information", "withdrawn"),
    "needs_information": ("submitted", "manager_agreed", "eligible", "not_eligible", "withdrawn"),
    "not_eligible": ("submitted", "eligible", "needs_information", "withdrawn"),
    "eligible": ("offered", "waiting", "not_eligible", "needs_information", "withdrawn"),
    "waiting": ("offered", "eligible", "withdrawn"),
    "offered": ("accepted", "declined", "expired", "withdrawn"),
    "declined": ("waiting", "offered", "withdrawn"),
    "expired": ("waiting", "offered", "withdrawn"),
    "accepted": (),
    "withdrawn": (),
}
"""Status → the statuses that may follow it."""

OFFER_MOVES: dict[str, tuple[str, ...]] = {
    "open": ("accepted", "declined", "expired", "taken_back"),
    "accepted": (),
    "declined": (),
    "expired": (),
    "taken_back": (),
}
"""Status → the statuses that may follow it."""

CAN_BE_WRITTEN = ("draft", "needs_information")
CAME_TO_NOTHING = (
    "draft",
    "submitted",
    "manager_refused",
    "not_eligible",
    "needs_information",
    "declined",
    "expired",
    "withdrawn",
)
"""After a while without a change, these are forgotten."""
TO_DECIDE = ("manager_agreed", "eligible")
"""These wait for the centre: it offers a place, puts them on the waiting list or decides otherwise."""
ENDED = ("not_eligible", "declined", "expired", "accepted", "withdrawn")
"""These wait for nobody."""
ENDS_SOON = timedelta(days=3)
"""An offer whose last day is so near is told of on the first page of the centre."""
STEP_WORDS: dict[str, str] = {
    "answered": "what was missing is answered",
    "asked_again": "the setting is asked again",
    "booked": "the setting had applied for them",
    "decided_by_person": "decided by a person",
}
"""What the code of a step says; the code of a rule stands beside its sentence and says itself."""
NEWS: dict[str, str] = {
    "manager_refused": "Your setting has answered about a course",
    "eligible": "Your application for a course goes on: the centre decides next",
    "not_eligible": "There is a decision about your application for a course",
    "needs_information": "More is needed for your application for a course",
    "offered": "You are offered a place on a course",
    "waiting": "You are on the waiting list for a course",
    "expired": "Your offer of a place on a course has ended",
}
"""Where an application has got to → the subject of the mail that tells the applicant: the news, and no refusal.

A subject shows on a locked phone and stays among the messages that were sent."""
BOOKED_NEXT: dict[str, str] = {
    "draft": "They have an e-mail with a link and answer the rest there.",
    "submitted": "They have sent it. The setting has agreed with your booking.",
    "manager_agreed": "They have sent it. The centre now looks at it.",
    "manager_refused": "The setting says that it is not possible. They can ask you again.",
    "eligible": "They have sent it, and nothing speaks against a place. The centre now looks who can be offered one.",
    "not_eligible": "The centre has told them why. If that is wrong, write to the centre.",
    "needs_information": "The centre has asked them for more. They have an e-mail with a link.",
    "offered": "They have an e-mail with a link, and some days for their answer.",
    "accepted": "They have a place. You see how they attend under “Training of your people”.",
    "declined": "They left the place to somebody else.",
    "expired": "They did not answer in time. If they would still like a place, they write to the centre.",
    "waiting": "When a place falls free, it is offered to the next on the list. They get an e-mail.",
    "withdrawn": "They do not apply any more.",
}
"""Where an application stands → what that means for whoever booked somebody, and what comes next."""
SETTING_NEXT = "Your application for a course goes on: your setting is asked next"
OTHER_DATES = "Would other dates of a course suit you as well?"
NEXT_DATES = "You are on the waiting list for the next dates of a course"
MOVED_ON = "This application has moved on. Look at it again"
OVER = "This application is over"


def why_not_move(*, status: str, to: str) -> str | None:
    """Why an application cannot go from `status` to `to`, or None if it can.

    >>> why_not_move(status="waiting", to="accepted"), why_not_move(status="withdrawn", to="waiting")
    ('This application has moved on. Look at it again', 'This application is over')
    >>> why_not_move(status="eligible", to="offered")
    """
    if to in APPLICATION_MOVES[status]:
        return None
    return MOVED_ON if APPLICATION_MOVES[status] else OVER


def why_not_write(status: str) -> str | None:
    """Why the answers of an application cannot be changed any more, or None if they can.

    >>> why_not_write("submitted")
    'This application is sent. If an answer is wrong, withdraw it and apply again, or write to the centre'
    >>> why_not_write("draft")
    """
    if status in CAN_BE_WRITTEN:
        return None
    return "This application is sent. If an answer is wrong, withdraw it and apply again, or write to the centre"


def why_not_ask_again(status: str) -> str | None:
    """Why the setting cannot be asked once more, or None if it can.

    >>> why_not_ask_again("manager_refused")
    >>> why_not_ask_again("draft")
    'Your setting has not said no. Look at your application again'
    """
    return None if status == "manager_refused" else "Your setting has not said no. Look at your application again"


def why_not_send(*, status: str, missing: Collection[str]) -> str | None:
    """Why an application cannot be sent, or None if it can. `missing` names the questions without an answer.

    >>> why_not_send(status="draft", missing=["Your setting", "Your role"])
    'Not answered yet: your setting, your role'
    >>> why_not_send(status="draft", missing=[])
    """
    refused = why_not_write(status)
    if refused:
        return refused
    return "Not answered yet: " + ", ".join(each[:1].lower() + each[1:] for each in missing) if missing else None


def why_not_offer(
    *, cohort: str, held: int, most: int, has_one: bool, until: date, starts_on: date, today: date
) -> str | None:
    """Why a place in a cohort cannot be offered, or None if it can.

    `held` counts the places that are taken and those that are offered and not answered.

    >>> from datetime import date
    >>> days = {"until": date(2027, 3, 8), "starts_on": date(2027, 4, 2), "today": date(2027, 3, 1)}
    >>> why_not_offer(cohort="open", held=30, most=30, has_one=False, **days)
    'All 30 places of this cohort are taken or offered'
    >>> why_not_offer(cohort="planned", held=3, most=30, has_one=False, **days)
    'This cohort is not open for applications'
    >>> why_not_offer(cohort="open", held=3, most=30, has_one=False, **days | {"until": date(2027, 4, 3)})
    'The cohort begins on 2 April 2027, so the answer is needed before that'
    >>> why_not_offer(cohort="open", held=3, most=30, has_one=False, **days)
    """
    if cohort not in ("open", "running"):
        return "This cohort is not open for applications"
    if has_one:
        return "Somebody with this e-mail address has a place in this cohort already"
    if held >= most:
        if most == 1:
            return "The only place of this cohort is taken or offered"
        return f"All {most} places of this cohort are taken or offered"
    if until < today:
        return "The last day for the answer is in the past"
    if starts_on > today and until > starts_on:
        return f"The cohort begins on {starts_on.day} {starts_on:%B %Y}, so the answer is needed before that"
    return None


def offer_until(*, today: date, days: int, starts_on: date) -> date:
    """Until when an offer stands: so many days, but not beyond the first session.

    >>> from datetime import date
    >>> offer_until(today=date(2027, 3, 1), days=7, starts_on=date(2027, 4, 2))
    datetime.date(2027, 3, 8)
    >>> offer_until(today=date(2027, 3, 30), days=7, starts_on=date(2027, 4, 2))
    datetime.date(2027, 4, 2)
    """
    last = today + timedelta(days=days)
    return max(today, min(last, starts_on)) if starts_on >= today else last


def why_not_answer(*, status: str, until: date, today: date) -> str | None:
    """Why an offer cannot be answered any more, or None if it can.

    >>> from datetime import date
    >>> why_not_answer(status="open", until=date(2027, 3, 8), today=date(2027, 3, 9))
    'This offer could be answered until 8 March 2027'
    >>> why_not_answer(status="accepted", until=date(2027, 3, 8), today=date(2027, 3, 8))
    'This offer is answered already'
    >>> why_not_answer(status="open", until=date(2027, 3, 8), today=date(2027, 3, 8))
    """
    if status != "open":
        return "This offer is answered already" if status in ("accepted", "declined") else "This offer has ended"
    return f"This offer could be answered until {until.day} {until:%B %Y}" if today > until else None


def why_not_confirm(*, status: str, agreed: bool, all_four: bool, because: str) -> str | None:
    """Why the answer of the setting cannot be taken, or None if it can.

    >>> why_not_confirm(status="submitted", agreed=True, all_four=False, because="")
    'Confirm all four, or say why it is not possible'
    >>> why_not_confirm(status="submitted", agreed=False, all_four=False, because="")
    'Say why it is not possible'
    >>> why_not_confirm(status="eligible", agreed=True, all_four=True, because="")
    'This is answered already'
    >>> why_not_confirm(status="submitted", agreed=True, all_four=True, because="")
    """
    if status != "submitted":
        return "This is answered already" if status not in ("draft", "withdrawn") else OVER
    if agreed:
        return None if all_four else "Confirm all four, or say why it is not possible"
    return None if because else "Say why it is not possible"
