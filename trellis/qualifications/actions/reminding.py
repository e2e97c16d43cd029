"""Reminding, once, of a qualification that runs out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from trellis.accounts.roles import Permission
from trellis.core.mail import MailKind, send
from trellis.organisations.models import Membership

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trellis.accounts.models import User
    from trellis.qualifications.models import Holding


def remind_of_end(*, holding: Holding) -> int:
    """Remind whoever holds it or, of somebody without an account, those who keep the list; how many messages go.

    The mail says neither what it is nor whose. A new end date is told of again; those who keep the list are told once of
    whatever ends on the same day.
    """
    what = f"holding {holding.pk}" if holding.user else f"holdings of {holding.organisation_id}"
    told = 0
    for person, link in _whom(holding):
        sent = send(
            to=person,
            kind=MailKind.QUALIFICATION_ENDS,
            subject="A qualification runs out soon",
            reason="Something that is written down among the qualifications has an end date that comes near.",
            link=link,
            organisation_id=holding.organisation_id,
            once_key=f"{what} until {holding.expires_on}",
        )
        told += sent is not None
    return told


def _whom(holding: Holding) -> Iterator[tuple[User, str]]:
    if holding.user:
        yield holding.user, reverse("my_qualifications")
        return
    keeping = Membership.objects.who_may(Permission.CHANGE_HOLDINGS).filter(organisation=holding.organisation_id)
    for member in keeping.select_related("user").order_by("pk"):
        yield member.user, reverse("holdings", query={"show": "running-out"})
