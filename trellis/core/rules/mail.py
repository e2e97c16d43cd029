"""E-mail: what kinds there are, what a person can wish for, and what becomes of a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class MailKind(StrEnum):
    """Why Trellis writes to somebody."""

    ACCOUNT = "account"
    INVITATION = "invitation"
    JOB_FAILED = "job_failed"
    JOB_DONE = "job_done"
    ACTION_REMINDER = "action_reminder"
    REVIEW_NEWS = "review_news"
    ORGANISATION_NEWS = "organisation_news"
    TRAINING = "training"
    TRAINING_REMINDER = "training_reminder"
    QUALIFICATION_ENDS = "qualification_ends"
    SUMMARY = "summary"


class Wish(StrEnum):
    """How a person wants to get one kind of e-mail."""

    AT_ONCE = "at_once"
    WEEKLY = "weekly"
    NEVER = "never"


WISH_LABELS: dict[Wish, str] = {
    Wish.AT_ONCE: "As it happens",
    Wish.WEEKLY: "Once a week, on Monday morning",
    Wish.NEVER: "Not by e-mail",
}


@dataclass(frozen=True)
class KindOfMail:
    """What a kind is called, and what people can choose; with one choice there is nothing to choose.

    `secret` links open something by themselves, so they are forgotten once the message has left.
    """

    label: str
    choices: tuple[Wish, ...]
    default: Wish = Wish.AT_ONCE
    secret: bool = False


_ALWAYS = (Wish.AT_ONCE,)
_ANY = (Wish.AT_ONCE, Wish.WEEKLY, Wish.NEVER)
KINDS: dict[MailKind, KindOfMail] = {
    MailKind.ACCOUNT: KindOfMail("Your sign-in: a new password, a new device", _ALWAYS, secret=True),
    MailKind.INVITATION: KindOfMail("Invitations", _ALWAYS, secret=True),
    MailKind.JOB_FAILED: KindOfMail("Something you asked for could not be finished", (Wish.AT_ONCE, Wish.NEVER)),
    MailKind.JOB_DONE: KindOfMail("Something long that you asked for is done", (Wish.AT_ONCE, Wish.NEVER)),
    MailKind.ACTION_REMINDER: KindOfMail("Your actions that are due or overdue", _ANY),
    MailKind.REVIEW_NEWS: KindOfMail("A review you take part in has moved on", _ANY, default=Wish.WEEKLY),
    MailKind.ORGANISATION_NEWS: KindOfMail("Requests and answers about your organisation", _ANY),
    MailKind.TRAINING: KindOfMail("Courses that you attend or teach: places, dates, changes", _ANY),
    MailKind.TRAINING_REMINDER: KindOfMail("Reminders of your sessions", (Wish.AT_ONCE, Wish.NEVER)),
    MailKind.QUALIFICATION_ENDS: KindOfMail("A qualification that runs out", (Wish.AT_ONCE, Wish.NEVER)),
    MailKind.SUMMARY: KindOfMail("The weekly summary of what you chose to get weekly", _ALWAYS),
}

SECRET = frozenset(kind for kind, about in KINDS.items() if about.secret)


class MailState(StrEnum):
    """What became of a message."""

    QUEUED = "queued"
    GATHERED = "gathered"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"
    FAILED = "failed"
    KEPT_BACK = "kept_back"


MAIL_STATE_LABELS: dict[MailState, str] = {
    MailState.QUEUED: "On its way",
    MailState.GATHERED: "In the next weekly summary",
    MailState.SENT: "Sent",
    MailState.DELIVERED: "Arrived",
    MailState.UNDELIVERABLE: "Did not arrive",
    MailState.FAILED: "Could not be sent",
    MailState.KEPT_BACK: "Not sent",
}
MAIL_MOVES: dict[MailState, frozenset[MailState]] = {
    MailState.QUEUED: frozenset({MailState.SENT, MailState.FAILED, MailState.KEPT_BACK}),
    MailState.GATHERED: frozenset({MailState.SENT, MailState.KEPT_BACK}),
    MailState.SENT: frozenset({MailState.DELIVERED, MailState.UNDELIVERABLE}),
    MailState.DELIVERED: frozenset(),
    MailState.UNDELIVERABLE: frozenset(),
    MailState.FAILED: frozenset(),
    MailState.KEPT_BACK: frozenset(),
}
# A message being handed over is nobody else’s for this long; then its worker counts as dead.
HANDOVER = timedelta(minutes=2)
# How long to wait after each attempt that the mail service did not take for good.
MAIL_WAITS = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6))


def wish_for(kind: MailKind, chosen: str | None) -> Wish:
    """How to send a kind to a person who chose `chosen`, or nothing.

    >>> wish_for(MailKind.ACTION_REMINDER, "never"), wish_for(MailKind.INVITATION, "never")
    (<Wish.NEVER: 'never'>, <Wish.AT_ONCE: 'at_once'>)
    """
    about = KINDS[kind]
    return Wish(chosen) if chosen in about.choices else about.default


def why_not_sent(wish: Wish) -> str | None:
    """Why a message stays here, or None if it goes.

    >>> why_not_sent(Wish.NEVER)
    'They chose not to get this by e-mail'
    """
    return "They chose not to get this by e-mail" if wish is Wish.NEVER else None


def masked(address: str) -> str:
    """An address for somebody who needs to see where e-mail fails, and not whose it is.

    >>> masked("amara.okafor@example.org")
    'a…@example.org'
    """
    name, _, host = address.rpartition("@")
    return f"{name[:1]}…@{host}"
