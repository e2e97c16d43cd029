"""Handing messages over to whatever carries them. One that is not taken is tried again, later each time."""

from __future__ import annotations

import smtplib
from typing import TYPE_CHECKING

import structlog
from django.core.mail import get_connection
from django.db.models import F
from django.utils import timezone

from trellis.core.mail.message import compose
from trellis.core.models import SentMail
from trellis.core.rules.jobs import wait_after
from trellis.core.rules.mail import HANDOVER, MAIL_WAITS, SECRET, MailState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Any

log = structlog.get_logger("trellis.mail")


def deliver_due(*, at: datetime | None = None, most: int = 100) -> int:
    """Hand over the messages that are due, at most so many. Returns how many were tried.

    When the mail service does not answer, the rest stays for the next time.
    """
    connection, tried = get_connection(), 0
    try:
        for message in _claimed(at or timezone.now(), most):
            tried += 1
            if not _hand_over(message, connection):
                break
    finally:
        connection.close()
    return tried


def _claimed(at: datetime, most: int) -> Iterator[SentMail]:
    """Messages that this worker has taken: no other one hands them over meanwhile."""
    for pk in list(SentMail.objects.due(at).values_list("pk", flat=True)[:most]):
        mine = SentMail.objects.due(at).filter(pk=pk).order_by()
        if mine.update(attempts=F("attempts") + 1, next_try_at=at + HANDOVER):
            yield SentMail.objects.get(pk=pk)


def _hand_over(message: SentMail, connection: Any) -> bool:
    """Hand one message over, and note what became of it. False when nobody answered."""
    try:
        letter = compose(message)
        connection.open()
        connection.send_messages([letter])
    except Exception as error:
        connection.close()
        _not_taken(message, error)
        return refusal_code(error) is not None
    _taken(message, letter.service_id)
    return True


def _taken(message: SentMail, service_id: str) -> None:
    """The mail service has it."""
    now = timezone.now()
    _settle(message, MailState.SENT, sent_at=now, service_id=service_id, problem="")
    message.gathered.filter(state=MailState.GATHERED).update(state=MailState.SENT, sent_at=now)


def _not_taken(message: SentMail, error: Exception) -> None:
    """Try again later, unless the refusal is final or this was the last attempt."""
    code = refusal_code(error)
    problem = f"The mail service refused it ({code})" if code else "The mail service did not answer"
    log.warning("mail_not_taken", mail_id=str(message.pk), error=type(error).__qualname__, code=code)
    wait = None if is_final(error) else wait_after(message.attempts, MAIL_WAITS)
    if wait is None:
        _settle(message, MailState.FAILED, problem=problem, settled_at=timezone.now())
        message.gathered.filter(state=MailState.GATHERED).update(summary=None)  # the next summary tells it
    else:
        SentMail.objects.filter(pk=message.pk).update(problem=problem, next_try_at=timezone.now() + wait)


def _settle(message: SentMail, to: MailState, **changes: Any) -> None:
    """Bring a queued message to another state; a link that opens something by itself is forgotten."""
    if message.kind in SECRET or message.user_id is None:  # without an account every link opens something by itself
        changes["link"] = ""
    SentMail.objects.filter(pk=message.pk, state=MailState.QUEUED).update(state=to, **changes)


def refusal_code(error: Exception) -> int | None:
    """The number with which a mail service refused, or None when it did not answer at all.

    >>> refusal_code(smtplib.SMTPDataError(554, b"spam")), refusal_code(TimeoutError())
    (554, None)
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return min(code for code, _ in error.recipients.values())
    code = getattr(error, "smtp_code", None) or getattr(error, "status_code", None)
    return code if isinstance(code, int) else None


def is_final(error: Exception) -> bool:
    """Whether trying again cannot help: SMTP says 5xx of the message (not of our password), GOV.UK Notify says 400.

    >>> is_final(smtplib.SMTPDataError(554, b"spam")), is_final(smtplib.SMTPAuthenticationError(535, b"password"))
    (True, False)
    """
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    code = refusal_code(error) or 0
    return code >= 500 if isinstance(error, smtplib.SMTPException) else code == 400
