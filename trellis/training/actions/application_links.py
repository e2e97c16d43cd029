"""The secret links to an application: made for each e-mail, kept as a hash, found again."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from trellis.core.mail import MailKind, send
from trellis.core.tokens import token_hash
from trellis.training.models import Application, ApplicationKey, KeyFor

KEY_WORKS = timedelta(days=180)


def make_key(application: Application, opens_for: str) -> str:
    """A new link. The token is not kept; here is its hash."""
    token = secrets.token_urlsafe(32)
    until = timezone.now() + KEY_WORKS
    ApplicationKey.objects.create(
        application=application, opens_for=opens_for, token_hash=token_hash(token), until=until
    )
    return token


def find_application(token: str, opens_for: str) -> Application | None:
    """The application whose link held this token, for whom it was made."""
    keys = ApplicationKey.objects.usable(timezone.now()).filter(token_hash=token_hash(token), opens_for=opens_for)
    key = keys.select_related("application__programme__centre", "application__authority").first()
    return key.application if key else None


def tell_applicant(application: Application, *, what: str = "News", once_key: str = "") -> None:
    """Write that there is news, or a question, with a new link. Whatever it is, the mail says no more."""
    send(
        to=application.user or application.email,
        kind=MailKind.INVITATION,
        subject=f"{what} about your application",
        reason=f"{what} about your application for “{application.programme.title}”: see it with this link.",
        link=reverse("application", args=[make_key(application, KeyFor.APPLICANT)]),
        organisation_id=application.centre_id,
        once_key=once_key,
    )
