"""What becomes of organisations when somebody deletes their account, and closing a setting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from trellis.core import mail
from trellis.core.audit import in_several_chains, record
from trellis.core.refusal import refuse
from trellis.organisations.actions.people import hold_organisation, once_for
from trellis.organisations.models import ClaimRequest, Invitation, Membership, Organisation, RegisterImport
from trellis.organisations.rules.claims import ClaimState
from trellis.organisations.rules.people import why_not_close, why_not_leave_behind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from trellis.accounts.acting import Acting
    from trellis.core.audit import Actor
    from trellis.core.personal import Leaver, Person

GONE = "Whoever asked has deleted their account"


def what_would_be_left_alone(person: Person) -> Iterator[str]:
    """The organisations for which nobody else answers, each with what has to happen first."""
    for membership in Membership.objects.live().answerable().filter(user=person.pk).select_related("organisation"):
        others = Membership.objects.live().filter(organisation=membership.organisation_id).exclude(pk=membership.pk)
        reason = why_not_leave_behind(
            membership.organisation.name,
            is_setting=membership.organisation.kind == "setting",
            role=membership.role,
            others_answerable=others.answerable().count(),
            others=others.count(),
        )
        if reason:
            yield reason


def leave_organisations(leaver: Leaver, by: Actor) -> None:
    """End the person’s memberships, what they asked for and whom they invited, and forget their name where it was
    written down. Raises `Refused` when somebody else stopped answering for an organisation in the meantime.
    """
    live = Membership.objects.live().filter(user=leaver.user_id)
    for organisation in Organisation.objects.filter(pk__in=live.values("organisation")).order_by("pk"):
        hold_organisation(organisation.pk)
    user = by.user  # type: ignore[attr-defined] # whoever deletes their account is a person
    refuse(next(what_would_be_left_alone(user), None))
    _end(list(live), by)
    _withdraw(Invitation.objects.unanswered().filter(invited_by=leaver.user_id), by)
    _withdraw(Invitation.objects.unanswered().filter(email=leaver.email), by)
    named = {"name": leaver.new_name, "email": leaver.new_email}
    Invitation.objects.filter(accepted_by=leaver.user_id).update(**named)
    Invitation.objects.filter(email=leaver.email).update(**named)
    theirs = ClaimRequest.objects.filter(asked_by=leaver.user_id)
    theirs.open().update(state=ClaimState.REFUSED, reason=GONE, decided_at=timezone.now(), decided_by=leaver.user_id)
    theirs.update(message="")
    ClaimRequest.objects.filter(asked_by=None, email=leaver.email).update(**named, message="")
    RegisterImport.objects.filter(asked_by=leaver.user_id).update(asked_by_name=leaver.new_name)


@in_several_chains()
def close_setting(*, setting: Organisation, by: Acting) -> None:
    """Let everybody leave a setting at once, and call off its invitations. Nobody opens its records any more.

    Whoever decides about settings can invite somebody to it again. Raises `Refused`.
    """
    refuse(why_not_close(is_setting=setting.kind == "setting"))
    hold_organisation(setting.pk)
    _withdraw(setting.invitations.unanswered(), by)
    _end(list(Membership.objects.live().filter(organisation=setting)), by)
    record(by=by, verb="organisation.closed", subject=setting, organisation_id=setting.pk)


def _end(memberships: list[Membership], by: Actor) -> None:
    for membership in memberships:
        membership.ended_at, membership.ended_by_id = timezone.now(), by.actor_id
        membership.save(update_fields=["ended_at", "ended_by"])
        _record(membership, "membership.ended", by, {"role": [membership.role, None]})


def _withdraw(invitations: Any, by: Actor) -> None:
    for invitation in list(invitations):
        invitation.withdrawn_at, invitation.withdrawn_by_id = timezone.now(), by.actor_id
        invitation.save(update_fields=["withdrawn_at", "withdrawn_by"])
        mail.withdraw(once_key=once_for(invitation), why="The invitation was withdrawn")
        _record(invitation, "invitation.withdrawn", by, {})


def _record(subject: Membership | Invitation, verb: str, by: Actor, change: dict[str, Any]) -> None:
    organisation_id: UUID = subject.organisation_id
    record(by=by, verb=verb, subject=subject, change=change, organisation_id=organisation_id)
