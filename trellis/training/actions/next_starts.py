"""When a qualification of the catalogue begins next: it follows from the cohorts that are open for applications."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from trellis.qualifications.actions.catalogue import note_next_cohort
from trellis.qualifications.models import Qualification
from trellis.training.models import Cohort, CohortStatus, Programme


@transaction.atomic
def follow_next_start(key: str) -> int:
    """Note the first day of the next cohort that is open; none when there is none.

    Of an award that many offer it is that of whatever centre; of a centre’s own course only the centre’s.
    """
    if not key:
        return 0
    coming = Cohort.objects.filter(
        programme__qualification_key=key, status=CohortStatus.OPEN, starts_on__gt=timezone.localdate()
    )
    owner_id = Qualification.objects.filter(key=key).values_list("owner_id", flat=True).first()
    if owner_id:
        coming = coming.filter(centre_id=owner_id)
    first = coming.order_by("starts_on").values_list("starts_on", flat=True).first()
    return note_next_cohort(key=key, on=first)


@transaction.atomic
def follow_first_session(cohort: Cohort) -> None:
    """A cohort, which is held, begins on the day of its first session that is held; without any it stays as it was."""
    first = cohort.sessions.held().aggregate(on=Min("on"))["on"]
    if first and first != cohort.starts_on:
        cohort.starts_on = first
        cohort.save(update_fields=["starts_on"])
        follow_next_start(cohort.programme.qualification_key)


def keys_to_follow() -> list[str]:
    """The entries that programmes name."""
    named = Programme.objects.exclude(qualification_key="").order_by("qualification_key")
    return list(named.values_list("qualification_key", flat=True).distinct())
