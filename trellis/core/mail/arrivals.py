"""Whether messages arrived, as far as the mail service can tell."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from trellis.core.mail.notify import ARRIVED, DID_NOT_ARRIVE, arrival_of
from trellis.core.models import SentMail
from trellis.core.rules.mail import MailState

# GOV.UK Notify tries for three days and keeps what it knows for seven.
ASK_FOR = timedelta(days=4)


def any_on_their_way() -> bool:
    """Whether there is anything to ask about."""
    return SentMail.objects.awaiting_an_answer(timezone.now() - ASK_FOR).exists()


def ask_about(message: SentMail) -> None:
    """Ask the mail service about one message, and note the answer if it is final."""
    status = arrival_of(message.service_id)
    if status == ARRIVED:
        _note(message, MailState.DELIVERED, "")
    elif status in DID_NOT_ARRIVE:
        _note(message, MailState.UNDELIVERABLE, DID_NOT_ARRIVE[status])


def _note(message: SentMail, state: MailState, problem: str) -> None:
    """Settle a sent message."""
    sent = SentMail.objects.filter(pk=message.pk, state=MailState.SENT)
    sent.update(state=state, problem=problem, settled_at=timezone.now())
