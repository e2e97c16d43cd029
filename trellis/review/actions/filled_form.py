"""Reading a form back into a review: keeping what it says, and writing what somebody accepted of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from trellis.core.audit import System, in_several_chains, record
from trellis.core.refusal import refuse
from trellis.review.actions.holding import hold
from trellis.review.actions.plan import ActionChanged, add_action, change_action
from trellis.review.actions.ratings import Stale, rate
from trellis.review.models import FilledForm
from trellis.review.rules.filled_form import why_not_read
from trellis.review.takeaway.lines import StatementLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trellis.accounts.acting import Acting
    from trellis.core.files import CheckedFile
    from trellis.review.models import Round
    from trellis.review.takeaway.lines import PlanLine
    from trellis.review.takeaway.shape import CameBack


@dataclass
class Taken:
    """What became of what was accepted: written, or not because somebody changed it meanwhile."""

    written: list[str] = field(default_factory=list)
    planned: list[str] = field(default_factory=list)
    changed_meanwhile: list[str] = field(default_factory=list)


@transaction.atomic
def keep_form(*, round: Round, came_back: CameBack, file: CheckedFile, by: Acting) -> FilledForm:
    """Keep what a form says until somebody has looked at it. Nothing of the review changes.

    Raises `Refused` when the round is agreed or archived.
    """
    refuse(why_not_read(status=round.status))
    form = FilledForm.objects.create(
        round=round,
        kind=file.kind,
        name=file.name[:200],
        sha256=file.sha256,
        content=came_back.told(),
        read_by=by.user,
    )
    record(by=by, verb="form.read", subject=form, change={"kind": file.kind, "sha256": file.sha256})
    return form


@transaction.atomic
@in_several_chains()
def take_from_form(
    *, form: FilledForm, lines: Iterable[StatementLine | PlanLine], accepted: Mapping[str, int], by: Acting
) -> Taken:
    """Write the lines that were accepted, each over the version that was looked at; `accepted` are those by key.

    What somebody changed meanwhile is left as it is and told. The events wait for the end, so that nobody waits in a
    circle for a rating and the chain. Raises `Refused` when the round is frozen.
    """
    hold(form.round, why_not_read)
    taken, said = Taken(), []
    for line in lines:
        if line.key not in accepted:
            continue
        try:
            if line.version != accepted[line.key]:
                taken.changed_meanwhile.append(line.code)
                continue
            _write(form, line, by)
        except (Stale, ActionChanged):
            taken.changed_meanwhile.append(line.code)
        else:
            (taken.written if isinstance(line, StatementLine) else taken.planned).append(line.code)
            said.append({"key": line.key, "code": line.code, "text": line.text})
    if said:
        now, name = timezone.now().isoformat(), by.user.name
        form.taken = [*form.taken, *({**each, "at": now, "by": name} for each in said)]
        form.save(update_fields=["taken"])
        record(by=by, verb="form.taken", subject=form, change={"written": taken.written, "planned": taken.planned})
    return taken


def _write(form: FilledForm, line: StatementLine | PlanLine, by: Acting) -> None:
    """Write one line by the action that a page would use."""
    if isinstance(line, StatementLine):
        rate(rating=line.rating, answer=line.answer, version=line.version, by=by)
    elif line.action:
        change_action(action=line.action, intention=line.intention, version=line.version, by=by)
    else:
        add_action(round=form.round, statement=line.statement, intention=line.intention, by=by)


@transaction.atomic
def empty_form(*, form: FilledForm) -> FilledForm:
    """Forget what a form says, once it has served its time; that it was read stays."""
    form.content, form.emptied_at = {}, timezone.now()
    form.save(update_fields=["content", "emptied_at"])
    record(by=System("Trellis"), verb="form.emptied", subject=form, organisation_id=form.round.organisation_id)
    return form
