"""Who of a setting can go to what comes: each by themselves, all together, the plans for two, and the ways out of training."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trellis.core.dates import clock, day
from trellis.staffing.asking import Told, answered_only, asked
from trellis.staffing.editions.loading import edition_on
from trellis.staffing.rules.answers import Verdict
from trellis.staffing.rules.checking import check
from trellis.staffing.rules.days import Leaving, leaving_for
from trellis.staffing.rules.ways_out import Kind, verdict_of
from trellis.training.attendance import attendance_of
from trellis.training.coming import elsewhere
from trellis.training.outlook import parts_of
from trellis.training.rules.going import (
    NOTHING,
    Goer,
    Plan,
    covers,
    plan_said,
    stays_of,
    still_needs,
    who_goes_when,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from trellis.staffing.rules.days import Day
    from trellis.staffing.rules.edition import Edition
    from trellis.staffing.rules.ways_out import Way
    from trellis.training.attendance import LearnerAttendance
    from trellis.training.models import Cohort, Session
    from trellis.training.outlook import Coming, Going, Outlook
    from trellis.training.rules.going import Goes

MOST_TRIED = 8
NOT_IN_THE_WEEK = "{name} is not in your week, so we cannot say"
SORRY = "{name} has apologised for all of it"


@dataclass(frozen=True)
class AnotherSession:
    """A way out that only training knows: what is missed can be caught up with another cohort of the programme."""

    session: Session
    sentence: str
    verdict: Verdict


@dataclass(frozen=True)
class Answered:
    """Whether somebody can go, or why that cannot be said."""

    going: Going
    why_none: str = ""
    told: Told | None = None
    another: AnotherSession | None = None

    @property
    def verdict(self) -> Verdict | None:
        """The answer; nothing where none can be given."""
        return self.told.answer.verdict if self.told and self.told.answer else None

    @property
    def ways(self) -> list[Way | AnotherSession]:
        """The ways out, the cheapest first: another session costs the day, and cover costs money."""
        ways = [each.way for each in self.told.ways] if self.told else []
        free: list[Way | AnotherSession] = [way for way in ways if way.kind != Kind.COVER]
        return [*free, *([self.another] if self.another else []), *(way for way in ways if way.kind == Kind.COVER)]


@dataclass(frozen=True)
class SessionAnswered:
    """A session that comes with what is said of each who could go, and of all of them together."""

    coming: Coming
    each: list[Answered]
    together: Verdict | None
    plans: list[Plan]
    goers: list[Goer]

    @property
    def better(self) -> Plan | None:
        """The first plan by which the day holds better than when everybody goes."""
        return next((plan for plan in self.plans if self.together is None or plan.verdict < self.together), None)

    def said(self, goes: Goes) -> str:
        """A plan in a sentence."""
        return plan_said(parts_of(self.coming.session), self.goers, goes)

    @property
    def needs(self) -> list[str]:
        """What each of them still needs."""
        return [still_needs(goer) for goer in self.goers]


def answer_all(outlook: Outlook, today: date, *, ways: bool = True, plan_all: bool = False) -> list[SessionAnswered]:
    """What is said of each session that comes. Plans are made where not all can go, or for every session when asked.

    Without `ways` nothing is looked for that would help: the verdicts are enough for who only compares them.
    """
    others = elsewhere(outlook, today) if ways else {}
    attendance, found = _Attendance(outlook.comings), []
    for coming in outlook.comings:
        each = [_answered(outlook, coming, going, others if ways else None) for going in coming.goings]
        together = together_of(outlook, coming) if len(coming.together) > 1 else None
        goers = attendance.goers(coming) if ways and (plan_all or together) else []
        plans = plans_for(outlook, coming, goers) if goers else []
        found.append(SessionAnswered(coming, each, together, plans, goers))
    return found


def _answered(outlook: Outlook, coming: Coming, going: Going, others: dict[UUID, list[Session]] | None) -> Answered:
    name = going.who.name
    if going.who.colleague is None:
        return Answered(going, NOT_IN_THE_WEEK.format(name=name))
    if not going.comes:
        return Answered(going, SORRY.format(name=name))
    instead = tuple(each.leaving.people[0] for each in coming.together if each is not going)
    changes = outlook.changes_for(coming.session, going.on)
    if others is None:
        return Answered(going, told=answered_only(outlook.week, changes, going.on, going.leaving))
    told = asked(outlook.week, changes, going.on, going.leaving, travel=going.travel, instead=instead)
    answered = Answered(going, told.why_none, told)
    if answered.verdict and going.who.place:
        other = _another(outlook, going, answered.verdict, others.get(going.who.cohort.programme_id, ()))
        return Answered(going, told.why_none, told, other)
    return answered


def _another(outlook: Outlook, going: Going, now: Verdict, sessions: Iterable[Session]) -> AnotherSession | None:
    """The first later session of another cohort that makes this one good and to which they can rather go."""
    busy = {on for on, offs in outlook.away.items() for _, off in offs if off.colleague == going.who.colleague}
    fits = [
        each for each in sessions if each.on > going.on and each.on not in busy and _makes_good(going.session, each)
    ]
    for session in fits[:MOST_TRIED]:
        found, parts = _day_of(outlook, session), parts_of(session)
        if found is None:
            continue
        starts, ends = parts[0].starts, parts[-1].ends
        travel = outlook.journeys[session.where].minutes if session.where in outlook.journeys else going.travel
        leaving = leaving_for(going.leaving.people, starts=starts, ends=ends, travel=travel)
        verdict = check(found[0], leaving, found[1]).verdict
        if verdict < now:
            when = f"{session.on.strftime('%A')} {day(session.on)}, {clock(session.starts)} to {clock(session.ends)}"
            where = f", {session.where}" if session.where else ""
            return AnotherSession(
                session, f"Catch up with “{session.cohort.title}” on {when}{where}: ask the trainer", verdict
            )
    return None


def _makes_good(this: Session, other: Session) -> bool:
    here, there = ({code for part in each.parts.all() for code in part.criteria} for each in (this, other))
    return this.kind == other.kind and covers(here, there, same_title=str(this) == str(other))


def together_of(outlook: Outlook, coming: Coming) -> Verdict | None:
    """The answer when everybody goes who has not apologised; nothing where none can be given."""
    when: dict[tuple[int, int], list[str]] = {}
    for going in coming.together:
        when.setdefault((going.leaving.start, going.leaving.until), []).extend(going.leaving.people)
    found = _day_of(outlook, coming.session)
    if found is None or not when:
        return None
    return verdict_of(found[0], tuple(Leaving(tuple(people), *times) for times, people in when.items()), found[1])


def plans_for(outlook: Outlook, coming: Coming, goers: list[Goer]) -> list[Plan]:
    """Who goes when: the plans by which the day holds. None where the setting is closed."""
    found = _day_of(outlook, coming.session)
    if found is None:
        return []
    this, edition = found
    return who_goes_when(
        parts_of(coming.session),
        goers,
        travel=coming.travel,
        check=lambda leavings: verdict_of(this, leavings, edition),
    )


def _day_of(outlook: Outlook, session: Session) -> tuple[Day, Edition] | None:
    """The setting on the day of a session, and the rules of that day; nothing when it is closed then."""
    edition = edition_on(session.on)
    this = outlook.week.day_on(session.on, outlook.changes_for(session, session.on))
    return (this, edition) if this and edition else None


def nobody_goes(answered: SessionAnswered) -> Plan:
    """That nobody of the setting goes: each misses it all."""
    parts, goes = parts_of(answered.coming.session), tuple(NOTHING for _ in answered.goers)
    return Plan(goes, Verdict.POSSIBLE, stays_of(parts, answered.goers, goes))


@dataclass
class _Attendance:
    """How the setting’s people attended, read once for each cohort."""

    comings: list[Coming]
    known: dict[UUID, dict[UUID, LearnerAttendance]] = field(default_factory=dict)

    def goers(self, coming: Coming) -> list[Goer]:
        """Those of whom it can be decided who goes when, with what they have and need."""
        return [self._goer(going, coming.session) for going in coming.together]

    def _goer(self, going: Going, session: Session) -> Goer:
        programme = going.who.cohort.programme
        found = self._of(going.who.cohort)[going.who.place.pk]  # type: ignore[union-attr]  # whoever goes with them has one
        others = tuple(row.of_one for row in found.rows if row.part.session_id != session.pk)
        share, guided = programme.minimum_attendance, programme.minimum_guided_minutes
        return Goer(going.leaving.people[0], going.who.name, others, share, guided, going.sorry)

    def _of(self, cohort: Cohort) -> dict[UUID, LearnerAttendance]:
        if cohort.pk not in self.known:
            goings = [going for coming in self.comings for going in coming.goings]
            places = {each.who.place.pk: each.who.place for each in goings if each.who.place}
            here = [place for place in places.values() if place.cohort_id == cohort.pk]
            self.known[cohort.pk] = {found.place.pk: found for found in attendance_of(cohort, here)}
        return self.known[cohort.pk]
