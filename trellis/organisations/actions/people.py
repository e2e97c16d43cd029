"""Inviting people, giving them another role, saying goodbye."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.acting import Acting, Themselves
from trellis.accounts.actions import create_person
from trellis.accounts.roles import Role
from trellis.accounts.rules import normal_email
from trellis.core import mail
from trellis.core.audit import in_several_chains, record
from trellis.core.dates import day
from trellis.core.refusal import refuse
from trellis.core.tokens import token_hash
from trellis.organisations.models import Invitation, Membership, Organisation
from trellis.organisations.rules.people import (
    INVITATION_LASTS,
    why_not_accept,
    why_not_change_role,
    why_not_end,
    why_not_invite,
    why_not_look_after,
)

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.models import User

ANSWERED = "This invitation was answered or withdrawn in the meantime"


@transaction.atomic
def invite(*, email: str, name: str, role: Role, by: Acting) -> Invitation:
    """Invite somebody to the organisation that `by` acts for. Raises `Refused` with the reason."""
    address = normal_email(email)
    here = Membership.objects.live().filter(organisation_id=by.organisation_id)
    invited = Invitation.objects.unanswered().filter(organisation_id=by.organisation_id, email=address)
    refuse(
        why_not_invite(
            by.role,
            role,
            belongs_already=here.filter(user__email=address).exists(),
            invited_already=invited.exists(),
        )
    )
    organisation = Organisation.objects.get(pk=by.organisation_id)
    return write_invitation(organisation=organisation, email=address, name=name, role=role, by=by)


@transaction.atomic
def write_invitation(*, organisation: Organisation, email: str, name: str, role: Role, by: Acting) -> Invitation:
    """Write an invitation to any organisation and send it. Whoever calls this has asked whether `by` may.

    Raises `IntegrityError` when the address has an unanswered invitation to the organisation.
    """
    token, now = secrets.token_urlsafe(32), timezone.now()
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=normal_email(email),
        name=name.strip(),
        role=role,
        token_hash=token_hash(token),
        invited_at=now,
        invited_by=by.user,
        expires_at=now + INVITATION_LASTS,
    )
    _send(invitation, token, by)
    _record(invitation, "invitation.sent", by, {"role": [None, role]})
    return invitation


@transaction.atomic
def resend(*, invitation: Invitation, by: Acting) -> Invitation:
    """Send an unanswered invitation again, for another fourteen days. The earlier link stops working."""
    refuse(why_not_look_after(by.role, Role(invitation.role)))
    mail.withdraw(once_key=once_for(invitation), why="The invitation was sent again")
    token = secrets.token_urlsafe(32)
    _change(invitation, token_hash=token_hash(token), expires_at=timezone.now() + INVITATION_LASTS)
    _send(invitation, token, by)
    _record(invitation, "invitation.sent_again", by)
    return invitation


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Acting) -> Invitation:
    """Take an unanswered invitation back. Its link stops working."""
    refuse(why_not_look_after(by.role, Role(invitation.role)))
    return take_back(invitation=invitation, by=by)


@transaction.atomic
def take_back(*, invitation: Invitation, by: Acting) -> Invitation:
    """Take an unanswered invitation to any organisation back. Whoever calls this has asked whether `by` may."""
    _change(invitation, withdrawn_at=timezone.now(), withdrawn_by=by.user)
    mail.withdraw(once_key=once_for(invitation), why="The invitation was withdrawn")
    _record(invitation, "invitation.withdrawn", by)
    return invitation


@transaction.atomic
def accept(*, invitation: Invitation, by: Themselves) -> Membership:
    """Join the organisation one was invited to. Raises `Refused` with the reason."""
    now, user = timezone.now(), by.user
    here = Membership.objects.live().filter(organisation_id=invitation.organisation_id, user=user)
    refuse(
        why_not_accept(
            invitation.state(now),
            invited_email=invitation.email,
            own_email=user.email,
            belongs_already=here.exists(),
        )
    )
    _change(invitation, accepted_at=now, accepted_by=user)
    membership = Membership.objects.create(
        user=user, organisation_id=invitation.organisation_id, role=invitation.role, since=now
    )
    mail.withdraw(once_key=once_for(invitation), why="The invitation was accepted")
    _record(invitation, "invitation.accepted", by)
    _record(membership, "membership.began", by, {"role": [None, membership.role]})
    return membership


@in_several_chains()
def accept_as_new_person(*, invitation: Invitation, name: str, password: str | None) -> User:
    """Make an account for the address that was invited, and join; without a password for somebody who has shown by
    single sign-on that the address is theirs. Raises `Refused`, or `ValidationError`.
    """
    user = create_person(name=name, email=invitation.email, password=password)
    accept(invitation=invitation, by=Themselves(user))
    return user


@transaction.atomic
def change_role(*, membership: Membership, role: Role, by: Acting) -> Membership:
    """Give a person of one’s organisation another role. Raises `Refused` with the reason."""
    old = Role(membership.role)
    refuse(
        why_not_change_role(
            by.role,
            old=old,
            new=role,
            is_self=membership.user_id == by.user.pk,
            others_answerable=_others_answerable(membership),
        )
    )
    membership.role = role
    membership.save(update_fields=["role"])
    _record(membership, "membership.role_changed", by, {"role": [old, role]})
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: Acting) -> Membership:
    """End a person’s membership, at once. Raises `Refused` with the reason."""
    refuse(
        why_not_end(
            by.role,
            Role(membership.role),
            is_self=membership.user_id == by.user.pk,
            others_answerable=_others_answerable(membership),
        )
    )
    membership.ended_at, membership.ended_by = timezone.now(), by.user
    membership.save(update_fields=["ended_at", "ended_by"])
    _record(membership, "membership.ended", by, {"role": [membership.role, None]})
    return membership


def hold_organisation(organisation_id: UUID) -> None:
    """Let nobody else change who belongs to an organisation until this transaction ends.

    Its row is written as it is, so that of two managers who end each other the second waits for the first, and is
    counted afresh.
    """
    Organisation.objects.filter(pk=organisation_id).update(kind=F("kind"))


def _others_answerable(membership: Membership) -> int:
    """How many other people answer for the organisation, among whom nobody changes anything until this transaction ends."""
    hold_organisation(membership.organisation_id)
    here = Membership.objects.live().answerable().filter(organisation_id=membership.organisation_id)
    return here.exclude(pk=membership.pk).count()


def _change(invitation: Invitation, **fields: Any) -> None:
    """Change an invitation that nobody has answered. Raises `Refused` when somebody was faster."""
    changed = Invitation.objects.unanswered().filter(pk=invitation.pk).update(**fields)
    refuse(None if changed else ANSWERED)
    for name, value in fields.items():
        setattr(invitation, name, value)


def _send(invitation: Invitation, token: str, by: Acting) -> None:
    """Write to the address: who invites them, to what, as what, and until when."""
    role = "" if by.alone else f" as {invitation.get_role_display()}"
    mail.send(
        to=invitation.email,
        kind=mail.MailKind.INVITATION,
        subject=f"{by.user.name} invites you to {invitation.organisation.name}"[:150],
        reason=f"{by.user.name} invites you to {invitation.organisation.name}{role}. "
        f"The link works until {day(invitation.expires_at)}.",
        link=reverse("accept_invitation", args=[token]),
        organisation_id=invitation.organisation_id,
        once_key=once_for(invitation),
    )


def once_for(invitation: Invitation) -> str:
    """What its latest e-mail is about, so that one that has not left yet can be kept back."""
    return f"invitation {invitation.pk} {invitation.token_hash[:12]}"


def _record(
    subject: Invitation | Membership, verb: str, by: Acting | Themselves, change: dict[str, Any] | None = None
) -> None:
    """In the chain of the organisation that the invitation or membership belongs to."""
    organisation_id: UUID = subject.organisation_id
    record(by=by, verb=verb, subject=subject, change=change, organisation_id=organisation_id)
