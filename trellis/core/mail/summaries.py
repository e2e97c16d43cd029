"""One weekly message in place of many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from trellis.core.mail.sending import send
from trellis.core.models import SentMail
from trellis.core.rules.mail import MailKind, MailState

if TYPE_CHECKING:
    from trellis.core.mail.sending import Recipient


def ungathered() -> list[Recipient]:
    """The people for whom something waits for the weekly message."""
    waiting = SentMail.objects.filter(state=MailState.GATHERED, summary=None, user__isnull=False).select_related("user")
    return list({message.user_id: message.user for message in waiting.order_by("user_id")}.values())  # type: ignore[arg-type]


def anything_gathered() -> bool:
    """Whether there is anything to write about."""
    return SentMail.objects.filter(state=MailState.GATHERED, summary=None).exists()


def summarise_for(person: Recipient) -> SentMail | None:
    """Write one message about everything that waits for a person; once a day at most."""
    waiting = SentMail.objects.filter(user_id=person.pk, state=MailState.GATHERED, summary=None)
    summary = send(
        to=person,
        kind=MailKind.SUMMARY,
        subject="What has happened this week",
        reason="You asked to be told about these once a week.",
        link="",
        once_key=f"summary {timezone.localdate().isoformat()}",
    )
    if summary:
        waiting.update(summary=summary)
    return summary
