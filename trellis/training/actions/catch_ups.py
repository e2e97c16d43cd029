"""What was missed is to be caught up: opened with the mark or by a trainer, signed off, or ended with why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.refusal import refuse
from trellis.training.actions.holding import hold_cohort
from trellis.training.attendance import state_of
from trellis.training.models import CatchUp, CatchUpStatus, Mark, Place, PlaceStatus, Session
from trellis.training.rules.attendance import MISSED, WITH_MINUTES, WITH_REASON
from trellis.training.rules.catch_ups import why_not_close, why_not_open, why_not_sign_off, why_not_undo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User
    from trellis.training.attendance import Key, Register
    from trellis.training.models import Part

WERE_THERE = "The mark has changed: it is not missed"
FOR_MINUTES = "The mark has changed: this was for the minutes of being late or leaving early"


def follow_marks(*, register: Register, marks: Sequence[Mark], user_id: UUID | None) -> None:
    """Open a catch-up for each part with guided time that somebody missed; end those of whoever was there after all.

    `register` is as it was before. What a trainer opened for somebody who was late stays while they are late. Signed
    off, it made good those minutes; a part that turns out to be missed it does not, so it ends with the lateness.
    """
    guided = {part.pk for part in register.parts if part.guided_minutes}
    of_session = CatchUp.objects.live().filter(part__session=register.session)
    live = {(each.place_id, each.part_id): each for each in of_session}
    for_minutes = [live.pop((mark.place_id, mark.part_id)) for mark in marks if _was_for_minutes(mark, register, live)]
    _end(for_minutes, CatchUpStatus.DONE, FOR_MINUTES, user_id)
    missed = [mark for mark in marks if mark.status in MISSED and mark.part_id in guided]
    CatchUp.objects.bulk_create(
        CatchUp(place_id=mark.place_id, part_id=mark.part_id)
        for mark in missed
        if (mark.place_id, mark.part_id) not in live
    )
    there = [live[mark.place_id, mark.part_id] for mark in marks if _is_over(mark, register, live)]
    _end(there, CatchUpStatus.OPEN, WERE_THERE, user_id)


def end_catch_ups_of(*, place: Place, because: str, user: User) -> None:
    """A learner has nothing to catch up any more in the cohort that they leave, which is held."""
    CatchUp.objects.filter(place=place, status=CatchUpStatus.OPEN).update(
        status=CatchUpStatus.ENDED, because=because, closed_at=timezone.now(), closed_by=user
    )


def _end(catch_ups: Sequence[CatchUp], standing: str, because: str, user_id: UUID | None) -> None:
    """End those that still stand so: meanwhile somebody may have signed one off."""
    if catch_ups:
        CatchUp.objects.filter(pk__in=[each.pk for each in catch_ups], status=standing).update(
            status=CatchUpStatus.ENDED, because=because, closed_at=timezone.now(), closed_by=user_id
        )


def _was_for_minutes(mark: Mark, register: Register, live: dict[Key, CatchUp]) -> bool:
    key = mark.place_id, mark.part_id
    done = key in live and live[key].status == CatchUpStatus.DONE
    return done and mark.status not in WITH_MINUTES and register.state(key, mark.version - 1).status in WITH_MINUTES


def _is_over(mark: Mark, register: Register, live: dict[Key, CatchUp]) -> bool:
    key = mark.place_id, mark.part_id
    found = live.get(key)
    if mark.status in MISSED or found is None or found.status != CatchUpStatus.OPEN:
        return False
    return not {mark.status, register.state(key, mark.version - 1).status} <= WITH_MINUTES


@transaction.atomic
def open_catch_up(*, place: Place, part: Part, by: Acting) -> CatchUp:
    """Open a catch-up for the guided minutes that somebody lost by being late or leaving early. Raises `Refused`."""
    cohort = hold_cohort(part.session.cohort_id)
    Session.objects.filter(pk=part.session_id).update(status=F("status"))  # held against marks and another opening
    session, place = Session.objects.get(pk=part.session_id), Place.objects.get(pk=place.pk)
    here = {"place": place, "part": part}
    refuse(
        why_not_open(
            status=state_of(Mark.objects.filter(**here).standing().first()).status,
            guided=part.guided_minutes,
            live=CatchUp.objects.live().filter(**here).exists(),
            place=place.status if place.cohort_id == cohort.pk else PlaceStatus.WITHDRAWN,
            off="cancelled" in (cohort.status, session.status),
        )
    )
    made = CatchUp.objects.create(**here)
    record(by=by, verb="catch_up.opened", subject=made)
    return made


@transaction.atomic
def sign_off_catch_up(
    *, catch_up: CatchUp, method: str, minutes: int, supervised: bool, by: Acting, session: Session | None = None
) -> CatchUp:
    """Sign off that somebody caught up. Raises `Refused`."""
    found = _held(catch_up)
    refuse(why_not_sign_off(own=found.place.is_of(by.user)))
    planned = found.part.planned_minutes
    refuse(why_not_close(status=found.status, to=CatchUpStatus.DONE, method=method, minutes=minutes, planned=planned))
    found.method, found.minutes, found.supervised = method, minutes, supervised
    found.session = session if method == "other_cohort" else None
    _close(found, CatchUpStatus.DONE, by)
    record(by=by, verb="catch_up.signed_off", subject=found, change={"minutes": minutes, "supervised": supervised})
    return found


@transaction.atomic
def undo_catch_up(*, catch_up: CatchUp, because: str, by: Acting) -> CatchUp:
    """Take a sign-off back: it stays with who did so, and counts no more. Raises `Refused`.

    What is still missed, or lost by being late, is to be caught up again: the new one comes back, else the old one.
    """
    hold_cohort(catch_up.part.session.cohort_id)
    found = _held(catch_up)
    own, completed = found.place.is_of(by.user), found.place.status == PlaceStatus.COMPLETED
    refuse(why_not_undo(status=found.status, own=own, completed=completed, because=because))
    found.status, found.undone_at, found.undone_by = CatchUpStatus.UNDONE, timezone.now(), by.user
    found.undone_because = because
    found.save()
    change = {"minutes": [found.minutes, 0], "because": because}
    record(by=by, verb="catch_up.undone", subject=found, change=change)
    here = {"place": found.place, "part": found.part}
    missed = state_of(Mark.objects.filter(**here).standing().first()).status in WITH_REASON
    held = Session.objects.held().filter(pk=found.part.session_id).exclude(cohort__status="cancelled")
    again = missed and found.place.status == PlaceStatus.TAKEN and held.exists()
    return CatchUp.objects.create(**here) if again else found


@transaction.atomic
def end_catch_up(*, catch_up: CatchUp, because: str, by: Acting) -> CatchUp:
    """End a catch-up that will not happen, with why. Raises `Refused`."""
    found = _held(catch_up)
    refuse(why_not_close(status=found.status, to=CatchUpStatus.ENDED, because=because))
    found.because = because
    _close(found, CatchUpStatus.ENDED, by)
    record(by=by, verb="catch_up.ended", subject=found, change={"because": because})
    return found


def _held(catch_up: CatchUp) -> CatchUp:
    Session.objects.filter(pk=catch_up.part.session_id).update(status=F("status"))  # held against marks
    CatchUp.objects.filter(pk=catch_up.pk).update(status=F("status"))
    return CatchUp.objects.select_related("place", "part").get(pk=catch_up.pk)


def _close(catch_up: CatchUp, status: str, by: Acting) -> None:
    catch_up.status, catch_up.closed_at, catch_up.closed_by = status, timezone.now(), by.user
    catch_up.save()
