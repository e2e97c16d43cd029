"""Bringing closed days up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from trellis.core.audit import record
from trellis.organisations.models import LocalAuthority
from trellis.training.closed_days import NotClosedDays
from trellis.training.models import ClosedDay, ClosedKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trellis.core.audit import Actor
    from trellis.training.closed_days import Closed


@transaction.atomic
def update_closed_days(*, days: Iterable[Closed], source: str, by: Actor) -> int:
    """Add the days that are new and change those that are called otherwise now; says how many. Nothing is deleted.

    Raises `NotClosedDays` when an authority is not known. When all is as it should be, nothing is recorded.
    """
    known = _known()
    wanted = {(_authority(each.authority, known), each.on): each.name[:100] for each in days}
    there = {(each.authority_id, each.on): each for each in ClosedDay.objects.filter(on__in={on for _, on in wanted})}
    new = [
        ClosedDay(
            on=on,
            authority_id=authority,
            kind=ClosedKind.SCHOOL_HOLIDAY if authority else ClosedKind.BANK_HOLIDAY,
            name=name,
            source=source[:200],
        )
        for (authority, on), name in wanted.items()
        if (authority, on) not in there
    ]
    changed = [each for key, each in there.items() if key in wanted and each.name != wanted[key]]
    for each in changed:
        each.name, each.source = wanted[each.authority_id, each.on], source[:200]
    ClosedDay.objects.bulk_create(new, batch_size=1000)
    ClosedDay.objects.bulk_update(changed, ["name", "source"], batch_size=200)
    if new or changed:
        change = {"source": source[:200], "added": len(new), "changed": len(changed)}
        record(by=by, verb="closed_days.updated", subject=ClosedDay(), change=change)
    return len(new) + len(changed)


def _authority(said: str, known: dict[str, str]) -> str | None:
    """The code of an authority that is named by its code or its name."""
    if not said:
        return None
    if said.lower() not in known:
        raise NotClosedDays(f"There is no authority “{said}”. Write its ONS code or its full name")
    return known[said.lower()]


def _known() -> dict[str, str]:
    rows = list(LocalAuthority.objects.filter(closed_on__isnull=True).values_list("code", "name"))
    return {name.lower(): code for code, name in rows} | {code.lower(): code for code, _ in rows}
