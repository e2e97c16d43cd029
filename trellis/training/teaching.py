"""Trained trainers read for a page: who they are, where they work, what they hold, what they teach and taught last.

As many queries however many trainers there are.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery, Value
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
    from datetime import date
    from uuid import UUID

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User
    from trellis.core.exports import Cell
    from trellis.organisations.models import LocalAuthority, Organisation
    from trellis.training.models import Cohort


@dataclass
class Trainer:
    """Somebody who can teach: where they work, what they hold, their cohorts, and when they delivered last."""

    user: User
    works_at: list[Organisation] = field(default_factory=list)
    holds: list[str] = field(default_factory=list)
    teaches: list[Cohort] = field(default_factory=list)
    taught: list[Cohort] = field(default_factory=list)
    last_on: date | None = None
    last_days: list[date | None] = field(default_factory=list)

    def free_from(self, today: date) -> date:
        """From when on they teach nothing any more."""
        return free_from(self.last_days, today)

    @property
    def areas(self) -> set[LocalAuthority]:
        """The authorities where they work or for which they teach or taught."""
        at = {each.authority for each in self.works_at if each.authority}
        return at | {cohort.authority for cohort in (*self.teaches, *self.taught)}


def trainers_seen_by(acting: Acting) -> list[Trainer]:
    """Whoever is a trainer of a centre, or teaches or taught a cohort that somebody sees, and still works there; by name.

    An authority sees those of the cohorts held for it or by it, and what they did there.
    """
    today = timezone.localdate()
    found: dict[UUID, Trainer] = {}
    own = Membership.objects.visible_to(acting).live().filter(role=Role.TRAINER)
    for member in own.select_related("user", "organisation__authority__region"):
        found[member.user_id] = Trainer(member.user, [member.organisation])
    assignments = list(_assignments(acting, today))
    here = _where_they_work(assignments)
    for each in assignments:
        at = [here[key] for key in _keys(each) if key in here]
        if not at:
            continue
        trainer = found.setdefault(each.user_id, Trainer(each.user))
        trainer.works_at += [place for place in at if place not in trainer.works_at]
        _add(trainer, each)
    for user_id, titles in _what_they_hold(acting, found).items():
        found[user_id].holds = titles
    return sorted(found.values(), key=lambda each: (each.user.name, str(each.user.pk)))


def _assignments(acting: Acting, today: date) -> Iterable[TrainerAssignment]:
    """Who teaches and taught what somebody sees; a session counts as delivered until the day on which they ended."""
    sessions = Session.objects.held().filter(cohort=OuterRef("cohort")).order_by("-on")
    delivered = sessions.filter(on__lte=OuterRef("until"))
    rows = TrainerAssignment.objects.visible_to(acting).select_related("user", "cohort__authority__region")
    return (
        rows.annotate(until=Coalesce(TruncDate("ended_at"), Value(today)))
        .annotate(delivered_on=Subquery(delivered.values("on")[:1]), last_day=Subquery(sessions.values("on")[:1]))
        .order_by("cohort__starts_on", "pk")
    )


def _keys(each: TrainerAssignment) -> list[tuple[UUID, UUID]]:
    """Person and organisation: the centre of a cohort, and whoever delivers it."""
    return [(each.user_id, place) for place in dict.fromkeys((each.cohort.centre_id, each.cohort.delivered_by_id))]


def _where_they_work(assignments: list[TrainerAssignment]) -> dict[tuple[UUID, UUID], Organisation]:
    """Of those who teach or taught for a centre or an authority, who still belongs there and may mark attendance."""
    wanted = {key for each in assignments for key in _keys(each)}
    people, places = {user for user, _ in wanted}, {place for _, place in wanted}
    rows = Membership.objects.who_may(Permission.MARK_ATTENDANCE).filter(user__in=people, organisation__in=places)
    rows = rows.select_related("organisation__authority__region")
    return {(each.user_id, each.organisation_id): each.organisation for each in rows}


def _add(trainer: Trainer, each: TrainerAssignment) -> None:
    """What a person teaches, or taught, in one cohort."""
    delivered_on: date | None = each.delivered_on  # type: ignore[attr-defined] # annotated
    last_day: date | None = each.last_day  # type: ignore[attr-defined] # annotated
    if each.ended_at is None and each.cohort.status in TEACHES_ON:
        trainer.teaches.append(each.cohort)
        trainer.last_days.append(last_day)
    elif each.cohort not in trainer.taught:
        trainer.taught.append(each.cohort)
    if delivered_on and (trainer.last_on is None or delivered_on > trainer.last_on):
        trainer.last_on = delivered_on


def _what_they_hold(acting: Acting, people: Iterable[UUID]) -> dict[UUID, list[str]]:
    """What is for trainers in the catalogue and written down in the organisation of whoever asks, by person."""
    for_trainers = Q(qualification__audiences__audience="trainer")
    rows = Holding.objects.visible_to(acting).live().filter(for_trainers, user__in=list(people))
    held: dict[UUID, list[str]] = defaultdict(list)
    for user_id, title in rows.order_by("-achieved_on").values_list("user", "qualification__title"):
        held[user_id].append(title)
    return held


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
        yield (each.user.name, *words, each.last_on, each.free_from(today))
