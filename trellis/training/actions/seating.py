"""Seating somebody in a cohort: one way, whether they were given the place or accepted an offer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from trellis.accounts.models import User
from trellis.core.audit import record
from trellis.core.dates import day
from trellis.core.refusal import refuse
from trellis.training.actions.moving import held_in
from trellis.training.actions.telling import tell_learner
from trellis.training.models import Place
from trellis.training.rules.places import why_not_place

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.core.audit import Actor
    from trellis.training.models import Cohort


@dataclass(frozen=True)
class Seat:
    """Who is seated: name and address, where they work, what they are there."""

    name: str
    email: str
    role: str
    authority_id: str
    user_id: UUID | None = None
    provider_id: UUID | None = None
    setting_id: UUID | None = None
    setting_name: str = ""


def seat(*, cohort: Cohort, who: Seat, placed_by: UUID, by: Actor, organisation_id: UUID | None = None) -> Place:
    """Give somebody a place in a cohort that is held, and tell them. Raises `Refused` when there is none."""
    user_id = who.user_id or account_of(who.email)
    has_one = cohort.places.live().of_somebody(who.email, user_id).exists()
    refuse(why_not_place(cohort=cohort.status, taken=held_in(cohort), most=cohort.most_places, has_one=has_one))
    place = Place.objects.create(cohort=cohort, placed_by_id=placed_by, **asdict(who) | {"user_id": user_id})
    record(by=by, verb="place.given", subject=place, change={"cohort": cohort.title}, organisation_id=organisation_id)
    tell_learner(
        place=place,
        cohort=cohort,
        subject="You have a place",
        reason=f"You have a place on “{cohort.programme.title}”, starting {day(cohort.starts_on)}.",
        once_key=f"place {place.pk} given",
    )
    return place


def account_of(email: str) -> UUID | None:
    """The account of an address: whoever has a place, or applied by a link, may have one."""
    return User.objects.filter(email=email, is_active=True).values_list("pk", flat=True).first()
