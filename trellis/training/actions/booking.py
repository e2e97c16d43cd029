"""A manager applies for people of their setting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.mail import MailKind, send
from trellis.core.refusal import Refused
from trellis.training.actions.applicants_work import setting_columns, work_of
from trellis.training.actions.application_links import make_key
from trellis.training.actions.manager_answers import Answer, keep_answer
from trellis.training.models import Application, KeyFor

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.training.models import Cohort, Programme


@dataclass(frozen=True)
class Booking:
    """One line of a booking: who, and what they are in the setting."""

    name: str
    email: str
    role: str


@transaction.atomic
def book_person(*, programme: Programme, booking: Booking, by: Acting, wanted: Cohort | None = None) -> None:
    """Apply for somebody of one’s setting, who says the rest; the setting agrees with it.

    `wanted` is the start that the setting has in mind: it stands there when they are asked which dates suit them.

    Somebody who has applied by themselves gets the same mail, once a day from one manager, and goes on with their own
    application: nobody hears by booking whether they had. Raises `Refused` when one has applied for them oneself.
    """
    under_way = Application.objects.under_way(programme, booking.email).first()
    if under_way is not None:
        if under_way.booked_by_id == by.user.pk:
            raise Refused("You have applied for them already")
        if _write_to(under_way, by):
            record(by=by, verb="application.asked_for", subject=under_way, organisation_id=programme.centre_id)
        return
    try:
        with transaction.atomic():
            application = Application.objects.create(
                programme=programme,
                centre_id=programme.centre_id,
                name=booking.name,
                email=booking.email,
                role=booking.role,
                booked_by=by.user,
                answered=["setting", "role"],
                **setting_columns(work_of(by)),
            )
    except IntegrityError as twice:
        raise Refused("Somebody has just applied with this address. Try again") from twice
    if wanted:
        application.wanted.set([wanted])
    yes = Answer(agreed=True, release=True, cover=True, ratio=True, observation=True, name=by.actor_name)
    keep_answer(application, yes, by.user)
    record(by=by, verb="application.booked", subject=application, organisation_id=programme.centre_id)
    _write_to(application, by)


def _write_to(application: Application, by: Acting) -> bool:
    """Tell them that their setting would like them to take part, with a link to go on; whether a mail is on its way."""
    sent = send(
        to=application.email,
        kind=MailKind.INVITATION,
        subject="Your setting would like you to take part in a course",
        reason=f"{by.organisation_name} would like you to take part in “{application.programme.title}”. "
        "Your application is behind this link: where it stands, and what is left for you to answer.",
        link=reverse("application", args=[make_key(application, KeyFor.APPLICANT)]),
        organisation_id=application.centre_id,
        once_key=f"booked by {by.user.pk} {application.pk} {timezone.localdate()}",
    )
    return sent is not None
