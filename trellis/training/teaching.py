"""Trained trainers read for a page: who they are, where they work, what they hold, what they teach and taught last.

As many queries however many trainers there are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from trellis.accounts.roles import Permission, Role
from trellis.core.exports import Column, Table
from trellis.organisations.models import Membership
from trellis.qualifications.models import Holding
from trellis.training.models import Session, TrainerAssignment
from trellis.training.rules.teaching import TEACHES_ON, free_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from trellis.accounts.acting import Acting
    from trellis.core.exports import Cell
    from trellis.organisations.models.membership import MembershipQuerySet
    from trellis.training.models.cohort import TrainerAssignmentQuerySet


class Area(NamedTuple):
    """An authority, and the region that it is in."""

    pk: str
    name: str
    region_id: int
    region: str


class Workplace(NamedTuple):
    """An organisation that somebody belongs to, and its authority, if it has one."""

    pk: UUID
    name: str
    area: Area | None


class Taught(NamedTuple):
    """A cohort that somebody teaches or taught."""

    pk: UUID
    title: str
    area: Area


@dataclass
class Trainer:
    """Somebody who can teach: where they work, what they hold, their cohorts, and when they delivered last."""

    name: str
    works_at: list[Workplace] = field(default_factory=list)
    holds: list[str] = field(default_factory=list)
    teaches: list[Taught] = field(default_factory=list)
    taught: list[Taught] = field(default_factory=list)
    last_on: date | None = None
    last_days: list[date | None] = field(default_factory=list)

    def free_from(self, today: date) -> date:
        """From when on they teach nothing any more."""
        return free_from(self.last_days, today)

    @property
    def areas(self) -> set[Area]:
        """The authorities where they work or for which they teach or taught."""
        at = {each.area for each in self.works_at if each.area}
        return at | {cohort.area for cohort in (*self.teaches, *self.taught)}


class Assigned(NamedTuple):
    """Somebody teaches or taught a cohort; a session counts as delivered until the day on which that ended."""

    user: UUID
    name: str
    ended_at: datetime | None
    status: str
    centre: UUID
    delivered_by: UUID
    delivered_on: date | None
    last_day: date | None
    cohort: Taught


OF_ASSIGNED = ("user", "user__name", "ended_at", "cohort__status", "cohort__centre", "cohort__delivered_by")
OF_AREA = ("authority", "authority__name", "authority__region", "authority__region__name")


def trainers_seen_by(acting: Acting) -> list[Trainer]:
    """Whoever is a trainer of a centre, or teaches or taught a cohort that somebody sees, and still works there; by name.

    An authority sees those of the cohorts held for it or by it, and what they did there.
    """
    own = Membership.objects.visible_to(acting).live().filter(role=Role.TRAINER)
    found = {user: Trainer(name, [place]) for user, name, place in _belonging(own)}
    seen = TrainerAssignment.objects.visible_to(acting)
    assigned = list(_assigned(seen, timezone.localdate()))
    places = {place for each in assigned for place in (each.centre, each.delivered_by)}
    here = _who_teach_there(places)
    for each in assigned:
        at = [here.get((each.user, place)) for place in dict.fromkeys((each.centre, each.delivered_by))]
        if not any(at):
            continue
        trainer = found.setdefault(each.user, Trainer(each.name))
        trainer.works_at += [place for place in at if place and place not in trainer.works_at]
        _add(trainer, each)
    for user, title in _what_they_hold(acting):
        if user in found:
            found[user].holds.append(title)
    return [found[user] for user in sorted(found, key=lambda user: (found[user].name, str(user)))]


def _assigned(seen: TrainerAssignmentQuerySet, today: date) -> Iterator[Assigned]:
    """Who teaches and taught, as a page says it: the columns instead of the cohorts with all that hangs on them."""
    sessions = Session.objects.held().filter(cohort=OuterRef("cohort")).order_by("-on")
    delivered = sessions.filter(on__lte=OuterRef("until"))
    rows = seen.annotate(until=Coalesce(TruncDate("ended_at"), Value(today)))
    rows = rows.annotate(
        delivered_on=Subquery(delivered.values("on")[:1]), last_day=Subquery(sessions.values("on")[:1])
    )
    columns = (*OF_ASSIGNED, "delivered_on", "last_day", "cohort", "cohort__title")
    told = rows.values_list(*columns, *(f"cohort__{name}" for name in OF_AREA))
    for *known, cohort, title, code, area, region_id, region in told.order_by("cohort__starts_on", "pk"):
        yield Assigned._make((*known, Taught(cohort, title, Area(code, area, region_id, region))))


def _belonging(rows: MembershipQuerySet) -> Iterator[tuple[UUID, str, Workplace]]:
    """Who belongs where: a person, their name and the organisation."""
    columns = ("user", "user__name", "organisation", "organisation__name")
    for user, name, place, title, *area in rows.values_list(*columns, *(f"organisation__{name}" for name in OF_AREA)):
        yield user, name, Workplace(place, title, Area(*area) if area[0] else None)


def _who_teach_there(places: set[UUID]) -> dict[tuple[UUID, UUID], Workplace]:
    """Who belongs to the centres and authorities that teach, and may mark attendance there."""
    rows = Membership.objects.who_may(Permission.MARK_ATTENDANCE).filter(organisation__in=places).order_by()
    return {(user, place.pk): place for user, _name, place in _belonging(rows)}


def _add(trainer: Trainer, each: Assigned) -> None:
    """What a person teaches, or taught, in one cohort."""
    if each.ended_at is None and each.status in TEACHES_ON:
        trainer.teaches.append(each.cohort)
        trainer.last_days.append(each.last_day)
    elif each.cohort not in trainer.taught:
        trainer.taught.append(each.cohort)
    if each.delivered_on and (trainer.last_on is None or each.delivered_on > trainer.last_on):
        trainer.last_on = each.delivered_on


def _what_they_hold(acting: Acting) -> QuerySet[Holding, tuple[UUID, str]]:
    """What is for trainers in the catalogue and written down in the organisation of whoever asks: person and title."""
    rows = Holding.objects.visible_to(acting).live().filter(qualification__audiences__audience="trainer")
    return rows.order_by("-achieved_on").values_list("user", "qualification__title")


def narrowed(trainers: Iterable[Trainer], *, region: str, authority: str, free: bool) -> list[Trainer]:
    """Those of a region or an authority, and those who teach nothing now."""
    today = timezone.localdate()
    return [
        each
        for each in trainers
        if (not authority or authority in {area.pk for area in each.areas})
        and (not region or region in {str(area.region_id) for area in each.areas})
        and (not free or each.free_from(today) == today)
    ]


COLUMNS = (
    Column("Name", width=28),
    Column("Works at", width=34),
    Column("Holds", width=40),
    Column("Areas", width=30),
    Column("Teaches", width=40),
    Column("Delivered last", "date", width=16),
    Column("Free from", "date", width=16),
)


def trainers_table(trainers: Iterable[Trainer], scope: str) -> Table:
    """The rows of the page, for a file."""
    return Table("Trainers", scope, COLUMNS, _lines(trainers))


def _lines(trainers: Iterable[Trainer]) -> Iterator[tuple[Cell, ...]]:
    today = timezone.localdate()
    for each in trainers:
        places, cohorts = (place.name for place in each.works_at), (cohort.title for cohort in each.teaches)
        areas = sorted(area.name for area in each.areas)
        words = ("; ".join(places), "; ".join(each.holds), "; ".join(areas), "; ".join(cohorts))
        yield (each.name, *words, each.last_on, each.free_from(today))
