"""Who may invite whom, give whom which role, and end whose membership. Pure functions."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from trellis.accounts.roles import ANSWERABLE, Role, may_invite

INVITATION_LASTS = timedelta(days=14)


class InvitationState(StrEnum):
    """Where an invitation stands."""

    OPEN = "open"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


def state_of_invitation(
    *, now: datetime, expires_at: datetime, accepted_at: datetime | None, withdrawn_at: datetime | None
) -> InvitationState:
    """Where an invitation stands at a moment. It lasts to the end of `expires_at`, exclusively.

    >>> noon = datetime(2027, 3, 5, 12)
    >>> state_of_invitation(now=noon, expires_at=noon, accepted_at=None, withdrawn_at=None)
    <InvitationState.EXPIRED: 'expired'>
    """
    if accepted_at:
        return InvitationState.ACCEPTED
    if withdrawn_at:
        return InvitationState.WITHDRAWN
    return InvitationState.EXPIRED if expires_at <= now else InvitationState.OPEN


def why_not_invite(inviter: Role, role: Role, *, belongs_already: bool, invited_already: bool) -> str | None:
    """Why somebody cannot be invited in a role, or None if they can.

    >>> why_not_invite(Role.MANAGER, Role.SENCO, belongs_already=False, invited_already=False)
    >>> why_not_invite(Role.SENCO, Role.MANAGER, belongs_already=False, invited_already=False)
    'Only a manager can invite a manager'
    >>> why_not_invite(Role.CHILDMINDER, Role.PRACTITIONER, belongs_already=False, invited_already=False)
    'A childminder works alone here: you can invite a visiting reviewer'
    >>> why_not_invite(Role.MANAGER, Role.SENCO, belongs_already=False, invited_already=True)
    'There is an invitation for this address already: send it again'
    """
    if role not in may_invite(inviter):
        return _why_not_this_role(inviter, role)
    if belongs_already:
        return "Somebody with this address belongs to the organisation already"
    return "There is an invitation for this address already: send it again" if invited_already else None


def _why_not_this_role(inviter: Role, role: Role) -> str:
    if inviter == Role.CHILDMINDER:
        return "A childminder works alone here: you can invite a visiting reviewer"
    if inviter == Role.SENCO and role in may_invite(Role.MANAGER):
        return f"Only a manager can invite a {'manager' if role == Role.MANAGER else role.label}"
    return "Your role cannot invite people in this role"


def why_not_look_after(by: Role, role: Role) -> str | None:
    """Why somebody’s invitation cannot be sent again or withdrawn, or None if it can.

    >>> why_not_look_after(Role.SENCO, Role.MANAGER)
    'Only a manager can do this'
    >>> why_not_look_after(Role.SENCO, Role.PRACTITIONER)
    """
    if role in may_invite(by):
        return None
    return "Only a manager can do this" if by == Role.SENCO else "Your role cannot do this"


def why_not_change_role(by: Role, *, old: Role, new: Role, is_self: bool, others_answerable: int) -> str | None:
    """Why a person cannot get another role, or None if they can.

    `others_answerable` is how many other people of the organisation answer for it.

    >>> why_not_change_role(Role.MANAGER, old=Role.PRACTITIONER, new=Role.SENCO, is_self=False, others_answerable=1)
    >>> why_not_change_role(Role.MANAGER, old=Role.MANAGER, new=Role.SENCO, is_self=True, others_answerable=0)
    'Nobody else answers for this organisation: first give somebody else the role “Owner or manager”'
    >>> why_not_change_role(Role.SENCO, old=Role.SENCO, new=Role.DEPUTY_SENCO, is_self=True, others_answerable=1)
    'You cannot change your own role: ask the manager'
    """
    if old == new:
        return "They have this role already"
    if is_self and by != Role.MANAGER:
        return "You cannot change your own role: ask the manager"
    if old not in may_invite(by) or new not in may_invite(by):
        return "Only a manager can do this" if by == Role.SENCO else "Your role cannot do this"
    if old in ANSWERABLE and new not in ANSWERABLE:
        return why_not_without(old, others_answerable)
    return None


def why_not_end(by: Role, role: Role, *, is_self: bool, others_answerable: int) -> str | None:
    """Why a membership cannot be ended, or None if it can. Everyone may leave by themselves.

    >>> why_not_end(Role.MANAGER, Role.PRACTITIONER, is_self=False, others_answerable=0)
    >>> why_not_end(Role.PRACTITIONER, Role.PRACTITIONER, is_self=True, others_answerable=1)
    >>> why_not_end(Role.SENCO, Role.MANAGER, is_self=False, others_answerable=1)
    'Only a manager can do this'
    >>> why_not_end(Role.CHILDMINDER, Role.CHILDMINDER, is_self=True, others_answerable=0)
    'This is your own setting: without you there is nobody left in it'
    """
    if not is_self and role not in may_invite(by):
        return "Only a manager can do this" if by == Role.SENCO else "Your role cannot do this"
    return why_not_without(role, others_answerable) if role in ANSWERABLE else None


def why_not_without(role: Role, others_answerable: int) -> str | None:
    """Why an organisation cannot do without somebody in this role, or None if it can.

    >>> why_not_without(Role.MANAGER, 1)
    >>> why_not_without(Role.AUTHORITY_LEAD, 0)
    'Nobody else answers for this organisation: first give somebody else the role “Authority lead”'
    """
    if others_answerable:
        return None
    if role == Role.CHILDMINDER:
        return "This is your own setting: without you there is nobody left in it"
    return f"Nobody else answers for this organisation: first give somebody else the role “{role.label}”"


def why_not_accept(state: InvitationState, *, invited_email: str, own_email: str, belongs_already: bool) -> str | None:
    """Why a signed-in person cannot accept an invitation, or None if they can.

    >>> amara = "amara@example.org"
    >>> why_not_accept(InvitationState.OPEN, invited_email=amara, own_email=amara, belongs_already=False)
    >>> why_not_accept(InvitationState.OPEN, invited_email=amara, own_email="leila@example.org", belongs_already=False)
    'This invitation is for another e-mail address than yours'
    """
    if state != InvitationState.OPEN:
        return "This invitation cannot be used any more"
    if invited_email != own_email:
        return "This invitation is for another e-mail address than yours"
    return "You belong to this organisation already" if belongs_already else None


def why_not_leave_behind(name: str, *, is_setting: bool, role: str, others_answerable: int, others: int) -> str | None:
    """Why somebody who answers for an organisation cannot delete their account, or None if they can.

    `others` is how many other people belong to it. A setting with nobody else in it is asked about its records by
    those who keep them.

    >>> why_not_leave_behind("Bramble Lane", is_setting=True, role=Role.MANAGER, others_answerable=1, others=4)
    >>> why_not_leave_behind("Bramble Lane", is_setting=True, role=Role.MANAGER, others_answerable=0, others=4)
    'Nobody else answers for Bramble Lane: first give somebody else the role “Owner or manager”, or close the setting'
    >>> why_not_leave_behind("Fenwickshire", is_setting=False, role=Role.AUTHORITY_LEAD, others_answerable=0, others=0)
    'Nobody else answers for Fenwickshire: first give somebody else the role “Authority lead”'
    """
    if others_answerable or (is_setting and not others):
        return None
    what_else = ", or close the setting" if is_setting else ""
    return f"Nobody else answers for {name}: first give somebody else the role “{Role(role).label}”{what_else}"


def why_not_close(*, is_setting: bool) -> str | None:
    """Why an organisation cannot be closed by its own people, or None if it can.

    >>> why_not_close(is_setting=True)
    >>> why_not_close(is_setting=False)
    'Only a setting can be closed here: ask whoever runs this installation'
    """
    return None if is_setting else "Only a setting can be closed here: ask whoever runs this installation"


def why_not_close_unless_meant(*, typed: str, name: str) -> str | None:
    """Why a setting is not closed yet, or None if it can be: whoever does it types its name.

    >>> why_not_close_unless_meant(typed=" bramble lane nursery", name="Bramble Lane Nursery")
    >>> why_not_close_unless_meant(typed="Tall Oaks", name="Bramble Lane Nursery")
    'This is not the name of your setting. Type it as it stands above'
    """
    same = typed.strip().casefold() == name.strip().casefold()
    return None if same else "This is not the name of your setting. Type it as it stands above"
