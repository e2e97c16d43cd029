"""Who was there in the demonstration: registers of each session that is past, catch-ups signed off, one that is open."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.utils import timezone

from trellis.demonstration.clock import figure, one_of
from trellis.training import actions
from trellis.training.models import CatchUp, CatchUpStatus, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trellis.accounts.acting import Acting
    from trellis.demonstration.clock import Clock
    from trellis.training.models import Cohort, Part, Session

AFTERNOON = time(15, 45)
REASONS = ("sickness", "ratio", "ratio", "sickness", "personal", "time")


def mark_sessions(
    cohort: Cohort, trainer: Acting, clock: Clock, until: datetime, left: Mapping[str, int] | None = None
) -> None:
    """Mark each session up to a moment, on its afternoon. `left` says after which session somebody came no more."""
    places = list(Place.objects.filter(cohort=cohort).by_name())
    for session in cohort.sessions.filter(on__lt=until.date()).order_by("on", "number"):
        clock.at = max(clock.at, timezone.make_aware(datetime.combine(session.on, AFTERNOON)))
        here = [place for place in places if session.number <= (left or {}).get(place.name, session.number)]
        wanted = [_mark(place, part, session) for place in here for part in session.parts.all()]
        actions.save_marks(session=session, wanted=wanted, by=trainer)


def _mark(place: Place, part: Part, session: Session) -> actions.Wanted:
    """Most are there; some miss a whole day, some are late."""
    whole_day = figure(place.name, session.number, "away")
    if whole_day < 6:
        status = "apologised" if whole_day < 4 else "absent"
        return actions.Wanted(place.pk, part.pk, status, reason=one_of(REASONS, place.name, session.number))
    if figure(place.name, session.number, part.label) < 4:
        return actions.Wanted(place.pk, part.pk, "late", missed=5 + figure(part.label, place.name) % 25)
    if part.position > 1 and figure(place.name, session.number, "early") < 3:
        return actions.Wanted(place.pk, part.pk, "left_early", missed=30, reason="ratio")
    return actions.Wanted(place.pk, part.pk, "present")


def catch_up(cohort: Cohort, trainer: Acting, *, leave: int = 0) -> None:
    """What was missed is caught up and signed off; the last ones are left open."""
    waiting = CatchUp.objects.filter(place__cohort=cohort, status=CatchUpStatus.OPEN).order_by(
        "part__session__on", "part__position", "place__name"
    )
    for each in list(waiting)[: max(0, len(waiting) - leave)]:
        actions.sign_off_catch_up(
            catch_up=each,
            method=one_of(("one_to_one", "recording", "webcast"), each.place_id),
            minutes=120,
            supervised=True,
            by=trainer,
        )
