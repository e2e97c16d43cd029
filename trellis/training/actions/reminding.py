"""Reminding: of sessions that come, of second cohorts that are owed; each once, and not any more when it is not so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from trellis.accounts.roles import Permission
from trellis.core.dates import day
from trellis.core.mail import MailKind, send, withdraw
from trellis.organisations.models import Membership, OrganisationKind
from trellis.training.actions.telling import link_for
from trellis.training.rules.reminders import DUTY_STEPS, SESSION_STEPS, session_words

if TYPE_CHECKING:
    from datetime import date

    from trellis.training.models import Duty, Place, Session, VisitOffer


def remind_of_session(
    *, place: Place, session: Session, step: str, today: date, visit: VisitOffer | None = None
) -> bool:
    """Remind a learner of a session; whether a message is on its way. The same is never told twice.

    `visit` is where they go instead, on another day than the session’s.
    """
    on = visit.on if visit else session.on
    subject, what = session_words(step, (on - today).days)
    sent = send(
        to=place.user or place.email,
        kind=MailKind.TRAINING_REMINDER,
        subject=subject,
        reason=f"“{session.cohort.title}” {what}.",
        link=link_for(place),
        organisation_id=session.cohort.centre_id,
        once_key=_of_session(session, step, on),
    )
    return sent is not None


def drop_reminders(session: Session, on: date, *, to: Place | None = None) -> None:
    """Keep back reminders of a session that have not left: it is not held then, or this learner does not come."""
    address = (to.user.email if to.user else to.email) if to else ""
    for _days, step in SESSION_STEPS:
        withdraw(once_key=_of_session(session, step, on), address=address)


def remind_of_duty(*, duty: Duty, step: str) -> int:
    """Remind the centre and the authority of a second cohort; how many messages are on their way."""
    leads = Membership.objects.who_may(Permission.RUN_PROGRAMMES).filter(organisation=duty.programme.centre_id)
    owing = Membership.objects.who_may(Permission.SEE_DUTIES).filter(
        organisation__kind=OrganisationKind.AUTHORITY, organisation__authority=duty.authority_id
    )
    told = 0
    for member in [*leads.select_related("user"), *owing.select_related("user")]:
        sent = send(
            to=member.user,
            kind=MailKind.TRAINING,
            subject="A second cohort is overdue" if step == "overdue" else "A second cohort is due",
            reason=f"{duty.authority.name} owes a second cohort of “{duty.programme.title}” by {day(duty.due_on)}.",
            link=reverse("show_duty", args=[duty.pk]),
            organisation_id=member.organisation_id,
            once_key=_of_duty(duty, step),
        )
        told += sent is not None
    return told


def drop_duty_reminders(duty: Duty) -> None:
    """Keep back reminders of a second cohort that have not left: it runs, or is met or excused."""
    for _days, step in DUTY_STEPS:
        withdraw(once_key=_of_duty(duty, step))


def _of_session(session: Session, step: str, on: date) -> str:
    return f"session {session.pk} {step} {on}"


def _of_duty(duty: Duty, step: str) -> str:
    return f"duty {duty.pk} {step} {duty.due_on}"
