"""Linking one’s account with one of another provider, and taking the link away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from trellis.accounts.actions.account import tell
from trellis.accounts.rules import why_not_link, why_not_unlink
from trellis.core.audit import record
from trellis.core.refusal import refuse

if TYPE_CHECKING:
    from trellis.accounts.acting import Themselves


@transaction.atomic
def link_account(*, issuer: str, subject: str, by: Themselves) -> SocialAccount:
    """Let an account of a provider open the person’s own from now on. Raises `Refused`. Nothing else of it is kept."""
    there = SocialAccount.objects.filter(provider=issuer, uid=subject).first()
    if there and there.user_id == by.user.pk:
        return there
    other = SocialAccount.objects.filter(user_id=by.user.pk, provider=issuer).exists()
    refuse(why_not_link(is_somebody_else_s=there is not None, has_one=other))
    linked = SocialAccount.objects.create(user=by.user, provider=issuer, uid=subject)
    tell(by.user, "Another account opens yours", "An account of another provider was linked with yours.")
    record(by=by, verb="person.sign_on_linked", subject=by.user, change={"provider": issuer})
    return linked


@transaction.atomic
def unlink_account(*, linked: SocialAccount, by: Themselves) -> None:
    """Take the link away. Raises `Refused` when the person could not come in any more."""
    refuse(why_not_unlink(has_password=by.user.has_usable_password()))
    issuer = linked.provider
    linked.delete()
    tell(by.user, "Another account opens yours no more", "The link of your account with another one was taken away.")
    record(by=by, verb="person.sign_on_unlinked", subject=by.user, change={"provider": issuer})
