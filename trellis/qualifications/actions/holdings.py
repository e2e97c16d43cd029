"""Writing down who holds what. Each change is kept with who made it and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from trellis.accounts.models import User
from trellis.core.audit import record
from trellis.core.refusal import Refused, refuse
from trellis.qualifications.models import Holding, HoldingChange, ListedQualification, Qualification
from trellis.qualifications.rules.holdings import CHANGED, why_not_change, why_not_dates, why_not_person

if TYPE_CHECKING:
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.core.audit import Actor
    from trellis.core.personal import Leaver

SAID = ("achieved_on", "expires_on", "evidence", "seen_on", "seen_by_id")
ALREADY = "This is written down already for this person"


@dataclass(frozen=True)
class Held:
    """What is said of a qualification that somebody holds. `evidence` is what was seen; “” when nothing was."""

    achieved_on: date
    expires_on: date | None = None
    evidence: str = ""
    seen_on: date | None = None


@transaction.atomic
def add_holding(
    *, what: Qualification | ListedQualification, held: Held, user: User | None = None, name: str = "", by: Acting
) -> Holding:
    """Write down that somebody in the organisation of `by` holds something. Raises `Refused` with the reason."""
    refuse(why_not_person(chosen=user is not None, name=name.strip()) or _why_not(held))
    holding = Holding(
        organisation_id=by.organisation_id,
        user=user,
        person_name=name.strip(),
        level=what.level,
    )
    setattr(holding, "qualification" if isinstance(what, Qualification) else "listed", what)
    _say(holding, held, by)
    try:
        with transaction.atomic():
            holding.save(force_insert=True)
    except IntegrityError as taken:
        raise Refused(ALREADY) from taken
    _keep(holding, by.user)
    record(by=by, verb="holding.added", subject=holding, change={"qualification": str(what)[:200]})
    return holding


@transaction.atomic
def change_holding(*, holding: Holding, held: Held, version: int, by: Acting) -> Holding:
    """Say something else of a holding. Raises `Refused` when somebody else was faster."""
    now = _held_here(holding, version)
    refuse(_why_not(held))
    before = [getattr(now, name) for name in SAID]
    _say(now, held, by)
    after = [getattr(now, name) for name in SAID]
    if before == after:
        return now
    _next(now, by.user)
    change = {name: [old, new] for name, old, new in zip(SAID, before, after, strict=True) if old != new}
    record(by=by, verb="holding.changed", subject=now, change=change)
    return now


@transaction.atomic
def end_holding(*, holding: Holding, version: int, by: Acting) -> Holding:
    """Take a holding out: somebody has left, or it was a mistake. The name of somebody without an account goes."""
    now = _held_here(holding, version)
    _end(now, by.user)
    record(by=by, verb="holding.ended", subject=now, change={"qualification": now.title[:200]})
    return now


def forget_holdings(leaver: Leaver, by: Actor) -> None:
    """Somebody deletes their account: what was written down of them is taken out, in the name of themselves."""
    themselves = User.objects.get(pk=leaver.user_id)
    for holding in Holding.objects.live().of(themselves):
        _end(holding, themselves)
        record(by=by, verb="holding.ended", subject=holding, organisation_id=holding.organisation_id)


def _held_here(holding: Holding, version: int) -> Holding:
    """The holding as it is now. Raises `Refused` when it is not what was seen."""
    now = Holding.objects.told().get(pk=holding.pk)
    refuse(why_not_change(ended=now.ended_at is not None, version=now.version, seen_version=version))
    return now


def _why_not(held: Held) -> str | None:
    days: dict[str, Any] = {name: getattr(held, name) for name in ("achieved_on", "expires_on", "seen_on")}
    return why_not_dates(**days, today=timezone.localdate())


def _say(holding: Holding, held: Held, by: Acting) -> None:
    """Put what is said into the record. Who saw the evidence stays as long as what was seen, and when, stays."""
    same = (holding.evidence, holding.seen_on) == (held.evidence, held.seen_on)
    holding.achieved_on, holding.expires_on = held.achieved_on, held.expires_on
    holding.evidence = held.evidence
    holding.seen_on = held.seen_on if held.evidence else None
    if not same or not held.evidence:
        holding.seen_by = by.user if held.evidence else None


def _end(holding: Holding, by: User) -> None:
    holding.ended_at, holding.ended_by = timezone.now(), by
    holding.person_name = ""
    _next(holding, by)


def _next(holding: Holding, by: User) -> None:
    """Write the next version, unless somebody else was faster."""
    taken = Holding.objects.filter(pk=holding.pk, version=holding.version).update(version=holding.version + 1)
    refuse(None if taken else CHANGED)
    holding.version += 1
    holding.save()
    _keep(holding, by)


def _keep(holding: Holding, by: User) -> None:
    """Add to the history what the holding says now."""
    said: dict[str, Any] = {name: getattr(holding, name) for name in SAID}
    HoldingChange.objects.create(
        holding=holding, number=holding.version, by=by, ended=holding.ended_at is not None, **said
    )
