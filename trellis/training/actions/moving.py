"""Moving an application on, and how many places of a cohort are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from trellis.core.audit import System, record
from trellis.core.refusal import Refused, refuse
from trellis.training.models import Application, ApplicationStep
from trellis.training.rules.applications import MOVED_ON, why_not_move

if TYPE_CHECKING:
    from trellis.core.audit import Actor
    from trellis.training.models import Cohort

BY_APPLICANT = System("The applicant, by their link", acting_as="The page of an application")
BY_MANAGER = System("The manager of the setting, by their link", acting_as="The page of an application")


def held_in(cohort: Cohort) -> int:
    """How many places of a cohort are taken or offered: together they are never more than there are."""
    return cohort.places.live().count() + cohort.offers.open().count()


def move(application: Application, *, to: str, who: str, by: Actor, code: str = "", **columns: Any) -> None:
    """Write that an application moved, with its step and its event. Raises `Refused` when it has moved on meanwhile."""
    before = application.status
    refuse(why_not_move(status=before, to=to))
    write_step(application, to=to, who=who, by=by, code=code, columns=columns)
    record(
        by=by,
        verb="application.moved",
        subject=application,
        change={"status": [before, to]},
        organisation_id=application.centre_id,
    )


def write_step(application: Application, *, to: str, who: str, by: Actor, code: str, columns: dict[str, Any]) -> None:
    """Move the row on the condition that it is still where it was thought to be, and keep that it moved."""
    before, now = application.status, timezone.now()
    still = Application.objects.filter(pk=application.pk, status=before, forgotten_at=None)
    if not still.update(status=to, moved_at=now, **columns):
        raise Refused(MOVED_ON)
    ApplicationStep.objects.create(
        application=application,
        at=now,
        from_status=before,
        to_status=to,
        who=who,
        by=getattr(by, "user", None),
        code=code,
    )
    application.status, application.moved_at = to, now
    for name, value in columns.items():
        setattr(application, name, value)
