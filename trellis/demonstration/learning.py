"""Five hundred learners as rows: who they are, what they reached, when they were there, what they caught up.

What the pages show closely is lived through with the actions (`training.py`); so many people would take minutes so.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from trellis.demonstration.attendance import AFTERNOON, how_marked
from trellis.demonstration.clock import figure, one_of, when_open
from trellis.demonstration.elsewhere import learner, setting_of
from trellis.training.models import CatchUp, LearnerRole, Mark, Milestone, Place
from trellis.training.rules.attendance import MISSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trellis.accounts.models import User
    from trellis.training.models import Cohort, Part, Session

WITHDREW = (
    "time",
    "time",
    "staffing",
    "time",
    "sickness",
    "left_setting",
    "staffing",
    "change_of_role",
    "personal",
    "content",
)
ROLES = (
    *(LearnerRole.SENCO,) * 5,
    *(LearnerRole.DEPUTY_SENCO,) * 2,
    LearnerRole.ABOUT_TO_BE,
    LearnerRole.MANAGER,
    LearnerRole.CHILDMINDER,
)
NOT_CAUGHT_UP = (
    "The trainer and the learner agreed that nothing essential was missed",
    "No day could be found on which the setting had cover",
    "The learner has covered this in other training and showed it",
)
GONE = "They withdrew from the course"
EVIDENCE = {
    "applied": "The paper form, kept at the centre",
    "started": "First session",
    "retained_1": "Register",
    "retained_2": "Register and first assignment",
    "completed": "All criteria met, confirmed by the quality assurer",
}
RECENT = timedelta(days=32)


@dataclass(frozen=True)
class Path:
    """How it goes for one learner: after which session they came no more, and whether they finish on the last day."""

    leaves_after: int | None
    late: int

    @property
    def finishes(self) -> bool:
        """Whether they complete, once the cohort is over."""
        return self.leaves_after is None and self.late < 75


def path_of(name: str) -> Path:
    """The path of a learner, the same every time: about one in six gives up, at the beginning more than later.

    >>> sum(path_of(learner(number)).leaves_after is not None for number in range(300)) in range(40, 65)
    True
    """
    gives_up = figure(name, "ends early") < 17
    return Path(
        min(figure(name, "after") % 9, figure(name, "or after") % 11) if gives_up else None, figure(name, "late") % 80
    )


@dataclass
class Learned:
    """What is to be written, and who writes it: places, milestones, marks and catch-ups."""

    noon: datetime
    places: list[Place] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    catch_ups: list[CatchUp] = field(default_factory=list)

    def write(self) -> None:
        """Write it, a table after the other."""
        Place.objects.bulk_create(self.places)
        Milestone.objects.bulk_create(self.milestones)
        Mark.objects.bulk_create(self.marks, batch_size=2000)
        CatchUp.objects.bulk_create(self.catch_ups)
        if connection.vendor == "postgresql":
            # It counts tables only after the end of the transaction; until then it would read all marks for each one.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def add(self, cohort: Cohort, how_many: int, *, by: User, trainer: User) -> None:
        """Learners with all that has happened to them in a cohort by now."""
        sessions = list(cohort.sessions.order_by("on", "number").prefetch_related("parts"))
        batches = {session.pk: uuid.uuid4() for session in sessions}
        for number in range(len(self.places), len(self.places) + how_many):
            place = self._place(cohort, number, sessions[0].on, by)
            path = path_of(place.name)
            gone_on = self._reach(place, path, [session.on for session in sessions], cohort.status, by)
            for session in sessions:
                if session.on < (gone_on or self.noon.date()) and cohort.status != "open":
                    self._mark(place, session, trainer, batches[session.pk], gone=gone_on is not None)

    def _place(self, cohort: Cohort, number: int, first: date, by: User) -> Place:
        name = learner(number)
        given, *_, family = name.lower().split()
        place = Place(
            cohort=cohort,
            name=name,
            email=f"{given}.{family}@demonstration.example",
            setting_name=setting_of(number),
            authority_id=cohort.authority_id,
            role=one_of(ROLES, name, "role"),
            placed_at=self._moment(min(first - timedelta(days=16 + number % 9), self.noon.date() - timedelta(days=2))),
            placed_by=by,
        )
        self.places.append(place)
        return place

    def _reach(self, place: Place, path: Path, days: Sequence[date], status: str, by: User) -> date | None:
        """Note what they reached by now; the day on which they withdrew, if they did."""
        given = place.placed_at.date()
        reached = {"applied": given - timedelta(days=3 + figure(place.name) % 12), "accepted": given}
        last = days[-1] + timedelta(days=path.late // 3)
        stays = path.leaves_after
        gone_on = None if stays is None else days[stays] + timedelta(days=2) if stays else days[0] - timedelta(days=3)
        reached |= {"started": days[0], "retained_1": days[4], "retained_2": days[8]}
        if path.finishes and status == "finished":
            reached["completed"] = when_open(last) if when_open(last) >= days[-1] else last
            place.status = "completed"
        today = self.noon.date()
        gone_on = gone_on if gone_on and gone_on < today and status != "open" else None
        for kind, on in reached.items():
            if on < (gone_on or today) and (status != "open" or kind in ("applied", "accepted")):
                self._note(place, kind, on, by, EVIDENCE.get(kind, ""))
        if gone_on:
            self._note(
                place, "withdrawn", gone_on, by, "They told us by telephone", reason=one_of(WITHDREW, place.name, "why")
            )
            place.status = "withdrawn"
        return gone_on

    def _note(self, place: Place, kind: str, on: date, by: User, evidence: str, *, reason: str = "") -> None:
        noted = min(self._moment(on), self.noon)
        self.milestones.append(
            Milestone(place=place, kind=kind, on=on, evidence=evidence, reason=reason, noted_at=noted, noted_by=by)
        )

    def _mark(self, place: Place, session: Session, trainer: User, batch: uuid.UUID, *, gone: bool) -> None:
        """How they are marked in each part of a session, and what they caught up of what they missed."""
        at = self._moment(session.on, AFTERNOON)
        for part in session.parts.all():
            status, missed, reason = how_marked(place.name, session.number, part)
            self.marks.append(
                Mark(
                    place=place,
                    part=part,
                    version=1,
                    status=status,
                    missed_minutes=missed,
                    reason=reason,
                    batch=batch,
                    at=at,
                    by=trainer,
                )
            )
            if status in MISSED and part.guided_minutes:
                self._catch_up(place, part, at, trainer, gone=gone)

    def _catch_up(self, place: Place, part: Part, at: datetime, trainer: User, *, gone: bool) -> None:
        """Most is caught up within three weeks, some never; what was missed lately is open."""
        chance = figure(place.name, part.session.number, part.label, "caught up")
        closed = at + timedelta(days=7 + chance % 16)
        row = CatchUp(place=place, part=part, opened_at=at)
        if gone or self.noon - at > RECENT or (chance < 30 and closed < self.noon):
            row.closed_at, row.closed_by = min(closed, self.noon), trainer
            row.status = "ended" if gone or (chance >= 94 and place.status != "completed") else "done"
        if row.status == "ended":
            row.because = GONE if gone else one_of(NOT_CAUGHT_UP, place.name, part.label)
        elif row.status == "done":
            row.method = one_of(
                ("one_to_one", "other_cohort", "webcast", "one_to_one", "recording"), place.name, chance
            )
            row.minutes, row.supervised = (
                part.guided_minutes,
                row.method != "recording" or place.status == "completed" or chance % 5 > 0,
            )
        self.catch_ups.append(row)

    def _moment(self, on: date, at: time = time(14, 10)) -> datetime:
        return timezone.make_aware(datetime.combine(on, at))
