"""A learner’s own days: the sessions to come, and the visits among them. The caller got the places by `of`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trellis.training.models import Mark, MarkStatus, Part, PlaceStatus, Session, VisitOffer, VisitPlace
from trellis.training.rules.visits import VISITS

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from trellis.training.models import Place


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


def sessions_to_come(places: Collection[Place], visits: Collection[MyVisit], today: date) -> list[Session]:
    """The sessions that somebody has before them, the next one first, and visits that are later than theirs: two queries."""
    later = [visit.session.pk for visit in visits if visit.taken and visit.taken.offer.on >= today]
    here = Session.objects.filter(cohort__in=learning_in(places))
    return list(here.to_come(today, also=later).told())


def visits_of(places: Collection[Place], today: date) -> list[MyVisit]:
    """Their visits, the first one first, those to choose and those chosen: three queries, one when no day is a visit."""
    visits = Session.objects.filter(cohort__in=learning_in(places), kind__in=VISITS).held()
    sessions = list(visits.order_by("on", "starts", "pk").only("kind", "title"))
    if not sessions:
        return []
    chosen = VisitPlace.objects.filter(session__in=sessions, place__in=_taken(places)).live()
    taken = {each.session_id: each for each in chosen.select_related("offer", "reflection")}
    offers = VisitOffer.objects.filter(session__in=sessions, on__gte=today).standing()
    to_choose = Counter(offers.values_list("session", flat=True))
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
