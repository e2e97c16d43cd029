"""A group asks settings to join it; they answer, and leave when they like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from trellis.core import mail
from trellis.core.audit import in_several_chains, record
from trellis.core.refusal import refuse
from trellis.organisations.models import GroupRequest, Membership, Organisation
from trellis.organisations.rules.groups import (
    GroupRequestState,
    why_not_ask_setting,
    why_not_join,
    why_not_leave,
    why_not_move_request,
)

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


@in_several_chains()
def ask_setting(*, number: str, by: Acting) -> GroupRequest:
    """Ask the setting with this provider number to join the group that `by` acts for. Raises `Refused`."""
    setting = Organisation.objects.filter(provider__number=number.replace(" ", "").upper()).first()
    asked = GroupRequest.objects.open().filter(group_id=by.organisation_id, setting=setting)
    refuse(
        why_not_ask_setting(
            on_trellis=setting is not None,
            in_this_group=setting is not None and setting.group_id == by.organisation_id,
            in_a_group=setting is not None and setting.group_id is not None,
            asked_already=setting is not None and asked.exists(),
        )
    )
    request = GroupRequest.objects.create(group_id=by.organisation_id, setting=setting, asked_by=by.user)  # type: ignore[misc]
    _tell_managers(request)
    _record_on_both_sides(request, "group.asked", by)
    return request


@in_several_chains()
def withdraw_request(*, request: GroupRequest, by: Acting) -> GroupRequest:
    """Take an unanswered request back. Raises `Refused` when it was answered."""
    _move(request, GroupRequestState.WITHDRAWN, by)
    mail.withdraw(once_key=f"group request {request.pk}")
    _record_on_both_sides(request, "group.request_withdrawn", by)
    return request


@in_several_chains()
def answer_request(*, request: GroupRequest, joins: bool, by: Acting) -> GroupRequest:
    """Say for the setting whether it joins the group. Raises `Refused` with the reason."""
    _move(request, GroupRequestState.ACCEPTED if joins else GroupRequestState.REFUSED, by)
    if joins:
        refuse(why_not_join(in_a_group=not _regroup(request.setting, None, request.group)))
    mail.send(
        to=request.asked_by,
        kind=mail.MailKind.ORGANISATION_NEWS,
        subject=f"{request.setting.name} has answered"[:150],
        reason=f"You asked {request.setting.name} to join {request.group.name}. They said {'yes' if joins else 'no'}.",
        link=reverse("group_settings"),
        organisation_id=request.group_id,
        once_key=f"group request {request.pk} answered",
    )
    _record_on_both_sides(request, "group.joined" if joins else "group.refused", by)
    return request


@in_several_chains()
def leave_group(*, setting: Organisation, by: Acting) -> Organisation:
    """Take a setting out of its group, by either side. It keeps everything else. Raises `Refused`."""
    group = setting.group
    refuse(why_not_leave(in_a_group=group is not None and _regroup(setting, group, None)))
    change = {"group": group.name if group else "", "setting": setting.name}
    for organisation in filter(None, (setting, group)):
        record(by=by, verb="group.left", subject=setting, change=change, organisation_id=organisation.pk)
    return setting


def _regroup(setting: Organisation, before: Organisation | None, after: Organisation | None) -> bool:
    """Bring a setting from one group, or none, to another; False when it is not where it was thought to be."""
    moved = Organisation.objects.filter(pk=setting.pk, group=before).update(group=after)
    setting.group = after if moved else setting.group
    return bool(moved)


def _move(request: GroupRequest, to: GroupRequestState, by: Acting) -> None:
    """Move an open request on. Raises `Refused` when somebody was faster."""
    now = timezone.now()
    moved = GroupRequest.objects.open().filter(pk=request.pk).update(state=to, decided_at=now, decided_by=by.user)
    if not moved:
        request.refresh_from_db()
        refuse(why_not_move_request(request.state, to))
    request.state, request.decided_at, request.decided_by = to, now, by.user


def _record_on_both_sides(request: GroupRequest, verb: str, by: Acting) -> None:
    """Either organisation reads in its own activity what happened between the two."""
    change = {"group": request.group.name, "setting": request.setting.name}
    for organisation_id in (request.group_id, request.setting_id):
        record(by=by, verb=verb, subject=request, change=change, organisation_id=organisation_id)


def _tell_managers(request: GroupRequest) -> None:
    managers = Membership.objects.live().answerable().filter(organisation_id=request.setting_id)
    for membership in managers.select_related("user"):
        mail.send(
            to=membership.user,
            kind=mail.MailKind.ORGANISATION_NEWS,
            subject=f"{request.group.name} asks {request.setting.name} to join"[:150],
            reason="You decide whether your setting belongs to this group of settings.",
            link=reverse("my_organisation"),
            organisation_id=request.setting_id,
            once_key=f"group request {request.pk}",
        )
