"""What comes for a setting’s own people: who of them could go to which session, and who is away meanwhile."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from trellis.staffing.models import ChangeKind, DayChange
from trellis.staffing.rules.days import leaving_for
from trellis.staffing.rules.overview import typed
from trellis.training.rules.going import PartOfSession
from trellis.training.rules.minutes import after_midnight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from trellis.staffing.models import Colleague
    from trellis.staffing.reading import Week
    from trellis.staffing.rules.days import Leaving
    from trellis.training.models import Cohort, Journey, Place, Session, VisitPlace


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
            "starts": typed(self.comes[0].starts),
            "ends": typed(self.comes[-1].ends),
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
    away: dict[date, list[tuple[UUID, DayChange]]] = field(default_factory=dict)
    """Who of the setting is at a session on a day, by session."""

    def changes_for(self, session: Session, on: date) -> list[DayChange]:
        """What is otherwise on a day, and who of the setting is at another session then."""
        return [*self.changes.get(on, []), *(off for pk, off in self.away.get(on, []) if pk != session.pk)]

    def only(self, comings: Sequence[Coming]) -> Outlook:
        """The same for some of the sessions, with who is at others meanwhile."""
        return replace(self, comings=list(comings))

    def one(self, session_id: UUID) -> Coming | None:
        """A session that comes; nothing when it is none of the setting’s."""
        return next((each for each in self.comings if each.session.pk == session_id), None)


def away_at(comings: Iterable[Coming]) -> dict[date, list[tuple[UUID, DayChange]]]:
    """Who of the setting is at a session on a day, by session: for the check, being at another is being off."""
    found: dict[date, list[tuple[UUID, DayChange]]] = defaultdict(list)
    for coming in comings:
        for going in coming.goings:
            if going.goes and going.who.place:
                off = DayChange(on=going.on, kind=ChangeKind.OFF, colleague=going.who.colleague)  # never saved
                off.starts, off.until = going.leaving.start, going.leaving.until
                found[going.on].append((coming.session.pk, off))
    return found


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
