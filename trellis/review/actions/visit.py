"""Planning a visit, inviting the visitor, moving the visit on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from trellis.accounts.roles import Permission, Role
from trellis.accounts.rules import normal_email
from trellis.core.audit import record
from trellis.core.mail import MailKind, send
from trellis.core.refusal import Refused, refuse
from trellis.organisations.actions import people
from trellis.organisations.models import Invitation, Membership
from trellis.review.actions.telling import still_there, whom_to_tell
from trellis.review.models import Correction, Visit, VisitStatus, VisitStep
from trellis.review.rules.visit import Side, why_not_move_visit, why_not_open_to

if TYPE_CHECKING:
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User
    from trellis.review.models import Round


@dataclass(frozen=True)
class Arrangement:
    """What a visit is for, when, until when it is open to the visitor, and what of the review they see."""

    kind: str
    why: str
    until: date
    visit_on: date | None = None
    with_ratings: bool = True
    with_notes: bool = False
    with_evidence: bool = False
    with_actions: bool = False


NEWS: dict[str, tuple[Side, str, str]] = {
    VisitStatus.PREPARED: (Side.VISITOR, "A visit is prepared", "A setting that you will visit has prepared it."),
    VisitStatus.DRAFTED: (Side.SETTING, "A draft waits for you", "Your visitor has shared a draft of the report."),
    VisitStatus.CHECKED: (Side.VISITOR, "The facts are checked", "A setting that you visited has checked your draft."),
    VisitStatus.FINAL: (Side.SETTING, "The report of a visit is final", "Your visitor has finished the report."),
    VisitStatus.CANCELLED: (Side.VISITOR, "A visit is cancelled", "A setting has cancelled a visit planned with you."),
}
"""Who is told when a visit reaches a status: the side, the subject and the reason."""


def side_of(acting: Acting) -> Side:
    """Which side somebody is on."""
    return Side.VISITOR if acting.may(Permission.VISIT) else Side.SETTING


@transaction.atomic
def plan_visit(*, round: Round, arrangement: Arrangement, follow_up_of: Visit | None = None, by: Acting) -> Visit:
    """Plan a visit to look at a round with. Raises `Refused` when the last day does not fit."""
    _refuse_days(arrangement)
    visit = Visit.objects.create(
        organisation_id=round.organisation_id,
        round=round,
        follow_up_of=follow_up_of,
        created_by=by.user,
        **vars(arrangement),
    )
    VisitStep.objects.create(visit=visit, to_status=VisitStatus.PLANNED, by=by.user)
    record(by=by, verb="visit.planned", subject=visit, change={"kind": [None, arrangement.kind]})
    return visit


@transaction.atomic
def change_visit(*, visit: Visit, arrangement: Arrangement, by: Acting) -> Visit:
    """Change what a visit is for, its days, or what it opens: at any time, because what is opened is the setting’s.

    Raises `Refused` when the last day does not fit or the day of the visit is taken away once it is prepared.
    """
    _hold(visit)
    new: dict[str, Any] = vars(arrangement)
    changed = {name: [getattr(visit, name), value] for name, value in new.items() if getattr(visit, name) != value}
    if not changed:
        return visit
    if "until" in changed or "visit_on" in changed:
        _refuse_days(arrangement)
    if arrangement.visit_on is None and visit.status not in (VisitStatus.PLANNED, VisitStatus.CANCELLED):
        raise Refused("Enter the day of the visit")
    Visit.objects.filter(pk=visit.pk).update(**new)
    for name, value in new.items():
        setattr(visit, name, value)
    told = {name: pair if name != "why" else ["…", "…"] for name, pair in changed.items()}
    record(by=by, verb="visit.changed", subject=visit, change=told)
    return visit


def _hold(visit: Visit) -> None:
    """Let nobody else change a visit until this transaction ends, and read it as the one before left it."""
    Visit.objects.filter(pk=visit.pk).update(status=F("status"))
    visit.refresh_from_db(fields=[*Arrangement.__dataclass_fields__, "status", "reviewer", "invitation"])


def _refuse_days(arrangement: Arrangement) -> None:
    today = timezone.localdate()
    refuse(why_not_open_to(until=arrangement.until, visit_on=arrangement.visit_on, today=today))


@transaction.atomic
def invite_visitor(*, visit: Visit, name: str, email: str, by: Acting) -> Visit:
    """Invite somebody to a visit; somebody who visits the setting already is told of this visit too.

    An earlier invitation to this visit that nobody accepted is withdrawn. Raises `Refused` with the reason.
    """
    _hold(visit)
    if visit.visitor:
        raise Refused(f"{visit.visitor.name} is the visitor already")
    if visit.status == VisitStatus.CANCELLED:
        raise Refused("This visit was cancelled")
    address = normal_email(email)
    here = Membership.objects.live().filter(organisation_id=visit.organisation_id, user__email=address)
    known = here.filter(role=Role.PEER_REVIEWER).select_related("user").first()
    waiting = Invitation.objects.unanswered().filter(organisation_id=visit.organisation_id, email=address)
    same = waiting.filter(role=Role.PEER_REVIEWER).first()
    if visit.invitation and visit.invitation.withdrawn_at is None and visit.invitation != same and not _shared(visit):
        people.withdraw(invitation=visit.invitation, by=by)
    if known:
        visit.reviewer, visit.invitation = known, None
    elif same:
        visit.reviewer, visit.invitation = None, people.resend(invitation=same, by=by)
    else:
        invitation = people.invite(email=address, name=name, role=Role.PEER_REVIEWER, by=by)
        visit.reviewer, visit.invitation = None, invitation
    visit.save(update_fields=["reviewer", "invitation"])
    if known:
        _tell(visit, known.user, "You are invited to a visit", "A setting would like you to visit it.")
    record(by=by, verb="visit.visitor_invited", subject=visit)
    return visit


def _shared(visit: Visit) -> bool:
    """Whether the same invitation leads to another visit too."""
    return Visit.objects.filter(invitation=visit.invitation).exclude(pk=visit.pk).exists()


@transaction.atomic
def move_visit(*, visit: Visit, to: str, note: str = "", by: Acting) -> Visit:
    """Move a visit on, and tell the other side. Raises `Refused` with the reason."""
    before = visit.status
    refuse(
        why_not_move_visit(
            status=before,
            to=to,
            side=side_of(by),
            dated=visit.visit_on is not None,
            has_report=visit.versions.exists(),
            unanswered=Correction.objects.unanswered().filter(visit=visit).count(),
        )
    )
    if not Visit.objects.filter(pk=visit.pk, status=before).update(status=to):
        raise Refused("This visit has moved on. Look at it again")
    visit.status = to
    VisitStep.objects.create(visit=visit, from_status=before, to_status=to, note=note, by=by.user)
    if to in NEWS:
        side, subject, reason = NEWS[to]
        for other in _others(visit, side):
            _tell(visit, other, subject, reason)
    record(by=by, verb="visit.moved", subject=visit, change={"status": [before, to]})
    return visit


def _others(visit: Visit, side: Side) -> list[User]:
    """The visitor, if they have not left; in the setting whoever planned it, or everybody who arranges visits there."""
    if side == Side.SETTING:
        return whom_to_tell(visit.created_by_id, Permission.ARRANGE_VISITS, visit.organisation)
    visitor = visit.visitor
    return [visitor] if visitor and visitor.pk in still_there(Permission.VISIT, visit.organisation) else []


def _tell(visit: Visit, whom: User, subject: str, reason: str) -> None:
    """Write to one person: a link and a reason, nothing else."""
    send(
        to=whom,
        kind=MailKind.REVIEW_NEWS,
        subject=subject,
        reason=reason,
        link=visit.get_absolute_url(),
        organisation_id=visit.organisation_id,
        once_key=f"visit {visit.pk} {subject} {visit.steps.count()}",
    )


def hold_visit(visit: Visit, reason: str | None) -> None:
    """Let nobody move a visit on until this transaction ends. Raises `Refused` with `reason`, or when it has moved."""
    refuse(reason)
    if not Visit.objects.filter(pk=visit.pk, status=visit.status).update(status=visit.status):
        raise Refused("This visit has moved on. Look at it again")


def stop_visiting(*, by: Acting) -> None:
    """Leave a setting that one visited. Raises `Refused` with the reason."""
    membership = Membership.objects.live().get(pk=by.membership_id)
    people.end_membership(membership=membership, by=by)
