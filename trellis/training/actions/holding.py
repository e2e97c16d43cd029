"""Holding a cohort while something about it changes, so that two changes come one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.refusal import Refused
from trellis.training.models import Cohort

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.acting import Acting


def held_by(cohort_id: UUID, by: Acting) -> Cohort:
    """The cohort, held until the transaction ends, for somebody who may change it. Raises `Refused`."""
    found = Cohort.objects.run_by(by).select_for_update().filter(pk=cohort_id).first()
    if found is None:
        raise Refused("Only whoever looks after this cohort can do this")
    return found
