"""Marks read for pages and alerts: the register of a session, and what learners of a cohort have reached.

As many queries however many learners there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone
from django.utils.functional import cached_property

from trellis.qualifications.models import Criterion
from trellis.training.models import AbsenceReason, CatchUp, CatchUpStatus, Mark, MarkStatus, Part, Place
from trellis.training.rules.attendance import WITH_REASON, guided_there
from trellis.training.rules.catch_ups import why_not_open
from trellis.training.rules.figures import REACH_WORDS, Figures, PartOfOne, figures_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime
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


def state_of(mark: Mark | None) -> State:
    """How a mark says that somebody is marked."""
    return State(mark.status, mark.missed_minutes, mark.reason) if mark else NOT_MARKED


@dataclass(frozen=True)
class Register:
    """A session as it is marked: its parts, and its learners by name."""

    session: Session
    parts: list[Part]
    places: list[Place]

    @cached_property
    def versions(self) -> dict[Key, list[Mark]]:
        """Every version of each mark, the last one last, as they were when they were first asked for."""
        found: dict[Key, list[Mark]] = {}
        for mark in Mark.objects.filter(part__session=self.session).defer("client_id").order_by("version"):
            found.setdefault((mark.place_id, mark.part_id), []).append(mark)
        return found

    def last(self, place: Place, part: Part) -> Mark | None:
        """How somebody is marked now."""
        found = self.versions.get((place.pk, part.pk))
        return found[-1] if found else None

    def state(self, key: Key, version: int) -> State:
        """How somebody was marked in a version; not at all in version 0."""
        found = self.versions.get(key, [])
        return state_of(found[version - 1]) if 0 < version <= len(found) else NOT_MARKED

    @property
    def last_batch(self) -> list[Mark]:
        """What was saved last and stands, except what learners said themselves."""
        standing = [versions[-1] for versions in self.versions.values()]
        by_people = [mark for mark in standing if mark.source not in ("code", "apology")]
        newest = max(by_people, key=lambda mark: (mark.at, str(mark.batch)), default=None)
        return [mark for mark in by_people if newest and mark.batch == newest.batch]


def read_register(session: Session) -> Register:
    """The register of a session that the caller may mark: two queries, and one for its marks."""
    places = Place.objects.filter(cohort_id=session.cohort_id).live().by_name().only("name", "email", "setting_name")
    return Register(session, list(session.parts.all()), list(places))


class PartRow(NamedTuple):
    """A part of a day as a learner’s page shows it."""

    part: Part
    mark: State
    catch_up: CatchUp | None
    of_one: PartOfOne


@dataclass(frozen=True)
class LearnerAttendance:
    """A learner with their parts in order, and what these add up to."""

    place: Place
    rows: list[PartRow]
    figures: Figures
    reach: str

    @property
    def reach_words(self) -> str:
        """Whether the minimum can be reached, in words."""
        return REACH_WORDS[self.reach]

    @property
    def missed(self) -> int:
        """How many parts they missed."""
        return self.figures.apologised + self.figures.absent


def attendance_of(cohort: Cohort, places: Sequence[Place], *, before: date | None = None) -> list[LearnerAttendance]:
    """What learners of a cohort that the caller may see have reached: three queries.

    `before` leaves out how they are marked from that day on, as if it were still to come.
    """
    parts = _parts_of(cohort)
    number = {part.pk: number for number, part in enumerate(parts)}
    marks: dict[UUID, dict[int, State]] = {place.pk: {} for place in places}
    versions = Mark.objects.filter(place__in=list(marks))
    if before:
        versions = versions.filter(part__session__on__lt=before)
    said = versions.order_by("version").values_list("place_id", "part_id", *State._fields)
    for place_id, part_id, *state in said:  # the last of each stands
        if part_id in number:
            marks[place_id][number[part_id]] = State(*state)
    catch_ups: dict[UUID, dict[int, CatchUp]] = {place.pk: {} for place in places}
    for each in CatchUp.objects.filter(place__in=list(marks)).live():
        if each.part_id in number:
            catch_ups[each.place_id][number[each.part_id]] = each
    now, programme = timezone.localtime(), cohort.programme

    @cache  # it went the same way for many
    def went(number: int, mark: State, catch_up: CatchUp | None, place: str) -> PartOfOne:
        return _of_one(parts[number], mark, catch_up, now, {"place": place, "off": cohort.status == "cancelled"})

    found = []
    for place in places:
        mark, catch_up = marks[place.pk].get, catch_ups[place.pk].get
        rows = [
            PartRow(part, mark(n, NOT_MARKED), catch_up(n), went(n, mark(n, NOT_MARKED), catch_up(n), place.status))
            for n, part in enumerate(parts)
        ]
        figures = figures_of([row.of_one for row in rows])
        reach = figures.reach(share=programme.minimum_attendance, guided=programme.minimum_guided_minutes)
        found.append(LearnerAttendance(place, rows, figures, reach))
    return found


def _parts_of(cohort: Cohort) -> list[Part]:
    """The parts of the days of a cohort that are held, in order."""
    held = Part.objects.filter(session__cohort=cohort).exclude(session__status="cancelled").select_related("session")
    told = held.defer("materials", *(f"session__{name}" for name in ("cohort", "starts", "ends", "changed_at")))
    return sorted(told.order_by(), key=lambda part: (part.session.on, part.starts, part.position))


def _of_one(part: Part, mark: State, catch_up: CatchUp | None, now: datetime, stands: dict[str, Any]) -> PartOfOne:
    status, missed, _reason = mark
    done = catch_up is not None and catch_up.status == CatchUpStatus.DONE and status in WITH_REASON
    why_not = why_not_open(status=status, guided=part.guided_minutes, live=catch_up is not None, **stands)
    return PartOfOne(
        session=str(part.session_id),
        planned=part.planned_minutes,
        guided=part.guided_minutes,
        status=status,
        missed=missed,
        over=(part.session.on, part.ends) < (now.date(), now.time()),
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
