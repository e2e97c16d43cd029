"""The people of a setting. Their names stand in no event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from trellis.core.audit import record
from trellis.core.refusal import refuse
from trellis.staffing.actions.versions import said_otherwise, save_once, take_version
from trellis.staffing.models import Colleague, ColleagueHours, DayChange
from trellis.staffing.rules.weeks import MOST_PEOPLE, why_not_another

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.core.audit import Actor
    from trellis.core.personal import Leaver

ALREADY = "Somebody has this name or this account already: add something that tells them apart"
NOT_TOLD = ("name", "user", "user_id", "born_on")


@transaction.atomic
def add_colleague(*, by: Acting, **said: Any) -> Colleague:
    """Write down somebody who works here. Raises `Refused` with the reason."""
    there = Colleague.objects.filter(organisation_id=by.organisation_id).count()
    refuse(why_not_another(there=there, most=MOST_PEOPLE, what="people"))
    colleague = Colleague(organisation_id=by.organisation_id, **said)
    save_once(colleague, ALREADY, force_insert=True)
    record(by=by, verb="colleague.added", subject=colleague)
    return colleague


@transaction.atomic
def change_colleague(*, colleague: Colleague, version: int, by: Acting, **said: Any) -> Colleague:
    """Say something else of somebody. Raises `Refused` with the reason."""
    if change := said_otherwise(colleague, said):
        take_version(colleague, version)
        save_once(colleague, ALREADY)
        told = {name: "changed" if name in NOT_TOLD else both for name, both in change.items()}
        record(by=by, verb="colleague.changed", subject=colleague, change=told)
    return colleague


@transaction.atomic
def remove_colleague(*, colleague: Colleague, by: Acting) -> None:
    """Take somebody out: they have left, or it was a mistake. All that was written down of them goes."""
    _forget(colleague, by)


def forget_colleague(leaver: Leaver, by: Actor) -> None:
    """Somebody deletes their account: what settings wrote down of them is taken out."""
    for colleague in Colleague.objects.filter(user=leaver.user_id):
        _forget(colleague, by)


def _forget(colleague: Colleague, by: Actor) -> None:
    DayChange.objects.filter(colleague=colleague).delete()
    ColleagueHours.objects.filter(colleague=colleague).delete()
    record(by=by, verb="colleague.removed", subject=colleague, organisation_id=colleague.organisation_id)
    colleague.delete()
