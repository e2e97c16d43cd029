"""The sessions that come for a setting’s own people, and who of them can go: read for its manager, and for the check by itself.

As many queries however many sessions and people there are: some for the setting’s week, some for what comes, and a few
for each cohort in which guided time is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from trellis.organisations.models import Organisation
from trellis.staffing.models import ChangeKind, DayChange
from trellis.staffing.reading import week_of
from trellis.staffing.rules.days import leaving_for
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
from trellis.training.rules.going import PartOfSession
from trellis.training.rules.minutes import after_midnight
from trellis.training.rules.visits import VISITS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from trellis.accounts.acting import Acting
    from trellis.staffing.models import Colleague
    from trellis.staffing.reading import Week
    from trellis.staffing.rules.days import Leaving
    from trellis.training.models import Cohort


@dataclass(frozen=True)
class OfOurs:
    """Somebody of the setting in a cohort: with a place, or offered one. And who they are in the setting’s week."""

    name: str
    cohort: Cohort
    colleague: Colleague | None
    place: Place | None = None


@dataclass(frozen=True)
class Going:
    """Somebody of the setting and a session that comes: when it is for them, and for which parts they have apologised."""

    who: OfOurs
    session: Session
    on: date
    parts: tuple[PartOfSession, ...]
    sorry: frozenset[int] = frozenset()
    travel: int = 0
    visit: VisitPlace | None = None
    chooses: bool = False
    """Whether they have not chosen yet which visit they make: until then the session’s own day and times hold."""

    @property
    def comes(self) -> tuple[PartOfSession, ...]:
        """The parts to which they come."""
        return tuple(part for place, part in enumerate(self.parts) if place not in self.sorry)

    @property
    def goes(self) -> bool:
        """Whether it can be asked of the week at all: who is in it, and comes to something."""
        return self.who.colleague is not None and bool(self.comes)

    @property
    def with_the_others(self) -> bool:
        """Whether they go where all of the cohort go, so that it can be decided who of the setting goes when."""
        return self.goes and self.who.place is not None and self.visit is None

    @property
    def leaving(self) -> Leaving:
        """When they would be away, with the way there and back."""
        starts, ends = self.comes[0].starts, self.comes[-1].ends
        return leaving_for((str(self.who.colleague.pk),), starts=starts, ends=ends, travel=self.travel)  # type: ignore[union-attr]

    @property
    def address(self) -> str:
        """The page with the full answer, with everything filled in."""
        asks: dict[str, Any] = {"who": self.who.colleague.pk} if self.who.colleague else {}
        asks |= {f"on-{part}": getattr(self.on, part) for part in ("day", "month", "year")}
        asks |= {
            "starts": _typed(self.comes[0].starts),
            "ends": _typed(self.comes[-1].ends),
            "travel": self.travel,
            "ask": 1,
        }
        return f"{reverse('who_can_go')}?{urlencode(asks)}"


@dataclass(frozen=True)
class Coming:
    """A session that comes, with those of the setting who could go to it."""

    session: Session
    goings: list[Going]
    journey: Journey | None

    @property
    def travel(self) -> int:
        """So many minutes are counted to get there, and as many back."""
        return self.journey.minutes if self.journey else 0

    @property
    def together(self) -> list[Going]:
        """Those of whom it can be decided who goes when."""
        return [going for going in self.goings if going.with_the_others]

    @property
    def goers(self) -> list[Place]:
        """The places of these, in the same order."""
        return [going.who.place for going in self.together if going.who.place]

    @property
    def shown(self) -> str:
        """Of whom and of what times its plans speak."""
        return shown_of(self.session, self.goers)


@dataclass(frozen=True)
class Outlook:
    """What comes for a setting, with its week and what is otherwise on each day."""

    comings: list[Coming]
    week: Week
    changes: dict[date, list[DayChange]] = field(default_factory=dict)
    journeys: dict[str, Journey] = field(default_factory=dict)
    """How long the ways are, by place."""

    def changes_for(self, session: Session, on: date) -> list[DayChange]:
        """What is otherwise on a day, and who of the setting is at another session then."""
        return [*self.changes.get(on, []), *(off for pk, off in self.away.get(on, []) if pk != session.pk)]

    def only(self, comings: Sequence[Coming]) -> Outlook:
        """The same for some of the sessions, with who is at others meanwhile."""
        found = Outlook(list(comings), self.week, self.changes, self.journeys)
        found.__dict__["away"] = self.away
        return found

    @cached_property
    def away(self) -> dict[date, list[tuple[UUID, DayChange]]]:
        """Who of the setting is at a session on a day, by session."""
        found: dict[date, list[tuple[UUID, DayChange]]] = defaultdict(list)
        for coming in self.comings:
            for going in coming.goings:
                if going.goes and going.who.place:
                    # unsaved: for the check, being at another session is being off
                    leaving = going.leaving
                    off = DayChange(on=going.on, kind=ChangeKind.OFF, colleague=going.who.colleague)
                    off.starts, off.until = leaving.start, leaving.until
                    found[going.on].append((coming.session.pk, off))
        return found

    def one(self, session_id: UUID) -> Coming | None:
        """A session that comes; nothing when it is none of the setting’s."""
        return next((each for each in self.comings if each.session.pk == session_id), None)


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
    return Outlook(comings, week, changes, journeys)


def _with_a_place(acting: Acting, week: Week) -> list[OfOurs]:
    places = Place.objects.visible_to(acting).filter(status=PlaceStatus.TAKEN)
    places = places.select_related("cohort__programme__centre", "user").order_by("name", "pk")
    return [OfOurs(each.name, each.cohort, colleague_of(week, each.name, each.user_id), each) for each in places]


def _offered(acting: Acting, week: Week) -> list[OfOurs]:
    """Those for whom the manager applied and who have not answered the offer."""
    booked = Application.objects.of(acting.user).filter(booked_by=acting.user, setting=acting.organisation_id)
    offers = Offer.objects.open().filter(application__in=booked.values("pk"))
    offers = offers.select_related("cohort__programme__centre", "application").order_by("application__name", "pk")
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


def parts_of(session: Session) -> tuple[PartOfSession, ...]:
    """The parts of a session in order; one without any is one part."""
    told = tuple(
        PartOfSession(
            part.label,
            after_midnight(part.starts),
            after_midnight(part.ends),
            part.planned_minutes,
            part.guided_minutes,
        )
        for part in session.parts.all()
    )
    return told or (PartOfSession("All of it", after_midnight(session.starts), after_midnight(session.ends), 0, 0),)


def shown_of(session: Session, goers: Sequence[Place]) -> str:
    """Of whom and of what times the plans of a session speak, which name people and parts by their position."""
    who = " ".join(str(each.pk) for each in goers)
    times = " ".join(f"{part.pk}:{part.starts:%H:%M}-{part.ends:%H:%M}" for part in session.parts.all())
    return f"{who} {session.on.isoformat()} {times}"


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


def _typed(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def settings_with_something_coming(today: date) -> QuerySet[Organisation]:
    """The settings with a week of whose people somebody goes somewhere soon, or for which an answer is kept."""
    soon = Session.objects.to_come(today).filter(on__lte=today + weeks_ahead()).order_by().values("cohort")
    visits = VisitPlace.objects.live().filter(offer__on__gte=today, offer__on__lte=today + weeks_ahead())
    going = (
        Q(cohort__in=soon, status=PlaceStatus.TAKEN) | Q(pk__in=visits.values("place")) | Q(going_answers__isnull=False)
    )
    there = Place.objects.filter(going, setting__isnull=False).order_by()
    return Organisation.objects.filter(pk__in=there.values("setting"), usual_days__isnull=False).distinct()
