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
    status, missed, reason = how_marked(place.name, session.number, part, often=9)
    return actions.Wanted(place.pk, part.pk, status, missed, reason)


def how_marked(name: str, session: int, part: Part, *, often: int = 5) -> tuple[str, int, str]:
    """Status, minutes missed and reason: most are there, some miss a day or half of one; who has a long way is late.

    `often` is how many in a hundred miss a day. Whoever is late makes up those minutes only when a trainer lets them
    catch up, and the award asks for all guided hours: so these are few.

    >>> from trellis.training.models import Part
    >>> how_marked("Amina Finch", 1, Part(position=1, label="Morning"))
    ('present', 0, '')
    """
    day = figure(name, session, "away")
    half = figure(name, session, part.label, "half")
    if day < often or half < often - 3:
        return "absent" if figure(name, session, "told us") < 20 else "apologised", 0, one_of(REASONS, name, session)
    if figure(name, "a long way") < 8 and figure(name, session, part.label, "bus") < 14:
        if part.position > 1:
            return "left_early", 30, "ratio"
        return "late", 10 + figure(part.label, name) % 25, ""
    return "present", 0, ""


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
