"""The people of a setting. Their names stand in no event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from trellis.core.audit import record
from trellis.organisations.actions.people import hold_organisation
from trellis.staffing.actions.versions import add_named, change_named
from trellis.staffing.models import Colleague, ColleagueHours, DayChange
from trellis.staffing.rules.weeks import MOST_PEOPLE

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
    colleague = Colleague(organisation_id=by.organisation_id, name=name, **said)
    add_named(colleague, MOST_PEOPLE, "people", ALREADY)
    record(by=by, verb="colleague.added", subject=colleague)
    return colleague


@transaction.atomic
def change_colleague(*, colleague: Colleague, version: int, by: Acting, **said: Any) -> Colleague:
    """Say something else of somebody. Raises `Refused` with the reason."""
    if change := change_named(colleague, version, ALREADY, said):
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
