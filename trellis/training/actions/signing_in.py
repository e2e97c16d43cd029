"""What learners say themselves: by the code on the wall that they are here, beforehand that they cannot come."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from trellis.core.audit import System, record
from trellis.core.dates import clock, day
from trellis.core.often import counted_of
from trellis.core.refusal import Refused, refuse
from trellis.training.actions.holding import hold_cohort
from trellis.training.actions.marks import Wanted, mark_oneself
from trellis.training.actions.visit_places import give_back_visit
from trellis.training.models import (
    Mark,
    MarkSource,
    MarkStatus,
    Place,
    PlaceStatus,
    Session,
    VisitOffer,
    VisitPlace,
    WallCode,
)
from trellis.training.rules.attendance import (
    CODE_MINUTES,
    signed_in_as,
    why_not_apologise,
    why_not_open_code,
    why_not_sign_in,
)

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User
    from trellis.training.models import Part

BY_LINK = System("A learner with their link", acting_as="The page of an apology")
VISIT_BY_LINK = System("A learner with their link", acting_as="The page of a visit")
TEN_MINUTES = 600


@dataclass(frozen=True)
class ALearner:
    """A learner as an actor: a person who acts for no organisation."""

    actor_id: UUID
    actor_name: str
    acting_as: str = "Learner"
    organisation_id: UUID | None = None


def code_of(row: WallCode) -> str:
    """The six digits on the wall. They follow from the row and the installation’s secret, and are kept nowhere."""
    number = int(salted_hmac("trellis.training.wall_code", str(row.pk), algorithm="sha256").hexdigest()[:12], 16)
    return f"{number % 1_000_000:06}"


@transaction.atomic
def open_code(*, part: Part, by: Acting) -> WallCode:
    """Put a new code on the wall for a part; the one before stops working. Raises `Refused`."""
    Session.objects.filter(pk=part.session_id).update(status=F("status"))
    session = Session.objects.get(pk=part.session_id)
    now = timezone.now()
    refuse(
        why_not_open_code(
            on=session.on,
            now=timezone.localtime(now),
            ends=part.ends,
            session=session.status,
            cohort=session.cohort.status,
        )
    )
    WallCode.objects.filter(part=part, closed_at__isnull=True).update(closed_at=now)
    found = WallCode.objects.create(
        part=part, opened_at=now, opened_by=by.user, ends_at=now + timedelta(minutes=CODE_MINUTES)
    )
    record(by=by, verb="register.code_shown", subject=session, change={"part": part.label})
    return found


def sign_in(*, code: str, user: User) -> str:
    """Mark somebody who entered the code on the wall; the sentence that tells them for what. Raises `Refused`."""
    now = timezone.now()
    tries = counted_of("wall code", str(user.pk), within=TEN_MINUTES)
    row = _open_now(code, user, now)
    place = _place_in(row.part.session, user) if row else None
    last = Mark.objects.filter(place=place, part=row.part).standing().first() if row and place else None
    when = _when(row.part) if row else ""
    refuse(why_not_sign_in(tries=tries, found=place is not None, status=last.status if last else "", when=when))
    if row is None or place is None:  # the rule has refused
        raise Refused(when)
    part = row.part
    status, missed = signed_in_as(starts=part.starts, now=timezone.localtime(now).time(), planned=part.planned_minutes)
    wanted = Wanted(place.pk, part.pk, status, missed, source=MarkSource.CODE)
    by = ALearner(user.pk, user.name)
    mark_oneself(session=part.session, wanted=[wanted], user=user, by=by, because="Signed in by the code on the wall")
    late = f", {missed} minutes after the start" if missed else ""
    return f"You are signed in: {when}{late}"


def _open_now(code: str, user: User, now: datetime) -> WallCode | None:
    """The code that is open now, today, in a cohort in which somebody has a place."""
    mine = Session.objects.of(user).filter(on=timezone.localdate(now)).held()
    rows = WallCode.objects.open_at(now).filter(part__session__in=mine.values("pk"))
    for row in rows.select_related("part__session__cohort"):
        if hmac.compare_digest(code_of(row), code):
            return row
    return None


def _place_in(session: Session, user: User) -> Place | None:
    return Place.objects.of(user).filter(cohort_id=session.cohort_id, status=PlaceStatus.TAKEN).first()


def _when(part: Part) -> str:
    return f"{part.label} of {part.session}, {day(part.session.on)}"


def day_of(*, place: Place, session: Session) -> Session | VisitOffer:
    """When a learner is expected: at the visit that they have chosen, or else at the session."""
    visit = VisitPlace.objects.live().filter(place=place, session=session).select_related("offer").first()
    return visit.offer if visit else session


def why_not_say_sorry(*, place: Place, session: Session) -> str | None:
    """Why a learner cannot apologise for a session now, or None if they can."""
    then = day_of(place=place, session=session)
    begins = timezone.make_aware(datetime.combine(then.on, then.starts))
    sorry = _apologised(place, session)
    return why_not_apologise(
        session=session.status if place.status == PlaceStatus.TAKEN else "cancelled",
        cohort=session.cohort.status,
        begun=timezone.now() >= begins,
        statuses=[MarkStatus.APOLOGISED if part.pk in sorry else "" for part in session.parts.all()],
    )


def _apologised(place: Place, session: Session) -> set[UUID]:
    """The parts for which somebody has apologised, as it stands."""
    marks = Mark.objects.filter(place=place, part__session=session).standing()
    return set(marks.filter(status=MarkStatus.APOLOGISED).values_list("part_id", flat=True))


@transaction.atomic
def apologise(*, place: Place, session: Session, reason: str, user: User | None = None) -> str:
    """Note that a learner cannot come to a session that has not begun; the sentence that says so. Raises `Refused`.

    Where they, or their setting, have apologised for a part of it, that stays as it was said. The place that they have in a visit of it is free for somebody else.
    """
    hold_cohort(session.cohort_id)
    then = day_of(place=place, session=session)
    refuse(why_not_say_sorry(place=place, session=session))
    wanted = [
        Wanted(place.pk, part.pk, MarkStatus.APOLOGISED, reason=reason, source=MarkSource.APOLOGY)
        for part in session.parts.exclude(pk__in=_apologised(place, session))
    ]
    by = ALearner(user.pk, user.name) if user else BY_LINK
    mark_oneself(session=session, wanted=wanted, user=user, by=by, because="Apologised beforehand")
    for visit in VisitPlace.objects.live().filter(place=place, session=session, reflection__isnull=True):
        give_back_visit(visit=visit, user=user, by=by)
    return f"The trainer knows that you cannot come on {day(then.on)} at {clock(then.starts)}"
