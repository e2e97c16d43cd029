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


def hold_cohort(cohort_id: UUID) -> Cohort:
    """The cohort as it is now, held until the transaction ends: its row is written as it is, and before any other."""
    Cohort.objects.filter(pk=cohort_id).update(status=F("status"))
    return Cohort.objects.get(pk=cohort_id)


def held_by(cohort_id: UUID, by: Acting) -> Cohort:
    """The same, for somebody who may change it. Raises `Refused`."""
    if not Cohort.objects.run_by(by).filter(pk=cohort_id).exists():
        raise Refused("Only whoever looks after this cohort can do this")
    return hold_cohort(cohort_id)
