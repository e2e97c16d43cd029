"""Adding, changing, moving and cancelling a session. What calendars show raises its sequence, once for each change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.dates import day
from trellis.core.refusal import Refused, refuse
from trellis.training.actions.holding import held_by
from trellis.training.actions.marks import set_apologies_aside
from trellis.training.actions.next_starts import follow_first_session
from trellis.training.actions.reminding import drop_reminders
from trellis.training.actions.telling import tell_cohort
from trellis.training.actions.visits import tell_hosts_that_it_is_off
from trellis.training.models import ClosedDay, Part, Session, SessionStatus
from trellis.training.rules.cohorts import why_not_at, why_not_change_cohort, why_not_change_session
from trellis.training.rules.dates import why_not_move_to, why_not_on
from trellis.training.rules.minutes import after_midnight, why_not_this_part

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.training.models import Cohort

IN_CALENDARS = frozenset({"kind", "title", "venue", "access_notes", "online_link", "speaker"})
WHERE = frozenset({"venue", "online_link"})


@dataclass(frozen=True)
class SessionPlan:
    """What is said of a session, apart from when it is."""

    kind: str
    title: str = ""
    venue: str = ""
    access_notes: str = ""
    online_link: str = ""
    speaker: str = ""
    materials: str = ""


@transaction.atomic
def add_session(
    *,
    cohort: Cohort,
    plan: SessionPlan,
    on: date,
    starts: time,
    ends: time,
    guided_minutes: int,
    by: Acting,
    weekend: bool = False,
) -> Session:
    """Add a session of one part to a cohort, and tell whom it concerns once. Raises `Refused`."""
    found = held_by(cohort.pk, by)
    refuse(why_not_change_cohort(found.status))
    refuse(_why_not_then(found, on, weekend=weekend))
    refuse_beside_others(found, on=on, starts=starts, ends=ends)
    length = after_midnight(ends) - after_midnight(starts)
    refuse(
        why_not_this_part(
            starts=after_midnight(starts), ends=after_midnight(ends), planned=length, guided=guided_minutes
        )
    )
    number = (found.sessions.aggregate(n=Max("number"))["n"] or 0) + 1
    session = Session.objects.create(cohort=found, number=number, on=on, starts=starts, ends=ends, **vars(plan))
    Part.objects.create(
        session=session,
        position=1,
        label="Whole session",
        starts=starts,
        ends=ends,
        planned_minutes=length,
        guided_minutes=guided_minutes,
    )
    follow_first_session(found)
    record(by=by, verb="session.added", subject=session, change={"on": on, "kind": plan.kind})
    tell_of_session(session, found, "A session was added", "has a session more")
    return session


@transaction.atomic
def change_session(*, session: Session, plan: SessionPlan, by: Acting) -> Session:
    """Change what is said of a session; when nothing differs, nothing is written. Raises `Refused`.

    Learners and trainers are told when it is somewhere else.
    """
    cohort, found = hold_session(session, by)
    change = {
        name: [getattr(found, name), value] for name, value in vars(plan).items() if getattr(found, name) != value
    }
    if not change:
        return found
    for name, (_before, after) in change.items():
        setattr(found, name, after)
    save_session(found, change, shown=bool(change.keys() & IN_CALENDARS))
    record(by=by, verb="session.changed", subject=found, change=change)
    if change.keys() & WHERE:
        tell_of_session(found, cohort, "A session is somewhere else", "has a session that is somewhere else now")
    return found


@transaction.atomic
def move_session(*, session: Session, on: date, starts: time, by: Acting, weekend: bool = False) -> Session:
    """Hold a session on another day or at another time; its end and its parts move with it. Raises `Refused`.

    Learners and trainers are told once for each move. Who said that they cannot come on the day before is asked again.
    """
    cohort, found = hold_session(session, by)
    if (found.on, found.starts) == (on, starts):
        return found
    refuse(why_not_move_to(on, was=found.on, today=timezone.localdate()))
    refuse(_why_not_then(cohort, on, weekend=weekend))
    later = timedelta(minutes=after_midnight(starts) - after_midnight(found.starts))
    change: dict[str, Any] = {"on": [found.on, on], "starts": [found.starts, starts]}
    found.ends = _shifted(found.ends, later)
    refuse_beside_others(cohort, on=on, starts=starts, ends=found.ends, but=found)
    found.on, found.starts, found.status = on, starts, SessionStatus.MOVED
    save_session(found, {"on": 0, "starts": 0, "ends": 0, "status": 0}, shown=True)
    for part in found.parts.all() if later else ():
        part.starts, part.ends = _shifted(part.starts, later), _shifted(part.ends, later)
        part.save(update_fields=["starts", "ends"])
    follow_first_session(cohort)
    record(by=by, verb="session.moved", subject=found, change=change)
    drop_reminders(found, change["on"][0])
    what = "has a session that is at another time now"
    to_come = on != change["on"][0] and on >= timezone.localdate()
    if to_come and set_apologies_aside(session=found, by=by):
        what += ". Whoever has said that they cannot come on the day before: say so again if that is so of the new day"
    tell_of_session(found, cohort, "A session has moved", what)
    return found


@transaction.atomic
def cancel_session(*, session: Session, because: str, by: Acting) -> Session:
    """Cancel a session, and tell whom it concerns once. Its row stays, so that calendars can say so. Raises `Refused`."""
    cohort, found = hold_session(session, by)
    if not because:
        raise Refused("Say why the session is cancelled")
    change = {"status": [found.status, SessionStatus.CANCELLED], "because": because}
    found.status, found.cancelled_because = SessionStatus.CANCELLED, because
    save_session(found, {"status": 0, "cancelled_because": 0}, shown=True)
    follow_first_session(cohort)
    record(by=by, verb="session.cancelled", subject=found, change=change)
    drop_reminders(found, found.on)
    tell_hosts_that_it_is_off([found])
    tell_of_session(found, cohort, "A session is cancelled", f"has no session on {day(found.on)}: it is cancelled")
    return found


def hold_session(session: Session, by: Acting) -> tuple[Cohort, Session]:
    """The cohort, held, and the session as it stands now; refuses when it cannot change."""
    cohort = held_by(session.cohort_id, by)
    found = Session.objects.select_related("cohort").get(pk=session.pk)
    refuse(why_not_change_session(status=found.status, cohort=cohort.status))
    return cohort, found


def save_session(session: Session, fields: dict[str, Any], *, shown: bool) -> None:
    """Write what changed; a calendar learns of it when it shows that."""
    if shown:
        session.changed_at = timezone.now()
        session.sequence += 1
    session.save(update_fields=[*fields, "sequence", "changed_at"])


def _why_not_then(cohort: Cohort, on: date, *, weekend: bool) -> str | None:
    closed = ClosedDay.objects.of(cohort.authority_id, cohort.centre_id).days(on)
    return why_not_on(on, closed=closed, weekend=weekend)


def refuse_beside_others(cohort: Cohort, *, on: date, starts: time, ends: time, but: Session | None = None) -> None:
    """Refuse that a session is at a time when its cohort, which is held, has another."""
    that_day = cohort.sessions.held().filter(on=on).order_by("starts", "number")
    said = [(str(each), each.starts, each.ends) for each in that_day if each != but]
    refuse(why_not_at(on=on, starts=starts, ends=ends, others=said))


def tell_of_session(session: Session, cohort: Cohort, subject: str, what: str) -> None:
    """Tell whom it concerns, once for each change; of what is past nobody is told."""
    if session.on >= timezone.localdate():
        key = f"session {session.pk} {session.sequence}"
        tell_cohort(cohort=cohort, subject=subject, reason=f"“{cohort.title}” {what}.", once_key=key)


def _shifted(clock: time, later: timedelta) -> time:
    """A time of day so much later; refuses when it would be another day."""
    moved = datetime.combine(date.min + timedelta(days=1), clock) + later
    if moved.date() != date.min + timedelta(days=1):
        raise Refused("The session would end after midnight")
    return moved.time()
