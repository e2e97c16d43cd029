"""Applications that came to nothing are forgotten: what was said goes, how far it came stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from trellis.core.audit import record
from trellis.training.models import (
    AccessNeeds,
    AdmissionDecision,
    Application,
    ApplicationKey,
    ManagerAnswer,
)

if TYPE_CHECKING:
    from trellis.core.audit import Actor

FORGOTTEN = "Forgotten"
EMPTY = {
    "name": "",
    "email": "",
    "user": None,
    "booked_by": None,
    "setting": None,
    "provider": None,
    "setting_name": "",
    "role_from": None,
    "level_3_title": "",
    "years": None,
    "manager_name": "",
    "manager_email": "",
    "passed_over": "",
    "priority_because": [],
}


@transaction.atomic
def forget_application(*, application: Application, by: Actor) -> None:
    """Remove who it was and what they said; the programme, the authority and where it ended stay for its figures."""
    Application.objects.filter(pk=application.pk).update(**EMPTY, forgotten_at=timezone.now())
    AccessNeeds.objects.filter(application=application).delete()
    ApplicationKey.objects.filter(application=application).delete()
    ManagerAnswer.objects.filter(application=application).update(because=FORGOTTEN, name="")
    AdmissionDecision.objects.filter(application=application, by__isnull=False).update(sentence=FORGOTTEN)
    record(by=by, verb="application.forgotten", subject=application, organisation_id=application.centre_id)
