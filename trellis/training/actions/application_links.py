"""The secret links to an application: made for each e-mail, kept as a hash, found again."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from trellis.core.mail import MailKind, send
from trellis.core.tokens import token_hash
from trellis.training.models import Application, ApplicationKey, KeyFor
from trellis.training.rules.applications import NEWS

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


def tell_applicant(application: Application, *, news: str = "", once_key: str = "") -> None:
    """Write where the application stands now, or other `news`, with a new link. What was answered, and why, no mail says."""
    send(
        to=application.user or application.email,
        kind=MailKind.INVITATION,
        subject=news or NEWS[application.status],
        reason=f"This is about your application for “{application.programme.title}”. "
        "What it means and what you can do is behind this link.",
        link=reverse("application", args=[make_key(application, KeyFor.APPLICANT)]),
        organisation_id=application.centre_id,
        once_key=once_key,
    )
