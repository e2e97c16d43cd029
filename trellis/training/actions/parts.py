"""Adding, changing and taking out a part of a session. The session is as long as its parts, and tells when that changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from trellis.core.audit import record
from trellis.core.refusal import Refused, refuse
from trellis.training.actions.sessions import hold_session, refuse_beside_others, save_session, tell_of_session
from trellis.training.models import Part, Session
from trellis.training.rules.minutes import after_midnight, why_not_this_part
from trellis.training.rules.parts import why_not_beside, why_not_change_part, why_not_remove_part, why_not_these_codes

if TYPE_CHECKING:
    from datetime import time

    from trellis.accounts.acting import Acting
    from trellis.training.models import Cohort

LENGTHS = frozenset({"starts", "ends", "planned_minutes", "guided_minutes"})
APART = 1000
"""Added to positions while parts change places, so that no two have the same meanwhile."""


@dataclass(frozen=True)
class PartPlan:
    """What is said of a part."""

    label: str
    starts: time
    ends: time
    planned_minutes: int
    guided_minutes: int
    criteria: list[str] = field(default_factory=list)
    materials: str = ""


@transaction.atomic
def add_part(*, session: Session, plan: PartPlan, by: Acting) -> Part:
    """Add a part to a session. Raises `Refused`."""
    cohort, found = _held(session, by)
    refuse(_why_not(plan, [*found.parts.all()]))
    last = found.parts.count() + APART
    part = Part.objects.create(session=found, position=last, **vars(plan))
    record(by=by, verb="part.added", subject=found, change={"part": plan.label, "guided": plan.guided_minutes})
    _follow(found, cohort)
    return part


@transaction.atomic
def change_part(*, part: Part, plan: PartPlan, by: Acting, because: str = "") -> Part:
    """Change a part; when nothing differs, nothing is written. Raises `Refused`.

    Once somebody is marked in it, only what it is called, its criteria and its materials change, with why.
    """
    cohort, session = _held(part.session, by)
    found = _again(part)
    change = {
        name: [getattr(found, name), value] for name, value in vars(plan).items() if getattr(found, name) != value
    }
    if not change:
        return found
    longer = bool(change.keys() & LENGTHS)
    refuse(why_not_change_part(marked=is_marked(found), lengths_differ=longer, because=because))
    refuse(_why_not(plan, [*session.parts.exclude(pk=found.pk)]) if longer else why_not_these_codes(plan.criteria))
    for name, (_before, after) in change.items():
        setattr(found, name, after)
    found.save()
    told = {name: [str(before), str(after)] for name, (before, after) in change.items()}
    record(by=by, verb="part.changed", subject=session, change=told | ({"because": because} if because else {}))
    _follow(session, cohort)
    return found


@transaction.atomic
def remove_part(*, part: Part, by: Acting) -> None:
    """Take a part out of a session in which nobody is marked yet. Raises `Refused`."""
    cohort, session = _held(part.session, by)
    found = _again(part)
    refuse(why_not_remove_part(marked=is_marked(found), others=session.parts.count() - 1))
    change = {"part": found.label, "guided": found.guided_minutes, "criteria": found.criteria}
    found.delete()
    record(by=by, verb="part.removed", subject=session, change=change)
    _follow(session, cohort)


def is_marked(part: Part) -> bool:
    """Whether somebody is marked in a part, or was, or could sign in to it."""
    return part.marks.exists() or part.wall_codes.exists()


def _again(part: Part) -> Part:
    """The part as it stands now that its session is held."""
    found = Part.objects.filter(pk=part.pk).first()
    if found is None:
        raise Refused("Somebody has taken this part out meanwhile")
    return found


def _held(session: Session, by: Acting) -> tuple[Cohort, Session]:
    """The cohort and the session, held: nobody is marked in it meanwhile."""
    held = hold_session(session, by)
    Session.objects.filter(pk=session.pk).update(status=F("status"))
    return held


def _why_not(plan: PartPlan, others: list[Part]) -> str | None:
    """Why a part cannot be so beside the others of its session, or None if it can."""
    starts, ends = after_midnight(plan.starts), after_midnight(plan.ends)
    return (
        why_not_this_part(starts=starts, ends=ends, planned=plan.planned_minutes, guided=plan.guided_minutes)
        or why_not_beside(
            [(starts, ends), *((after_midnight(each.starts), after_midnight(each.ends)) for each in others)]
        )
        or why_not_these_codes(plan.criteria)
    )


def _follow(session: Session, cohort: Cohort) -> None:
    """Put the parts in their order; the session begins with the first and ends with the last."""
    parts = sorted(session.parts.all(), key=lambda each: (each.starts, each.ends))
    if [each.position for each in parts] != list(range(1, len(parts) + 1)):
        session.parts.update(position=F("position") + 2 * APART)
        for position, each in enumerate(parts, start=1):
            Part.objects.filter(pk=each.pk).update(position=position)
    starts, ends = parts[0].starts, parts[-1].ends
    if (session.starts, session.ends) != (starts, ends):
        refuse_beside_others(cohort, on=session.on, starts=starts, ends=ends, but=session)
        session.starts, session.ends = starts, ends
        save_session(session, {"starts": 0, "ends": 0}, shown=True)
        tell_of_session(
            session, cohort, "A session has another time", "has a session that starts or ends otherwise now"
        )
