"""Marks read for pages and alerts: the register of a session, and what learners of a cohort have reached.

As many queries however many learners there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import TextField, Value
from django.db.models.functions import Cast, Replace
from django.utils import timezone
from django.utils.functional import cached_property

from trellis.qualifications.models import Criterion
from trellis.training.models import AbsenceReason, CatchUp, CatchUpStatus, Mark, MarkStatus, Part, Place
from trellis.training.rules.attendance import WITH_REASON, guided_there
from trellis.training.rules.catch_ups import why_not_open
from trellis.training.rules.figures import REACH_WORDS, Figures, PartOfOne, figures_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime, time
    from uuid import UUID

    from trellis.training.models import Cohort, Session

Key = tuple["UUID", "UUID"]
"""Whose place, and which part."""


class State(NamedTuple):
    """How somebody is marked: status, minutes missed, reason."""

    status: str
    missed_minutes: int
    reason: str

    @property
    def words(self) -> str:
        """As a page says it."""
        said = [MarkStatus(self.status).label]
        said += [f", {self.missed_minutes} minutes"] * bool(self.missed_minutes)
        said += [f": {AbsenceReason(self.reason).label.lower()}"] if self.reason else []
        return "".join(said)


NOT_MARKED = State("unmarked", 0, "")
TEMPLATES_ARE_FOR = "senco-level-3-award"
"""The entry of the catalogue whose criteria the templates of cohorts name."""


class StandingMark(NamedTuple):
    """The last version of a mark, with who made it: what a register says and asks of it."""

    place_id: UUID
    part_id: UUID
    version: int
    status: str
    missed_minutes: int
    reason: str
    source: str
    because: str
    batch: str
    """What was saved together, as text without dashes."""
    at: datetime
    by: str | None
    """The name of who made it; nobody’s of an apology by link."""

    @property
    def words(self) -> str:
        """The status as a page says it."""
        return MarkStatus(self.status).label


def state_of(mark: Mark | StandingMark | None) -> State:
    """How a mark says that somebody is marked."""
    return State(mark.status, mark.missed_minutes, mark.reason) if mark else NOT_MARKED


@dataclass(frozen=True)
class Register:
    """A session as it is marked: its parts, and its learners by name."""

    session: Session
    parts: list[Part]
    places: list[Place]

    @cached_property
    def standing(self) -> dict[Key, StandingMark]:
        """The last version of each mark, as they were when they were first asked for."""
        columns = [as_text(name) if name == "batch" else name for name in StandingMark._fields[:-1]]
        rows = Mark.objects.filter(part__in=self.parts).standing().values_list(*columns, "by__name")
        return {row[:2]: StandingMark._make(row) for row in rows}

    @cached_property
    def _earlier(self) -> dict[tuple[Key, int], State]:
        """How everybody was marked in each version: asked for only when somebody saw another than the last."""
        rows = Mark.objects.filter(part__in=self.parts).values_list("place_id", "part_id", "version", *State._fields)
        return {((place, part), version): State(*state) for place, part, version, *state in rows}

    def last(self, place: Place, part: Part) -> StandingMark | None:
        """How somebody is marked now."""
        return self.standing.get((place.pk, part.pk))

    def state(self, key: Key, version: int) -> State:
        """How somebody was marked in a version; not at all in version 0."""
        last = self.standing.get(key)
        if version == 0 or last is None:
            return NOT_MARKED
        return state_of(last) if version == last.version else self._earlier.get((key, version), NOT_MARKED)

    @property
    def last_batch(self) -> list[StandingMark]:
        """What was saved last and stands, except what learners said themselves."""
        by_people = [mark for mark in self.standing.values() if mark.source not in ("code", "apology")]
        newest = max(by_people, key=lambda mark: (mark.at, mark.batch), default=None)
        return [mark for mark in by_people if newest and mark.batch == newest.batch]


def read_register(session: Session, *, places: list[Place] | None = None) -> Register:
    """The register of a session that the caller may mark: two queries, and one for its marks.

    `places` are its learners, if they have just been read.
    """
    if places is None:
        of_cohort = Place.objects.filter(cohort_id=session.cohort_id).live().by_name()
        places = list(of_cohort.only("name", "email", "setting_name"))
    return Register(session, list(session.parts.all()), places)


class PartRow(NamedTuple):
    """A part of a day as a learner’s page shows it."""

    part: Part
    mark: State
    catch_up: CatchUp | None
    of_one: PartOfOne


class Planned(NamedTuple):
    """A part of a day as it counts: what figures need to know of it. Its key is written as text, without dashes."""

    key: str
    session: UUID
    on: date
    ends: time
    planned_minutes: int
    guided_minutes: int
    criteria: list[str]


PLANNED = Planned._fields[3:]


class Course:
    """What learners of a cohort have in common: the parts of its days, in order."""

    def __init__(self, cohort: Cohort) -> None:
        self.cohort = cohort
        held = Part.objects.filter(session__cohort=cohort).exclude(session__status="cancelled").order_by()
        rows = held.values_list("session__on", "starts", "position", "pk", "session_id", *PLANNED)
        self.planned = [
            Planned(key.hex, session, on, *planned)
            for on, _starts, _position, key, session, *planned in sorted(rows, key=itemgetter(0, 1, 2))
        ]
        self.number = {part.key: number for number, part in enumerate(self.planned)}

    @cached_property
    def parts(self) -> list[Part]:
        """The parts themselves, for a page that names each."""
        told = Part.objects.filter(session__cohort=self.cohort).select_related("session").order_by()
        told = told.defer("materials", *(f"session__{name}" for name in ("cohort", "starts", "ends", "changed_at")))
        found = {part.pk.hex: part for part in told}
        return [found[each.key] for each in self.planned]


@dataclass(frozen=True)
class LearnerAttendance:
    """A learner with what their parts add up to."""

    place: Place
    course: Course
    went: list[PartOfOne]
    marks: dict[int, State]
    catch_ups: dict[int, CatchUp]
    figures: Figures
    reach: str

    @property
    def rows(self) -> list[PartRow]:
        """The parts of the days, in order."""
        mark, catch_up = self.marks.get, self.catch_ups.get
        shown = enumerate(zip(self.course.parts, self.went, strict=True))
        return [PartRow(part, mark(n, NOT_MARKED), catch_up(n), of_one) for n, (part, of_one) in shown]

    @property
    def reach_words(self) -> str:
        """Whether the minimum can be reached, in words."""
        return REACH_WORDS[self.reach]

    @property
    def missed(self) -> int:
        """How many parts they missed."""
        return self.figures.apologised + self.figures.absent


def attendance_of(cohort: Cohort, places: Sequence[Place], *, before: date | None = None) -> list[LearnerAttendance]:
    """What learners of a cohort that the caller may see have reached: three queries, and one more for a page of `rows`.

    `before` leaves out how they are marked from that day on, as if it were still to come.
    """
    course = Course(cohort)
    marks = _marks_of(course, places, before)
    catch_ups: dict[UUID, dict[int, CatchUp]] = {place.pk: {} for place in places}
    for each in CatchUp.objects.filter(place__in=list(catch_ups)).live():
        if (part := course.number.get(each.part_id.hex)) is not None:
            catch_ups[each.place_id][part] = each
    now, programme, off = timezone.localtime(), cohort.programme, cohort.status == "cancelled"
    alike: dict[tuple[int, str, State], PartOfOne] = {}  # it went the same way for many

    def went(key: tuple[int, str, State], catch_up: CatchUp | None = None) -> PartOfOne:
        number, place, mark = key
        return _of_one(course.planned[number], mark, catch_up, now, {"place": place, "off": off})

    found = []
    for place in places:
        of_one, caught_up = marks[place.pk.hex], catch_ups[place.pk]
        keys = [(n, place.status, of_one.get(n, NOT_MARKED)) for n in range(len(course.planned))]
        alike |= {key: went(key) for key in keys if key not in alike}
        parts = [alike[key] for key in keys]
        for n, catch_up in caught_up.items():
            parts[n] = went(keys[n], catch_up)
        figures = figures_of(parts)
        reach = figures.reach(share=programme.minimum_attendance, guided=programme.minimum_guided_minutes)
        found.append(LearnerAttendance(place, course, parts, of_one, caught_up, figures, reach))
    return found


def as_text(name: str) -> Replace:
    """The key of a row as text without dashes, on each database: thousands of keys need not be made for a few names."""
    return Replace(Cast(name, TextField()), Value("-"), Value(""), output_field=TextField())


def _marks_of(course: Course, places: Sequence[Place], before: date | None) -> dict[str, dict[int, State]]:
    """How each learner is marked in each part, by key and number."""
    found: dict[str, dict[int, State]] = {place.pk.hex: {} for place in places}
    versions = Mark.objects.filter(place__in=places)
    if before:
        versions = versions.filter(part__session__on__lt=before)
    said = versions.order_by("version").values_list(as_text("place_id"), as_text("part_id"), *State._fields)
    states: dict[tuple[Any, ...], State] = {}
    for place, part, *state in said:  # the last of each stands
        if part in course.number:
            key = tuple(state)
            found[place][course.number[part]] = states.get(key) or states.setdefault(key, State(*state))
    return found


def _of_one(part: Planned, mark: State, catch_up: CatchUp | None, now: datetime, stands: dict[str, Any]) -> PartOfOne:
    status, missed, _reason = mark
    done = catch_up is not None and catch_up.status == CatchUpStatus.DONE and status in WITH_REASON
    why_not = why_not_open(status=status, guided=part.guided_minutes, live=catch_up is not None, **stands)
    return PartOfOne(
        session=str(part.session),
        planned=part.planned_minutes,
        guided=part.guided_minutes,
        status=status,
        missed=missed,
        over=(part.on, part.ends) < (now.date(), now.time()),
        caught_up=catch_up.minutes if catch_up and done else 0,
        supervised=bool(catch_up and done and catch_up.supervised),
        open=catch_up is not None and catch_up.status == CatchUpStatus.OPEN,
        can_open=why_not is None,
        criteria=tuple(part.criteria),
    )


def guided_missed(catch_up: CatchUp) -> int:
    """How many guided minutes somebody missed of the part that a catch-up, which the caller may see, is about."""
    part = catch_up.part
    status, missed, _reason = state_of(Mark.objects.filter(place=catch_up.place_id, part=part).standing().first())
    there = guided_there(planned=part.planned_minutes, guided=part.guided_minutes, status=status, missed=missed)
    return part.guided_minutes - there


def criteria_words(cohorts: Iterable[Cohort], codes: Iterable[str]) -> dict[tuple[UUID, str], str]:
    """The words of criteria, by cohort and code, from the sets that are public: one query.

    Which set it is, the programme says by its entry of the catalogue; a cohort that comes from a template has its codes.
    """
    keys = {
        each.pk: each.programme.qualification_key or (TEMPLATES_ARE_FOR if each.template else "") for each in cohorts
    }
    rows = Criterion.objects.visible_to(None).filter(
        outcome__unit__set__qualification_key__in=[key for key in keys.values() if key], code__in=list(codes)
    )
    words = {
        (key, code): text
        for key, code, text in rows.values_list("outcome__unit__set__qualification_key", "code", "text")
    }
    return {(pk, code): text for pk, key in keys.items() for (of, code), text in words.items() if of == key}
