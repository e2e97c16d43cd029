"""Attendance for tests: a session of today in a cohort, its register, and what is marked in it."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from tests.training import cohort_of, place_of, runs, session_of
from trellis.training import actions
from trellis.training.jobs import check_who_can_go, tell_of_what_was_missed
from trellis.training.models import CatchUp, Mark, Part, Session

if TYPE_CHECKING:
    from datetime import date

    from django.db.transaction import Atomic

    from tests.cast import Person
    from trellis.training.models import Cohort, Place


def todays_session(owner: Person, cohort: Cohort | None = None, number: int = 1) -> Session:
    """A session of a person’s cohort that is held today, all day: nothing in a test depends on the hour."""
    found = (cohort or cohort_of(owner)).sessions.get(number=number)
    return held_on(found, timezone.localdate())


def held_on(session: Session, day: date) -> Session:
    """A session as it would be on another day, from midnight to midnight; its afternoon begins when the morning does."""
    Session.objects.filter(pk=session.pk).update(on=day, starts=time(0, 0), ends=time(23, 59, 59))
    Part.objects.filter(session=session).update(starts=time(0, 0), ends=time(23, 59, 59))
    return Session.objects.select_related("cohort__programme").get(pk=session.pk)


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


def wanted(session: Session, place: Place, status: str, position: int = 1, **said: Any) -> actions.Wanted:
    part = session.parts.get(position=position)
    return actions.Wanted(place.pk, part.pk, status, **said)


def marked(owner: Person, status: str = "absent", **said: Any) -> Mark:
    """A learner marked in the morning of today’s session."""
    place, session = place_of(owner), todays_session(owner)
    by = runs(place.cohort, owner).acting
    there = Mark.objects.filter(place=place, part__session=session).standing().first()
    if there:
        return there
    return actions.save_marks(session=session, wanted=[wanted(session, place, status, **said)], by=by).saved[0]


def catch_up_of(owner: Person) -> CatchUp:
    """What a learner of a person’s cohort has to catch up on."""
    mark = marked(owner)
    return CatchUp.objects.get(place=mark.place, part=mark.part)


def signed_off_by(owner: Person) -> CatchUp:
    """What a learner of a person’s cohort has caught up on, as somebody signed off."""
    found = catch_up_of(owner)
    if found.status == "done":
        return found
    said = {"method": "one_to_one", "minutes": 60, "supervised": True}
    return actions.sign_off_catch_up(catch_up=found, by=runs(found.place.cohort, owner).acting, **said)


def guided_so_far(page: str) -> str:
    """What a page says of guided learning, of the 34 hours asked for."""
    return page.split("Guided learning, of 34 hours</dt>")[1].split("</dd>")[0].split(">")[-1]


def lost_by(owner: Person) -> dict[str, Any]:
    """The part of which a learner of a person’s cohort lost some minutes by being late, as an address names it."""
    mark = marked(owner, "late", missed=30)
    return {"place_id": mark.place_id, "part_id": mark.part_id}


def priyas_session(owner: Person) -> Session:
    """A session to come of a person’s cohort, in which Priya has a place."""
    place_of(owner, "Priya Nair")
    return session_of(owner)


class _Steps:
    """Stands for a job’s progress."""

    def batch(self) -> Atomic:
        return transaction.atomic()

    def say(self, result: dict[str, Any]) -> None:
        """Nobody reads it."""


def a_quarter_of_an_hour_later() -> None:
    """What the clock asks for again and again: whether people of settings can go."""
    check_who_can_go(_Steps())


def morning_after() -> None:
    """What the clock asks for each morning: who has missed something is told of it."""
    tell_of_what_was_missed(_Steps())
