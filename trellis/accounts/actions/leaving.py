"""Deleting one’s account: docs/decisions/0170-a-deleted-account-stays-as-a-former-colleague.md."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.acting import Themselves
from trellis.accounts.models import User
from trellis.accounts.rules import FORMER, address_of_nobody
from trellis.core import mail
from trellis.core.audit import in_several_chains, record
from trellis.core.personal import Leaver, leave, why_not_leave
from trellis.core.refusal import refuse


@in_several_chains()
def delete_account(*, by: Themselves) -> User:
    """Take the person out of their account, for good. Raises `Refused` with what stands in the way.

    What they wrote in reviews stays, by “A former colleague”. Everything by which they could come in ends, in every
    app, and they are told by a last e-mail. From here on nothing that is written says who they were.
    """
    User.objects.filter(pk=by.user.pk).update(is_active=F("is_active"))  # the second of two who do this at once waits
    user = User.objects.get(pk=by.user.pk)
    refuse(next(iter(why_not_leave(user)), None))
    leaver = Leaver(user.pk, user.name, user.email, FORMER, address_of_nobody(user.pk.hex))
    user.name, user.email, user.new_email = leaver.new_name, leaver.new_email, ""
    user.is_active, user.deleted_at = False, timezone.now()
    user.set_unusable_password()
    user.save(update_fields=["name", "email", "new_email", "is_active", "deleted_at", "password"])
    nobody = Themselves(user)
    leave(leaver, nobody)
    Authenticator.objects.filter(user_id=user.pk).delete()
    SocialAccount.objects.filter(user_id=user.pk).delete()
    user.sessions.all().delete()
    record(by=nobody, verb="person.deleted", subject=user)
    mail.send(
        to=leaver.email,
        kind=mail.MailKind.ACCOUNT,
        subject="Your account is deleted",
        reason="You deleted your account, and nobody can sign in with it any more. What you wrote in reviews stays, "
        "without your name. The page says what is kept.",
        link=reverse("privacy"),
    )
    return user
