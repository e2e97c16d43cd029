"""Holding a cohort while something about it changes, so that two changes come one after the other.

Its row is written as it is, as decision 92 does for a review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from trellis.core.refusal import Refused
from trellis.training.models import Cohort

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.acting import Acting


def held_by(cohort_id: UUID, by: Acting) -> Cohort:
    """The cohort, held until the transaction ends, for somebody who may change it. Raises `Refused`."""
    theirs = Cohort.objects.run_by(by).filter(pk=cohort_id)
    if not theirs.update(title=F("title")):
        raise Refused("Only whoever looks after this cohort can do this")
    return theirs.get()
