"""What becomes of e-mail when somebody deletes their account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.models import MailPreference, SentMail
from trellis.core.rules.mail import MailState

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.core.audit import Actor
    from trellis.core.personal import Leaver


def forget_address(*, address: str, organisation_id: UUID) -> int:
    """Forget an address without an account in what was sent to it for an organisation. How many messages there were.

    What has not left yet is kept back. That something was sent, and about what, stays as long as all mail does.
    """
    theirs = SentMail.objects.filter(user=None, address=address.lower(), organisation_id=organisation_id)
    waiting = theirs.filter(state__in=[MailState.QUEUED, MailState.GATHERED])
    waiting.update(state=MailState.KEPT_BACK, problem="It is not needed any more")
    # Without the key: two of whom the same was told would be one.
    return theirs.update(address="", link="", once_key="")


def forget_addresses(leaver: Leaver, by: Actor) -> None:
    """Keep back what has not left yet, and forget the address and the links of what was sent."""
    theirs = SentMail.objects.filter(user=leaver.user_id)
    waiting = theirs.filter(state__in=[MailState.QUEUED, MailState.GATHERED])
    waiting.update(state=MailState.KEPT_BACK, problem="This account is closed")
    theirs.update(address=leaver.new_email, link="")
    SentMail.objects.filter(user=None, address=leaver.email).exclude(
        state__in=[MailState.QUEUED, MailState.GATHERED]
    ).update(address=leaver.new_email, link="")
    MailPreference.objects.filter(user=leaver.user_id).delete()
