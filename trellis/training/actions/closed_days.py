"""Bringing closed days up to date: by a command, or by hand from a page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from trellis.accounts.roles import Permission
from trellis.core.audit import record
from trellis.core.refusal import Refused, refuse
from trellis.organisations.models import LocalAuthority
from trellis.training.closed_days import NotClosedDays
from trellis.training.models import ClosedDay, ClosedKind, Programme
from trellis.training.models.closed_day import CENTRE, ENGLAND
from trellis.training.rules.closed_days import LONGEST, Closure, closures, why_not_change_closed_days, why_not_close

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db import models

    from trellis.accounts.acting import Acting
    from trellis.core.audit import Actor
    from trellis.training.closed_days import Closed
    from trellis.training.models.closed_day import ClosedDayQuerySet


NOT_OURS = "These days were not closed by your centre, so they stay. Ask whoever keeps the installation running"


@transaction.atomic
def update_closed_days(*, days: Iterable[Closed], source: str, by: Actor) -> int:
    """Add the days that are new and change those that are called otherwise now; says how many. Nothing is deleted.

    Raises `NotClosedDays` when an authority is not known. When all is as it should be, nothing is recorded.
    """
    known = _known()
    wanted = {(_authority(each.authority, known), each.on): each.name[:100] for each in days}
    there = {(each.authority_id, each.on): each for each in _public(on for _, on in wanted)}
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


@transaction.atomic
def add_closure(*, whose: str, first: date, last: date, name: str, source: str, by: Acting) -> int:
    """Close days of an authority, of the person’s own centre, or of England; says how many are new. Raises `Refused`.

    What is closed on one of these days already is called as before.
    """
    refuse(why_not_change_closed_days(whose=whose, may=by.may(Permission.CHANGE_CLOSED_DAYS), all_of_england=_all(by)))
    refuse(why_not_close(first, last))
    _must_be_theirs(whose, by)
    columns = _columns(whose, by)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    there = set(ClosedDay.objects.filter(on__in=days, **columns).values_list("on", flat=True))
    said = columns | {"name": name, "source": source, "closed_by_id": by.organisation_id}
    wanted = [ClosedDay(on=on, **said) for on in days if on not in there]
    ClosedDay.objects.bulk_create(wanted, ignore_conflicts=True)
    # Somebody else may have closed some of them in the same moment: those that are ours are there by their keys.
    new = list(ClosedDay.objects.filter(pk__in=[each.pk for each in wanted]).order_by("on"))
    if not new:
        raise Refused("These days are closed already")
    change = {"whose": whose, "first": first, "last": last, "name": name, "added": len(new)}
    record(by=by, verb="closed_days.added", subject=new[0], change=change)
    return len(new)


@transaction.atomic
def remove_closure(*, closed_day: ClosedDay, by: Acting) -> int:
    """Take out a closed day and those after it that belong to the same holiday; says how many. Raises `Refused`."""
    whose = whose_of(closed_day)
    refuse(why_not_change_closed_days(whose=whose, may=by.may(Permission.CHANGE_CLOSED_DAYS), all_of_england=_all(by)))
    _must_be_theirs(whose, by)
    found = closure_of(closed_day, ClosedDay.objects.changed_by(by))
    gone, _ = ClosedDay.objects.changed_by(by).whose(whose).filter(on__gte=found.first, on__lte=found.last).delete()
    change = {"whose": whose, "first": found.first, "last": found.last, "name": found.name, "removed": gone}
    record(by=by, verb="closed_days.removed", subject=closed_day, change=change)
    return gone


def whose_of(closed_day: ClosedDay) -> str:
    """Whose day it is, as `ClosedDayQuerySet.whose` names it."""
    return CENTRE if closed_day.centre_id else str(closed_day.authority_id or ENGLAND)


def closure_of(closed_day: ClosedDay, among: ClosedDayQuerySet) -> Closure:
    """The stretch of days, among these, that begins with a closed day. Raises `Refused` when it is not among them."""
    if not among.filter(pk=closed_day.pk).exists():
        there = ClosedDay.objects.filter(pk=closed_day.pk).exists()
        raise Refused(NOT_OURS if there else "Somebody has taken this out meanwhile")
    rows = among.whose(whose_of(closed_day)).filter(on__gte=closed_day.on).order_by("on").values_list("on", "name")
    return closures(rows[:LONGEST])[0]


def _all(by: Acting) -> bool:
    """Whether somebody looks after the days of England too."""
    return by.may(Permission.SEE_ORGANISATIONS)


def _must_be_theirs(whose: str, by: Acting) -> None:
    """Whoever leads programmes closes days of the authorities of these, and of no others."""
    if whose in (ENGLAND, CENTRE) or _all(by):
        return
    if not Programme.objects.visible_to(by).filter(authorities=whose).exists():
        raise Refused("Choose an authority of one of your programmes")


def _columns(whose: str, by: Acting) -> dict[str, Any]:
    if whose == ENGLAND:
        return {"kind": ClosedKind.BANK_HOLIDAY, "authority_id": None, "centre_id": None}
    if whose == CENTRE:
        return {"kind": ClosedKind.CENTRE_CLOSED, "authority_id": None, "centre_id": by.organisation_id}
    if not LocalAuthority.objects.filter(pk=whose).exists():
        raise Refused("Choose whose days these are")
    return {"kind": ClosedKind.SCHOOL_HOLIDAY, "authority_id": whose, "centre_id": None}


def _public(days: Iterable[date]) -> models.QuerySet[ClosedDay]:
    """The closed days of England and of authorities among these."""
    return ClosedDay.objects.filter(on__in=set(days), centre__isnull=True)


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
