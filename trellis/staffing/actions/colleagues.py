"""The people of a setting. Their names stand in no event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from trellis.core.audit import record
from trellis.core.refusal import refuse
from trellis.organisations.actions.people import hold_organisation
from trellis.staffing.actions.versions import said_otherwise, save_once, take_version
from trellis.staffing.models import Colleague, ColleagueHours, DayChange
from trellis.staffing.rules.cells import plainly
from trellis.staffing.rules.weeks import MOST_PEOPLE, why_not_another, why_not_named

if TYPE_CHECKING:
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.core.audit import Actor
    from trellis.core.personal import Leaver
    from trellis.organisations.models import Organisation

ALREADY = "Somebody has this name or this account already: add something that tells them apart"
NOT_TOLD = ("name", "user", "user_id", "born_on")


@transaction.atomic
def add_colleague(*, name: str, by: Acting, **said: Any) -> Colleague:
    """Write down somebody who works here. Raises `Refused` with the reason."""
    hold_organisation(by.organisation_id)
    here = Colleague.objects.filter(organisation_id=by.organisation_id)
    refuse(why_not_another(there=here.count(), most=MOST_PEOPLE, what="people"))
    colleague = Colleague(organisation_id=by.organisation_id, name=plainly(name), **said)
    refuse(why_not_named(colleague.name, here.values_list("name", flat=True), ALREADY))
    save_once(colleague, ALREADY, force_insert=True)
    record(by=by, verb="colleague.added", subject=colleague)
    return colleague


@transaction.atomic
def change_colleague(*, colleague: Colleague, version: int, by: Acting, **said: Any) -> Colleague:
    """Say something else of somebody. Raises `Refused` with the reason."""
    hold_organisation(colleague.organisation_id)
    said |= {"name": plainly(said["name"])} if "name" in said else {}
    if change := said_otherwise(colleague, said):
        if "name" in change:
            others = Colleague.objects.filter(organisation_id=colleague.organisation_id).exclude(pk=colleague.pk)
            refuse(why_not_named(colleague.name, others.values_list("name", flat=True), ALREADY))
        take_version(colleague, version)
        save_once(colleague, ALREADY)
        told = {name: "changed" if name in NOT_TOLD else both for name, both in change.items()}
        record(by=by, verb="colleague.changed", subject=colleague, change=told)
    return colleague


@transaction.atomic
def remove_colleague(*, colleague: Colleague, by: Acting) -> None:
    """Take somebody out: they have left, or it was a mistake. All that was written down of them goes."""
    hold_organisation(colleague.organisation_id)
    if Colleague.objects.filter(pk=colleague.pk).exists():  # nobody else has just taken them out
        _forget(colleague, by)


@transaction.atomic
def forget_births(*, organisation: Organisation, today: date, by: Actor) -> int:
    """Remove the dates of birth of a setting’s people who are 17 by now: nobody of that age is asked for it."""
    hold_organisation(organisation.pk)
    forgotten = Colleague.objects.filter(organisation=organisation).grown_up(today).update(born_on=None)
    record(
        by=by,
        verb="colleague.births_forgotten",
        subject=organisation,
        organisation_id=organisation.pk,
        change={"people": forgotten},
    )
    return forgotten


def forget_colleague(leaver: Leaver, by: Actor) -> None:
    """Somebody deletes their account: what settings wrote down of them is taken out."""
    for colleague in Colleague.objects.filter(user=leaver.user_id):
        _forget(colleague, by)


def _forget(colleague: Colleague, by: Actor) -> None:
    DayChange.objects.filter(colleague=colleague).delete()
    ColleagueHours.objects.filter(colleague=colleague).delete()
    record(by=by, verb="colleague.removed", subject=colleague, organisation_id=colleague.organisation_id)
    colleague.delete()
