"""Applications that came to nothing are forgotten: what was said goes, how far it came stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.mail.leaving import forget_address
from trellis.training.actions.applications import withdraw_application
from trellis.training.models import (
    AccessNeeds,
    AdmissionDecision,
    Application,
    ApplicationKey,
    ManagerAnswer,
    Place,
)
from trellis.training.rules.applications import APPLICATION_MOVES

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.core.audit import Actor

FORGOTTEN = "Forgotten"
EMPTY: dict[str, Any] = {
    "name": "",
    "email": "",
    "user": None,
    "booked_by": None,
    "setting": None,
    "provider": None,
    "setting_name": "",
    "role_from": None,
    "level_3_title": "",
    "level_3_listed": None,
    "years": None,
    "manager_name": "",
    "manager_email": "",
    "passed_over": "",
    "priority_because": [],
}


@transaction.atomic
def forget_application(*, application: Application, by: Actor) -> None:
    """Remove who it was and what they said; the programme, the authority and where it ended stay for its figures."""
    written_to = {application.email, application.manager_email} - {""}
    Application.objects.filter(pk=application.pk).update(**EMPTY, forgotten_at=timezone.now())
    for address in sorted(written_to):
        _forget_mail_to(address, application.centre_id)
    AccessNeeds.objects.filter(application=application).delete()
    ApplicationKey.objects.filter(application=application).delete()
    ManagerAnswer.objects.filter(application=application).update(because=FORGOTTEN, name="")
    AdmissionDecision.objects.filter(application=application, by__isnull=False).update(sentence=FORGOTTEN)
    record(by=by, verb="application.forgotten", subject=application, organisation_id=application.centre_id)


def _forget_mail_to(address: str, centre_id: UUID) -> None:
    """The list of what was sent forgets an address too, unless somebody is still known by it at this centre."""
    kept = Application.objects.filter(Q(email=address) | Q(manager_email=address), forgotten_at=None)
    if kept.filter(centre_id=centre_id).exists():
        return
    if not Place.objects.filter(email=address, cohort__centre_id=centre_id).exists():
        forget_address(address=address, organisation_id=centre_id)


@transaction.atomic
def forget_applications_of(*, user_id: UUID, email: str, by: Actor) -> None:
    """Withdraw and forget what somebody applied for; an application that became a place stays with the place."""
    theirs = Application.objects.filter(Q(user_id=user_id) | Q(email=email), place=None, forgotten_at=None)
    for application in theirs.order_by("pk"):
        if "withdrawn" in APPLICATION_MOVES[application.status]:
            withdraw_application(application=application, by=by)
        forget_application(application=application, by=by)
