"""Asking an authority for help, answering, and saying whether it helped. Nothing of a review is released by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.audit import in_several_chains, record
from trellis.core.mail import MailKind, send, withdraw
from trellis.core.refusal import Refused, refuse
from trellis.review.actions.telling import whom_to_tell
from trellis.review.models import HelpRequest, HelpStatus, HelpStep, HelpStepKind
from trellis.review.released.reading import authority_of, people_who
from trellis.review.rules.help import why_not_ask, why_not_move_help

if TYPE_CHECKING:
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User
    from trellis.organisations.models import Organisation
    from trellis.review.models import Statement

IN_THE_MEANTIME = "Somebody else has just done something with this request. Look at it again"
ENDS = (HelpStatus.CLOSED, HelpStatus.WITHDRAWN)


@in_several_chains()
def ask_for_help(
    *,
    setting: Organisation,
    topic: str,
    wanted: str,
    by_when: date | None,
    words: str,
    by: Acting,
    statement: Statement | None = None,
) -> HelpRequest:
    """Ask the setting’s authority for help. Raises `Refused` when nobody there is on Trellis."""
    authority = authority_of(setting)
    people = people_who(Permission.ANSWER_HELP, [authority]).count() if authority else 0
    refuse(why_not_ask(authority_is_here=authority is not None, people=people))
    request = HelpRequest.objects.create(
        organisation=setting,
        asked_of=authority,  # type: ignore[misc]
        statement=statement,
        topic=topic,
        wanted=wanted,
        by_when=by_when,
        words=words,
        asked_by=by.user,
    )
    HelpStep.objects.create(request=request, kind=HelpStepKind.ASKED, words=words, by=by.user)
    _tell_authority(request, "A setting asks for help", f"help {request.pk}")
    _record_on_both_sides(request, "help.asked", by)
    return request


@in_several_chains()
def answer_help(*, request: HelpRequest, words: str, by: Acting) -> HelpRequest:
    """Answer a request, for the first time or again; whoever answers what nobody was given sees to it. Raises `Refused`
    with the sentence.
    """
    fields: dict[str, Any] = {"first_answered_at": request.first_answered_at or timezone.now()}
    if request.assigned_to_id is None:
        fields["assigned_to"] = by.user
    _move(request, HelpStatus.ANSWERED, words, by, HelpStepKind.ANSWERED, **fields)
    withdraw(once_key=f"help {request.pk}", why="It was answered")
    _tell_setting(request, "Your request for help was answered")
    _record_on_both_sides(request, "help.answered", by)
    return request


@in_several_chains()
def close_help(*, request: HelpRequest, words: str, by: Acting) -> HelpRequest:
    """Close a request for the authority, and say why. Raises `Refused` with the sentence."""
    _move(request, HelpStatus.CLOSED, words, by, HelpStepKind.CLOSED)
    withdraw(once_key=f"help {request.pk}", why="It was closed")
    _tell_setting(request, "Your request for help was closed")
    _record_on_both_sides(request, "help.closed", by)
    return request


@in_several_chains()
def assign_help(*, request: HelpRequest, to: User, by: Acting) -> HelpRequest:
    """Give a request to a colleague, at any time. Raises `Refused` when they answer no requests there."""
    colleagues = people_who(Permission.ANSWER_HELP, [request.asked_of])
    if not colleagues.filter(user=to).exists():
        raise Refused("They do not answer requests at your authority")
    if request.assigned_to_id == to.pk:
        return request
    request.assigned_to = to
    request.save(update_fields=["assigned_to"])
    step = HelpStep.objects.create(request=request, kind=HelpStepKind.ASSIGNED, to=to, by=by.user)
    if to.pk != by.user.pk:
        _send(to, request, "A request for help was given to you", "answer_help", f"help step {step.pk}")
    _record_on_both_sides(request, "help.assigned", by)
    return request


@in_several_chains()
def say_it_helped(*, request: HelpRequest, words: str, by: Acting) -> HelpRequest:
    """Say for the setting that the answer helped, which closes the request. Raises `Refused`."""
    _move(request, HelpStatus.CLOSED, words or "It helped", by, HelpStepKind.HELPED, said=words)
    _record_on_both_sides(request, "help.helped", by)
    return request


@in_several_chains()
def ask_again(*, request: HelpRequest, words: str, by: Acting) -> HelpRequest:
    """Open a request again for the setting, with what is still missing. Raises `Refused` with the sentence."""
    _move(request, HelpStatus.OPEN, words, by, HelpStepKind.REOPENED)
    _tell_authority(request, "A setting asks again", f"help {request.pk} again {request.steps.count()}")
    _record_on_both_sides(request, "help.asked_again", by)
    return request


@in_several_chains()
def withdraw_help(*, request: HelpRequest, words: str, by: Acting) -> HelpRequest:
    """Take a request back for the setting. Raises `Refused` when it is over."""
    _move(request, HelpStatus.WITHDRAWN, words, by, HelpStepKind.WITHDRAWN)
    withdraw(once_key=f"help {request.pk}", why="The setting has withdrawn it")
    _record_on_both_sides(request, "help.withdrawn", by)
    return request


def _move(
    request: HelpRequest,
    to: HelpStatus,
    words: str,
    by: Acting,
    kind: HelpStepKind,
    said: str | None = None,
    **fields: Any,
) -> None:
    """Move a request on, with a step that says who, when and in what words."""
    refuse(why_not_move_help(status=request.status, to=to, words=words))
    ends = to in ENDS
    fields |= {"status": to, "closed_at": timezone.now() if ends else None, "closed_by": by.user if ends else None}
    if not HelpRequest.objects.filter(pk=request.pk, status=request.status).update(**fields):
        raise Refused(IN_THE_MEANTIME)
    for name, value in fields.items():
        setattr(request, name, value)
    HelpStep.objects.create(request=request, kind=kind, words=words if said is None else said, by=by.user)


def _tell_authority(request: HelpRequest, subject: str, once_key: str) -> None:
    """Write to whom it was given, or to everybody who answers requests there."""
    for user in whom_to_tell(request.assigned_to_id, Permission.ANSWER_HELP, request.asked_of):
        _send(user, request, subject, "answer_help", once_key)


def _tell_setting(request: HelpRequest, subject: str) -> None:
    """Write to whoever asked, or to everybody who leads there, once for each step."""
    for user in whom_to_tell(request.asked_by_id, Permission.LEAD_REVIEW, request.organisation):
        _send(user, request, subject, "help_request", f"help {request.pk} step {request.steps.count()}")


def _send(user: User, request: HelpRequest, subject: str, page: str, once_key: str) -> None:
    to_setting = page == "help_request"
    asked = (
        "Your setting asked its authority for help." if to_setting else f"{request.organisation.name} asks for help."
    )
    send(
        to=user,
        kind=MailKind.ORGANISATION_NEWS,
        subject=subject,
        reason=asked,
        link=reverse(page, args=[request.pk]),
        organisation_id=request.organisation_id if to_setting else request.asked_of_id,
        once_key=once_key,
    )


def _record_on_both_sides(request: HelpRequest, verb: str, by: Acting) -> None:
    change = {"topic": request.get_topic_display()}
    for chain in (request.organisation_id, request.asked_of_id):
        record(by=by, verb=verb, subject=request, change=change, organisation_id=chain)
