"""What a message says: a reason, a link, who we are, and how to change what one gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from trellis.core.rules.mail import KINDS, MailKind, MailState

if TYPE_CHECKING:
    from trellis.core.models import SentMail


class Letter(EmailMultiAlternatives):
    """A message on its way. `again` says that an earlier attempt may have got through unnoticed.

    A mail service that has names of its own puts one into `service_id`.
    """

    reference = ""
    again = False
    service_id = ""


def compose(message: SentMail) -> Letter:
    """The plain text and HTML of a message, from one pair of templates."""
    about = {
        "subject": message.subject,
        "reason": message.reason,
        "link": settings.BASE_ADDRESS + message.link if message.link else "",
        "gathered": [(each.subject, settings.BASE_ADDRESS + each.link) for each in gathered_in(message)],
        "preferences": settings.BASE_ADDRESS + reverse("mail_preferences"),
        "can_choose": _can_choose(message),
    }
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    letter = Letter(
        subject=message.subject,
        body=render_to_string("core/mail_message.txt", about),
        to=[message.address],
        headers={"Message-ID": f"<{message.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    letter.attach_alternative(render_to_string("core/mail_message.html", about), "text/html")
    letter.reference = str(message.pk)
    letter.again = message.attempts > 1
    return letter


def _can_choose(message: SentMail) -> bool:
    """Whether there is anything to choose, and somebody who can sign in to choose it."""
    return bool(message.user_id) and (
        len(KINDS[MailKind(message.kind)].choices) > 1 or message.kind == MailKind.SUMMARY
    )


def gathered_in(summary: SentMail) -> list[SentMail]:
    """What a weekly summary tells about, without what was settled meanwhile."""
    if summary.kind != MailKind.SUMMARY:
        return []
    return list(summary.gathered.filter(state=MailState.GATHERED).order_by("created_at"))
