"""Marking who was there: exactly once, over nobody else’s mark, and never by changing what was written."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.refusal import Refused, refuse
from trellis.training.actions.catch_ups import follow_marks
from trellis.training.attendance import Register, read_register, state_of
from trellis.training.models import Mark, MarkSource, MarkStatus, Session
from trellis.training.rules.attendance import why_not_put_right, why_not_register, why_not_this_mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User
    from trellis.core.audit import Actor
    from trellis.training.attendance import StandingMark
    from trellis.training.models import Place

ON_THE_DAY = "Changed on the day"
UNDONE = "Taken back"
MOVED = "The session has moved to another day"


@dataclass(frozen=True)
class Wanted:
    """How somebody is to be marked, by whoever saw the version `base` of their mark; 0 when there was none."""

    place_id: UUID
    part_id: UUID
    status: str
    missed: int = 0
    reason: str = ""
    base: int = 0
    client_id: UUID | None = None
    source: str = MarkSource.REGISTER

    @property
    def key(self) -> tuple[UUID, UUID]:
        """Whose mark of which part."""
        return self.place_id, self.part_id

    @property
    def state(self) -> tuple[str, int, str]:
        """How they are to be marked."""
        return self.status, self.missed, self.reason


@dataclass
class Outcome:
    """What became of marks: saved, known already, or marked by somebody else meanwhile and so left alone."""

    saved: list[Mark] = field(default_factory=list)
    known: list[tuple[Wanted, StandingMark | None]] = field(default_factory=list)
    conflicts: list[tuple[Wanted, StandingMark]] = field(default_factory=list)


@transaction.atomic
def save_marks(
    *, session: Session, wanted: Sequence[Wanted], by: Acting, because: str = "", places: list[Place] | None = None
) -> Outcome:
    """Mark learners in a session that `by` may mark. Raises `Refused` when nothing can be saved.

    What nobody touched since they saw it is not written. What somebody else marked meanwhile is not overwritten.
    `places` are the learners of the register, if they have just been read.
    """
    refuse(why_not_mark_session(session))
    register = _held(session, places)
    outcome = Outcome()
    new: list[Mark] = []
    sent_before = _sent_before(wanted)
    batch, now, today = uuid.uuid4(), timezone.now(), timezone.localdate()
    known = _known(register)
    for each in wanted:
        if each.key not in known:
            raise Refused("This page is too old. Open the register again")
        planned = known[each.key]
        last = register.standing.get(each.key)
        if each.client_id in sent_before or each.state == state_of(last):
            outcome.known.append((each, last))
        elif each.client_id is None and each.state == register.state(each.key, each.base):
            continue  # nobody touched it here
        elif last is not None and last.version != each.base:
            outcome.conflicts.append((each, last))
        else:
            refuse(why_not_this_mark(status=each.status, missed=each.missed, reason=each.reason, planned=planned))
            if last is not None:
                refuse(why_not_put_right(on=session.on, today=today, because=because), field="because")
            new.append(_mark(each, last, because=because, batch=batch, now=now, by=by.user.pk))
    outcome.saved = _write(register, new, by=by)
    return outcome


@transaction.atomic
def undo_marks(*, session: Session, batch: UUID, by: Acting) -> int:
    """Take back what was saved together, by a further version of each; how many. What was marked since stays."""
    refuse(why_not_mark_session(session))
    register = _held(session)
    now, new_batch = timezone.now(), uuid.uuid4()
    undone: list[Mark] = []
    for last in register.standing.values():
        if last.batch != batch.hex or last.because == UNDONE:
            continue
        status, missed, reason = register.state((last.place_id, last.part_id), last.version - 1)
        back = Wanted(last.place_id, last.part_id, status, missed, reason)
        undone.append(_mark(back, last, because=UNDONE, batch=new_batch, now=now, by=by.user.pk))
    if not undone:
        raise Refused("There is nothing to take back: somebody has marked these learners since")
    return len(_write(register, undone, by=by, verb="register.undone"))


@transaction.atomic
def mark_oneself(
    *, session: Session, wanted: Sequence[Wanted], user: User | None, by: Actor, because: str, verb: str = ""
) -> list[Mark]:
    """Mark somebody as they said themselves, or their setting for them: by the code on the wall, or by apologising."""
    register = _held(session)
    now, batch = timezone.now(), uuid.uuid4()
    new = []
    for each in wanted:
        last = register.standing.get(each.key)
        if state_of(last) != each.state:
            new.append(_mark(each, last, because=because, batch=batch, now=now, by=user.pk if user else None))
    verb = verb or ("register.signed_in" if wanted[0].source == MarkSource.CODE else "register.apologised")
    return _write(register, new, by=by, verb=verb)


def set_apologies_aside(*, session: Session, by: Acting) -> int:
    """Who said beforehand that they cannot come did so for another day than the one to come on which a session, which is
    held, is now: they are not marked any more. How many learners. What somebody marked in the register stays.
    """
    register = _held(session)
    now, batch = timezone.now(), uuid.uuid4()
    sorry = [last for last in register.standing.values() if last.source == MarkSource.APOLOGY]
    back = [Wanted(last.place_id, last.part_id, MarkStatus.UNMARKED) for last in sorry]
    new = [
        _mark(each, last, because=MOVED, batch=batch, now=now, by=by.user.pk)
        for each, last in zip(back, sorry, strict=True)
    ]
    _write(register, new, by=by, verb="register.apologies_set_aside")
    return len({last.place_id for last in sorry})


def _held(session: Session, places: list[Place] | None = None) -> Register:
    """The register, held until the transaction ends."""
    Session.objects.filter(pk=session.pk).update(status=F("status"))
    return read_register(session, places=places)


def why_not_mark_session(session: Session) -> str | None:
    """Why nobody can be marked in a session now, or None if they can."""
    return why_not_register(
        on=session.on, today=timezone.localdate(), session=session.status, cohort=session.cohort.status
    )


def _known(register: Register) -> dict[tuple[UUID, UUID], int]:
    """Whom a register has in which part, with the planned minutes."""
    return {(place.pk, part.pk): part.planned_minutes for place in register.places for part in register.parts}


def _sent_before(wanted: Sequence[Wanted]) -> set[UUID | None]:
    ids = [each.client_id for each in wanted if each.client_id]
    return set(Mark.objects.filter(client_id__in=ids).values_list("client_id", flat=True)) if ids else set()


def _mark(
    each: Wanted, last: StandingMark | None, *, because: str, batch: UUID, now: datetime, by: UUID | None
) -> Mark:
    version = last.version + 1 if last else 1
    return Mark(
        place_id=each.place_id,
        part_id=each.part_id,
        version=version,
        status=each.status,
        missed_minutes=each.missed,
        reason=each.reason,
        source=each.source,
        because=because or (ON_THE_DAY if last else ""),
        client_id=each.client_id or uuid.uuid4(),
        batch=batch,
        at=now,
        by_id=by,
    )


def _write(register: Register, new: list[Mark], *, by: Actor, verb: str = "register.marked") -> list[Mark]:
    """Write marks, and open and end what is to be caught up. Nobody is told yet: a mark may be put right the same day."""
    if not new:
        return []
    session = register.session
    Mark.objects.bulk_create(new)
    follow_marks(register=register, marks=new, user_id=new[0].by_id)
    record(
        by=by,
        verb=verb,
        subject=session,
        change={"marks": len(new)},
        organisation_id=None if by.organisation_id else session.cohort.centre_id,
    )
    return new
