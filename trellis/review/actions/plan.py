"""The action plan: writing actions, moving them on, noting what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from trellis.core.audit import in_several_chains, record
from trellis.core.refusal import Refused, refuse
from trellis.review.actions.holding import hold
from trellis.review.models import STILL_OPEN, Action, ActionChange, ActionStep
from trellis.review.rules.plan import why_not_move_action
from trellis.review.rules.rounds import why_not_plan

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User
    from trellis.review.models import Round, Statement


@dataclass(frozen=True)
class Intention:
    """What an action says: what, why, who, from when to when, with what, and how one will know."""

    what: str
    why: str = ""
    owner: User | None = None
    owner_name: str = ""
    start_on: date | None = None
    due_on: date | None = None
    resources: str = ""
    success: str = ""


class ActionChanged(Exception):
    """Someone else changed the action meanwhile; `current` is what it is now."""

    def __init__(self, current: Action) -> None:
        """Keep what the action is now."""
        super().__init__("Someone else changed this action meanwhile")
        self.current = current


@transaction.atomic
def add_action(*, round: Round, statement: Statement, intention: Intention, by: Acting) -> Action:
    """Plan to do something because of a statement. It belongs to the setting, and to this round.

    Raises `Refused` when the round is archived.
    """
    hold(round, why_not_plan)
    action = Action.objects.create(
        organisation_id=round.organisation_id, statement=statement, created_by=by.user, **vars(intention)
    )
    ActionChange.objects.create(action=action, version=1, at=action.created_at, by=by.user, **vars(intention))
    action.rounds.add(round)
    record(by=by, verb="action.added", subject=action, change={"statement": statement.code})
    return action


@transaction.atomic
def change_action(*, action: Action, intention: Intention, version: int, by: Acting) -> Action:
    """Change what an open action says, keeping what it said. Raises `ActionChanged` when someone else did meanwhile."""
    if not action.is_open:
        raise Refused("This action is closed. Write a new one if there is more to do")
    new: dict[str, Any] = vars(intention)
    changed = {
        name: [str(getattr(action, name)), str(value)] for name, value in new.items() if getattr(action, name) != value
    }
    if not changed:
        return action
    if not Action.objects.filter(pk=action.pk, version=version).update(version=version + 1, **new):
        raise ActionChanged(Action.objects.get(pk=action.pk))
    ActionChange.objects.create(action=action, version=version + 1, by=by.user, **new)
    action.refresh_from_db()
    record(by=by, verb="action.changed", subject=action, change={"fields": sorted(changed)})
    return action


@transaction.atomic
@in_several_chains()
def hand_over_actions(*, actions: Iterable[Action], to: User, by: Acting) -> int:
    """Give open actions to a colleague, each as a change of its own; how many that were.

    All or none: raises `Refused` when somebody has changed or closed one of them meanwhile. The events wait for the
    end, so that nobody waits in a circle for an action and the chain.
    """
    handed = sorted(actions, key=lambda action: action.pk)
    for action in handed:
        kept = {name: getattr(action, name) for name in Intention.__dataclass_fields__}
        intention = Intention(**kept | {"owner": to, "owner_name": ""})
        try:
            change_action(action=action, intention=intention, version=action.version, by=by)
        except ActionChanged:
            raise Refused(f"Somebody has just changed “{action.what}”. Look again") from None
    return len(handed)


@transaction.atomic
def move_action(*, action: Action, to: str, note: str = "", impact: str = "", by: Acting) -> Action:
    """Move an action on. Done needs its impact, dropped its reason. Raises `Refused` with the sentence."""
    refuse(why_not_move_action(status=action.status, to=to, impact=impact, note=note))
    closing = to not in STILL_OPEN
    before = action.status
    moved = Action.objects.filter(pk=action.pk, status=before).update(
        status=to,
        impact=impact if closing else action.impact,
        closed_at=timezone.now() if closing else None,
        closed_by=by.user if closing else None,
        version=F("version") + 1,
    )
    if not moved:
        raise ActionChanged(Action.objects.get(pk=action.pk))
    ActionStep.objects.create(action=action, from_status=before, to_status=to, note=note, by=by.user)
    action.refresh_from_db()
    record(by=by, verb="action.moved", subject=action, change={"status": [before, to]})
    return action


@transaction.atomic
def note_action(*, action: Action, note: str, by: Acting) -> ActionStep:
    """Add a note on how an action is going."""
    step = ActionStep.objects.create(
        action=action, from_status=action.status, to_status=action.status, note=note, by=by.user
    )
    record(by=by, verb="action.noted", subject=action)
    return step
