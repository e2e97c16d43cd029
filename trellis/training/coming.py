"""The sessions that come for a setting’s own people, and who of them can go: read for its manager, and for the check by itself.

As many queries however many sessions and people there are: some for the setting’s week, some for what comes, and a few
for each cohort in which guided time is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from trellis.organisations.models import Organisation
from trellis.staffing.models import DayChange
from trellis.staffing.reading import week_of
from trellis.training.models import (
    Application,
    CohortStatus,
    Journey,
    Mark,
    MarkStatus,
    Offer,
    Place,
    PlaceStatus,
    Session,
    VisitPlace,
)
from trellis.training.outlook import Coming, Going, OfOurs, Outlook, away_at, parts_of
from trellis.training.rules.going import PartOfSession
from trellis.training.rules.minutes import after_midnight
from trellis.training.rules.visits import VISITS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from trellis.accounts.acting import Acting
    from trellis.staffing.models import Colleague
    from trellis.staffing.reading import Week


def weeks_ahead() -> timedelta:
    """How far ahead sessions are looked at."""
    return timedelta(weeks=settings.ENVIRONMENT.coming_weeks)


def outlook_of(acting: Acting, today: date, *, offered: bool = True) -> Outlook:
    """What comes for the people of whoever’s setting it is. `offered` are looked at too who have not answered yet."""
    week, until = week_of(acting), today + weeks_ahead()
    ours = _with_a_place(acting, week) + (_offered(acting, week) if offered else [])
    journeys = {each.venue: each for each in Journey.objects.visible_to(acting)}
    comings = _comings(journeys, ours, today, until)
    rows = DayChange.objects.visible_to(acting).filter(on__range=(today, today + 2 * weeks_ahead()))
    changes: dict[date, list[DayChange]] = defaultdict(list)
    for each in rows.select_related("colleague", "room"):
        changes[each.on].append(each)
    return Outlook(comings, week, changes, journeys, away_at(comings))


def _with_a_place(acting: Acting, week: Week) -> list[OfOurs]:
    places = Place.objects.visible_to(acting).filter(status=PlaceStatus.TAKEN)
    places = places.select_related("cohort__programme__centre", "user").order_by("name", "pk")
    return [OfOurs(each.name, each.cohort, colleague_of(week, each.name, each.user_id), each) for each in places]


def _open_offers(acting: Acting) -> QuerySet[Offer]:
    """The offers to those for whom the manager applied and who have not answered."""
    booked = Application.objects.of(acting.user).filter(booked_by=acting.user, setting=acting.organisation_id)
    return Offer.objects.open().filter(application__in=booked.values("pk"))


def session_of_ours(acting: Acting, session_id: UUID, today: date) -> Session | None:
    """A session that comes to which somebody of the setting could go; nothing when it is none of its people’s."""
    taken = Place.objects.visible_to(acting).filter(status=PlaceStatus.TAKEN).values("cohort")
    theirs = Session.objects.filter(Q(cohort__in=taken) | Q(cohort__in=_open_offers(acting).values("cohort")))
    return theirs.to_come(today).filter(pk=session_id).select_related("cohort").first()


def _offered(acting: Acting, week: Week) -> list[OfOurs]:
    """Those for whom the manager applied and who have not answered the offer."""
    offers = (
        _open_offers(acting)
        .select_related("cohort__programme__centre", "application")
        .order_by("application__name", "pk")
    )
    return [
        OfOurs(each.application.name, each.cohort, colleague_of(week, each.application.name, each.application.user_id))
        for each in offers
    ]


def colleague_of(week: Week, name: str, user_id: UUID | None) -> Colleague | None:
    """Who in a setting’s week a learner is: by their account, or by the same name where one of both has none."""
    by_account = next((each for each in week.colleagues if user_id and each.user_id == user_id), None)
    same = (each for each in week.colleagues if each.name.casefold() == name.casefold())
    return by_account or next((each for each in same if not (user_id and each.user_id)), None)


def _comings(journeys: dict[str, Journey], ours: list[OfOurs], today: date, until: date) -> list[Coming]:
    here: dict[UUID, list[OfOurs]] = defaultdict(list)
    for each in ours:
        here[each.cohort.pk].append(each)
    chosen = VisitPlace.objects.filter(place__in=[each.place.pk for each in ours if each.place]).live()
    visits = {(each.place_id, each.session_id): each for each in chosen.select_related("offer")} if ours else {}
    later = [visit.session_id for visit in visits.values() if today <= visit.offer.on <= until]
    sessions = Session.objects.filter(cohort__in=list(here)).to_come(today, also=later)
    sessions = sessions.filter(Q(on__lte=until) | Q(pk__in=later)).select_related("cohort").prefetch_related("parts")
    found = list(sessions)
    sorry = _apologised_for(ours, found)
    comings = []
    for session in found:
        parts, journey = parts_of(session), journeys.get(session.where)
        goings = [
            _going(who, session, parts, visits.get((who.place.pk, session.pk)) if who.place else None, sorry, journeys)
            for who in here[session.cohort_id]
        ]
        comings.append(Coming(session, [each for each in goings if today <= each.on <= until], journey))
    return [each for each in comings if each.goings]


def _apologised_for(ours: Iterable[OfOurs], sessions: Collection[Session]) -> set[tuple[UUID, UUID]]:
    """Who has apologised for which part, as it stands: one query."""
    sorry = Mark.objects.filter(place__in=[each.place.pk for each in ours if each.place], status=MarkStatus.APOLOGISED)
    sorry = sorry.filter(part__session__in=[each.pk for each in sessions]).standing()
    return set(sorry.values_list("place_id", "part_id"))


def _going(
    who: OfOurs,
    session: Session,
    parts: tuple[PartOfSession, ...],
    visit: VisitPlace | None,
    sorry: set[tuple[UUID, UUID]],
    journeys: dict[str, Journey],
) -> Going:
    missed = frozenset(
        place for place, part in enumerate(session.parts.all()) if who.place and (who.place.pk, part.pk) in sorry
    )
    place = visit.offer.address if visit else session.where
    travel = journeys[place].minutes if place in journeys else 0
    if visit is None:
        chooses = session.kind in VISITS and not session.venue
        return Going(who, session, session.on, parts, missed, travel, chooses=chooses)
    offer = visit.offer
    whole = PartOfSession("The visit", after_midnight(offer.starts), after_midnight(offer.ends), 0, 0)
    return Going(who, session, offer.on, (whole,), frozenset(), travel, visit)


def elsewhere(outlook: Outlook, today: date) -> dict[UUID, list[Session]]:
    """Sessions to come of other cohorts, by programme, of the kinds that come for the setting, within reach: two queries.

    Within reach is what is held for the same authority, and where the manager has said how long the way is. A setting is
    told when and where, and nothing of who is there.
    """
    comings = outlook.comings
    authorities = {going.who.cohort.authority_id for each in comings for going in each.goings}
    of_cohorts = {each.session.cohort_id for each in comings}
    programmes = {going.who.cohort.programme_id for each in comings for going in each.goings}
    if not programmes:
        return {}
    kinds = {each.session.kind for each in comings}
    rows = Session.objects.filter(cohort__programme__in=programmes, kind__in=kinds).exclude(cohort__in=of_cohorts)
    rows = rows.filter(cohort__status__in=[CohortStatus.OPEN, CohortStatus.RUNNING])
    rows = rows.to_come(today + timedelta(days=1)).filter(on__lte=today + 2 * weeks_ahead())
    found: dict[UUID, list[Session]] = defaultdict(list)
    for session in rows.select_related("cohort").prefetch_related("parts"):
        if session.cohort.authority_id in authorities or session.where in outlook.journeys:
            found[session.cohort.programme_id].append(session)
    return found


def settings_with_something_coming(today: date) -> QuerySet[Organisation]:
    """The settings with a week of whose people somebody goes somewhere soon, or for which an answer is kept."""
    soon = Session.objects.to_come(today).filter(on__lte=today + weeks_ahead()).order_by().values("cohort")
    visits = VisitPlace.objects.live().filter(offer__on__gte=today, offer__on__lte=today + weeks_ahead())
    going = (
        Q(cohort__in=soon, status=PlaceStatus.TAKEN) | Q(pk__in=visits.values("place")) | Q(going_answers__isnull=False)
    )
    there = Place.objects.filter(going, setting__isnull=False).order_by()
    return Organisation.objects.filter(pk__in=there.values("setting"), usual_days__isnull=False).distinct()
