"""What authorities owe: noting a duty, and saying where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.audit import record
from trellis.core.refusal import Refused, refuse
from trellis.training.actions.reminding import drop_duty_reminders
from trellis.training.models import Cohort, Duty, DutyStatus
from trellis.training.rules.duties import WITH_A_COHORT, due_on, why_not_move_duty
from trellis.training.rules.reminders import REMIND_OF

if TYPE_CHECKING:
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.organisations.models import LocalAuthority
    from trellis.training.models import Programme


@transaction.atomic
def add_duty(*, programme: Programme, authority: LocalAuthority, contract_on: date, by: Acting) -> Duty:
    """Note that an authority owes a second cohort, from the day of its contract. Raises `Refused`."""
    _must_lead(programme, by)
    if Duty.objects.filter(programme=programme, authority=authority).exists():
        raise Refused("This authority has a duty from this programme already")
    due = due_on(contract_on, programme.second_cohort_months)
    duty = Duty.objects.create(programme=programme, authority=authority, contract_on=contract_on, due_on=due)
    record(by=by, verb="duty.promised", subject=duty, change={"authority": authority.name, "due": due})
    return duty


@transaction.atomic
def move_duty(*, duty: Duty, to: str, by: Acting, cohort: Cohort | None = None, because: str = "") -> Duty:
    """Say where a duty stands: with which cohort it is planned, or why the authority is excused. Raises `Refused`."""
    _must_lead(duty.programme, by)
    Duty.objects.filter(pk=duty.pk).update(status=F("status"))
    found = Duty.objects.get(pk=duty.pk)
    cohort = cohort or found.cohort
    same = cohort is None or (cohort.programme_id, cohort.authority_id) == (found.programme_id, found.authority_id)
    first = Cohort.objects.begun_in(found.programme_id, found.authority_id).first() if cohort else None
    refuse(
        why_not_move_duty(
            status=found.status,
            to=to,
            because=because,
            cohort=cohort.status if cohort else "",
            same=same,
            first=cohort is not None and cohort == first,
        )
    )
    change: dict[str, Any] = {"status": [found.status, to]}
    if because:
        change["because"] = because
    found.status = to
    found.cohort = cohort if to in WITH_A_COHORT else None
    found.excused_because = because if to == DutyStatus.EXCUSED else ""
    found.changed_at = timezone.now()
    found.save(update_fields=["status", "cohort", "excused_because", "changed_at"])
    if to not in REMIND_OF:
        drop_duty_reminders(found)
    record(by=by, verb="duty.moved", subject=found, change=change)
    return found


def _must_lead(programme: Programme, by: Acting) -> None:
    if not by.may(Permission.RUN_PROGRAMMES) or programme.centre_id != by.organisation_id:
        raise Refused("Only whoever leads programmes at the centre can do this")
