"""What is otherwise on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from trellis.core.audit import record
from trellis.core.refusal import refuse
from trellis.organisations.actions.people import hold_organisation
from trellis.staffing.models import ChangeKind, Colleague, DayChange, Room
from trellis.staffing.rules.day_changes import why_not_change_day
from trellis.staffing.rules.weeks import CHANGED

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from trellis.accounts.acting import Acting
    from trellis.core.audit import Actor
    from trellis.organisations.models import Organisation


@transaction.atomic
def change_day(*, on: date, today: date, kind: ChangeKind, by: Acting, **said: Any) -> DayChange:
    """Write down what is otherwise on a day. Raises `Refused` with the reason."""
    hold_organisation(by.organisation_id)
    refuse(_why_not_there(said))
    there = DayChange.objects.filter(organisation_id=by.organisation_id, on=on)
    refuse(why_not_change_day(on=on, today=today, there=there.count()))
    change = DayChange(organisation_id=by.organisation_id, on=on, kind=kind, added_by=by.user, **said)
    change.save(force_insert=True)
    record(by=by, verb="day_change.added", subject=change, change={"day": on, "kind": kind})
    return change


def _why_not_there(said: dict[str, Any]) -> str | None:
    """Whether somebody has just taken out the person or the room of which something is said."""
    for name, rows in (("colleague", Colleague.objects), ("room", Room.objects)):
        if said.get(name) and not rows.filter(pk=said[name].pk).exists():
            return CHANGED
    return None


@transaction.atomic
def off_all_day(*, colleague: Colleague, on: date, today: date, by: Acting) -> DayChange:
    """Somebody is off on a day: the same when it is said twice."""
    hold_organisation(by.organisation_id)
    said = DayChange.objects.filter(colleague=colleague, on=on, kind=ChangeKind.OFF, starts=None).first()
    return said or change_day(on=on, today=today, kind=ChangeKind.OFF, colleague=colleague, by=by)


@transaction.atomic
def take_back(*, change: DayChange, by: Acting) -> None:
    """Take back what was otherwise on a day."""
    hold_organisation(by.organisation_id)
    if not DayChange.objects.filter(pk=change.pk).exists():  # somebody else has just taken it back
        return
    record(by=by, verb="day_change.taken_back", subject=change, change={"day": change.on, "kind": change.kind})
    change.delete()


@transaction.atomic
def forget_day_changes(*, organisation: Organisation, before: date, by: Actor) -> int:
    """Remove what was otherwise in a setting on days before one: nobody needs it, and it tells who was off when."""
    forgotten, _ = DayChange.objects.filter(organisation=organisation).to_forget(before).delete()
    record(
        by=by,
        verb="day_change.forgotten",
        subject=organisation,
        organisation_id=organisation.pk,
        change={"before": before, "changes": forgotten},
    )
    return forgotten
