"""How somebody outside comes to a release: a link by e-mail, and a code that the setting passes on another way."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from trellis.core.audit import System, record
from trellis.core.mail import MailKind, send
from trellis.core.refusal import Refused
from trellis.core.tokens import token_hash
from trellis.review.models import ReleaseLink
from trellis.review.rules.release import CLOSED_FOR, MOST_WRONG_CODES, as_typed, new_code, why_not_try

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.review.models import Release

BY_ANYBODY = System("Somebody with the link and no code", acting_as="The page of a release")
WRONG = "That is not the code. Check it with whoever gave it to you"


def make_link(release: Release, by: Acting) -> ReleaseLink:
    """Send the link to whoever it is for. The token is in the e-mail only; here is its hash."""
    token = secrets.token_urlsafe(32)
    link = ReleaseLink.objects.create(release=release, token_hash=token_hash(token))
    send(
        to=release.outside_email,
        kind=MailKind.INVITATION,
        subject="A setting has released its SEND review to you",
        reason=f"{by.organisation_name} has released something for you to read. "
        "You need a code for it, which they give you another way.",
        link=reverse("open_by_link", args=[token]),
        organisation_id=release.organisation_id,
        once_key=f"release {release.pk}",
    )
    return link


@transaction.atomic
def make_code(*, release: Release, by: Acting) -> str:
    """Make a code for the link of a release; one made before stops working. Only its hash is kept.

    Raises `Refused` when the release has no link.
    """
    code = new_code(secrets.choice)
    changed = ReleaseLink.objects.filter(release=release, release__withdrawn_at=None).update(
        code_hash=code_hash(release, code),
        code_made_at=timezone.now(),
        code_made_by=by.user,
        wrong_codes=0,
        closed_until=None,
    )
    if not changed:
        raise Refused("Nobody outside reads this, so it needs no code")
    record(by=by, verb="release.code_made", subject=release)
    return code


@transaction.atomic
def try_code(*, link: ReleaseLink, code: str) -> str | None:
    """Try a code on a link: None when it is right, or the sentence to show. Five wrong ones close it for an hour, which
    the setting can read in its audit.

    The try is counted before the code is looked at, so that nobody tries many at once.
    """
    now = timezone.now()
    ReleaseLink.objects.filter(pk=link.pk, closed_until__lte=now).update(wrong_codes=0, closed_until=None)
    open_link = Q(closed_until__isnull=True)
    ReleaseLink.objects.filter(open_link, pk=link.pk).update(wrong_codes=F("wrong_codes") + 1)
    link.refresh_from_db()
    closed = why_not_try(closed_until=link.closed_until, now=now)
    if closed:
        return closed
    if link.code_hash and constant_time_compare(link.code_hash, code_hash(link.release, as_typed(code))):
        ReleaseLink.objects.filter(pk=link.pk).update(wrong_codes=0)
        return None
    if link.wrong_codes >= MOST_WRONG_CODES:
        ReleaseLink.objects.filter(pk=link.pk).update(closed_until=now + CLOSED_FOR)
        change = {"wrong_codes": link.wrong_codes}
        chain = link.release.organisation_id
        record(by=BY_ANYBODY, verb="release.link_closed", subject=link.release, change=change, organisation_id=chain)
    return WRONG


def code_hash(release: Release, code: str) -> str:
    """What is kept of a code: it is short, so the installation’s own key goes into its hash."""
    return salted_hmac("trellis.review.release_link", f"{release.pk} {code}", algorithm="sha256").hexdigest()


def find_link(token: str) -> ReleaseLink | None:
    """The link whose e-mail held this token."""
    found = ReleaseLink.objects.select_related("release__organisation")
    return found.filter(token_hash=token_hash(token)).first()
