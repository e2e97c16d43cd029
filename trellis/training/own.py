"""A learner’s own days: the sessions to come, and the visits among them. The caller got the places by `of`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from trellis.training.models import Mark, MarkStatus, Part, PlaceStatus, Session, VisitOffer, VisitPlace
from trellis.training.rules.visits import VISITS

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from trellis.training.models import Place

OF_VISIT = (*(f"offer__{name}" for name in ("on", "starts", "ends", "host_name", "address")), "reflection__visit")


@dataclass(frozen=True)
class MyVisit:
    """A session of mine that is a visit: where I go, and whether I have written about it."""

    session: Session
    taken: VisitPlace | None
    to_choose: int
    wants_words: bool


def learning_in(places: Collection[Place]) -> set[UUID]:
    """The cohorts in which somebody learns now, of all their places."""
    return {place.cohort_id for place in places if place.status == PlaceStatus.TAKEN}


def _taken(places: Collection[Place]) -> list[UUID]:
    """The places in which somebody learns now."""
    return [place.pk for place in places if place.status == PlaceStatus.TAKEN]


def days_of(places: Collection[Place], today: date) -> tuple[list[Session], list[MyVisit]]:
    """The sessions that somebody has before them, the next one first, and their visits, those to choose and those chosen.

    A visit is before them while its own day is, even when the day of its session is over. Two queries, and up to two
    more when a day is a visit.
    """
    learning = learning_in(places)
    if not learning:
        return [], []
    theirs = Session.objects.filter(cohort__in=learning).held()
    days = list(theirs.filter(Q(on__gte=today) | Q(kind__in=VISITS)).order_by("on", "starts", "pk").told())
    visits = _visits_of(places, [day for day in days if day.kind in VISITS], today)
    later = {visit.session.pk for visit in visits if visit.taken and visit.taken.offer.on >= today}
    to_come = [day for day in days if day.cohort.status != "cancelled" and (day.on >= today or day.pk in later)]
    return to_come, visits


def _visits_of(places: Collection[Place], sessions: list[Session], today: date) -> list[MyVisit]:
    """Where somebody goes in these sessions, or how many visits they can choose from."""
    if not sessions:
        return []
    chosen = VisitPlace.objects.filter(session__in=sessions, place__in=_taken(places)).live()
    told = chosen.select_related("offer", "reflection").only("session", *OF_VISIT)
    taken = {each.session_id: each for each in told}
    left = [session for session in sessions if session.pk not in taken]
    to_choose: Counter[UUID] = Counter()
    if left:
        offers = VisitOffer.objects.filter(session__in=left, on__gte=today).standing()
        to_choose.update(offers.values_list("session", flat=True))
    found = []
    for session in sessions:
        mine = taken.get(session.pk)
        wants = mine is not None and mine.offer.on <= today and not hasattr(mine, "reflection")
        if mine or session.pk in to_choose:
            found.append(MyVisit(session, mine, to_choose[session.pk], wants))
    return found


def apologised_for(places: Collection[Place], sessions: Collection[Session]) -> dict[UUID, str]:
    """The sessions to which somebody has said that they cannot come, as it stands; with the parts, where it is not all of it: two queries."""
    here = [each.pk for each in sessions]
    sorry = Mark.objects.filter(place__in=_taken(places), part__session__in=here).standing()
    missed: dict[UUID, list[str]] = {}
    for session, label in (
        sorry.filter(status=MarkStatus.APOLOGISED)
        .order_by("part__position")
        .values_list("part__session", "part__label")
    ):
        missed.setdefault(session, []).append(label)
    parts = Counter(Part.objects.filter(session__in=list(missed)).values_list("session", flat=True)) if missed else {}
    return {pk: "" if len(labels) >= parts[pk] else ", ".join(labels) for pk, labels in missed.items()}
