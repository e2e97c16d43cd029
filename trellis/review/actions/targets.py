"""What a setting aims for in each area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from trellis.core.audit import record
from trellis.core.refusal import Refused
from trellis.review.actions.holding import hold
from trellis.review.models import AreaTarget
from trellis.review.rules.rounds import why_not_add

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trellis.accounts.acting import Acting
    from trellis.review.models import Level, Round


@transaction.atomic
def set_targets(*, round: Round, levels: Mapping[str, Level | None], by: Acting) -> int:
    """Aim for a level in each area named by its code; None takes an aim back. Returns how many changed.

    Earlier aims are kept. Raises `Refused` when the review is frozen, or somebody else was faster.
    """
    hold(round, why_not_add)
    newest = {target.area: target for target in round.targets.all()}
    changed = []
    for area, level in levels.items():
        before = newest.get(area)
        if (before.level_id if before else None) != (level.pk if level else None):
            number = before.number + 1 if before else 1
            changed.append(AreaTarget(round=round, area=area, number=number, level=level, by=by.user))
    try:
        with transaction.atomic():
            AreaTarget.objects.bulk_create(changed)
    except IntegrityError as faster:
        raise Refused("Somebody else has just changed what you aim for. Look at it again") from faster
    if changed:
        record(by=by, verb="round.aims_set", subject=round, change={"areas": sorted(each.area for each in changed)})
    return len(changed)
