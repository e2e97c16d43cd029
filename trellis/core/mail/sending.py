"""Writing to somebody: the message is kept here until a worker hands it over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import Q

from trellis.core.models import MailPreference, SentMail
from trellis.core.rules.mail import SECRET, MailKind, MailState, Wish, why_not_sent, wish_for

if TYPE_CHECKING:
    from uuid import UUID

STATES: dict[Wish, MailState] = {
    Wish.AT_ONCE: MailState.QUEUED,
    Wish.WEEKLY: MailState.GATHERED,
    Wish.NEVER: MailState.KEPT_BACK,
}


class Recipient(Protocol):
    """A person with an account."""

    pk: UUID
    email: str
    is_active: bool


def send(
    *,
    to: Recipient | str,
    kind: MailKind,
    subject: str,
    reason: str,
    link: str,
    organisation_id: UUID | None = None,
    once_key: str = "",
) -> SentMail | None:
    """Write to a person, or to an address that has no account yet; a worker hands it over after the commit.

    `subject` and `reason` say why in a sentence each and nothing about a child; `link` is a path of this
    installation (of an address, only the path is used). `once_key` names what it is about (“action 1b2c… due
    2027-03-05”): the same person is told the same thing once. Returns the message; None when they were told
    already, chose not to get this kind, or cannot sign in any more. What was kept back is listed with its reason.
    """
    person = None if isinstance(to, str) else to
    wish = _wish(person, kind)
    problem = why_not_sent(wish) or ("" if person is None or person.is_active else "This account is closed")
    message = _write(
        user_id=person.pk if person else None,
        address=(person.email if person else str(to)).lower(),
        kind=kind,
        subject=" ".join(subject.split())[:150],  # names are in it, and a line break would end the heading
        reason=" ".join(reason.split())[:400],
        link="" if problem and (kind in SECRET or person is None) else path_of(link),
        organisation_id=organisation_id,
        once_key=once_key,
        state=MailState.KEPT_BACK if problem else STATES[wish],
        problem=problem,
    )
    return None if problem else message


def withdraw(*, once_key: str, why: str = "It is not needed any more", address: str = "") -> int:
    """Keep back what has not left yet, because the thing is done; only to one `address`, if said. Returns how many."""
    waiting = SentMail.objects.filter(once_key=once_key, state__in=[MailState.QUEUED, MailState.GATHERED])
    if address:
        waiting = waiting.filter(address=address)
    waiting.filter(Q(kind__in=SECRET) | Q(user=None)).update(link="")
    return waiting.update(state=MailState.KEPT_BACK, problem=why)


def tell_anew(*, once_key: str) -> int:
    """What a key names begins again: who was told can be told once more. Returns how many.

    What has not left yet says it already, and is not said twice.
    """
    told = SentMail.objects.exclude(state__in=[MailState.QUEUED, MailState.GATHERED]).filter(once_key=once_key)
    return told.update(once_key="")


def path_of(link: str) -> str:
    """A link without its host: the installation knows its own name, whatever a request said it was.

    >>> path_of("https://elsewhere.example/jobs/7?tab=2"), path_of("/jobs/7")
    ('/jobs/7?tab=2', '/jobs/7')
    """
    parts = urlsplit(link)
    return parts._replace(scheme="", netloc="").geturl()


def _wish(person: Recipient | None, kind: MailKind) -> Wish:
    """How the person wants this kind; somebody without an account has chosen nothing."""
    if person is None:
        return wish_for(kind, None)
    return wish_for(
        kind, MailPreference.objects.filter(user_id=person.pk, kind=kind).values_list("wish", flat=True).first()
    )


def _write(**fields: Any) -> SentMail | None:
    """Keep the message, or None when its `once_key` was used for the same person or address."""
    try:
        with transaction.atomic():
            return SentMail.objects.create(**fields)
    except IntegrityError:
        if _told(fields):
            return None
        raise


def _told(fields: dict[str, Any]) -> bool:
    """Whether the same person, or the same address without an account, has been told this already."""
    same = {"user_id": fields["user_id"]} if fields["user_id"] else {"user": None, "address": fields["address"]}
    return bool(fields["once_key"]) and SentMail.objects.filter(once_key=fields["once_key"], **same).exists()
