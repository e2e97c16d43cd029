"""Saying which criteria of two sets ask for the same, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.refusal import Refused, refuse
from trellis.qualifications.models import CrosswalkLink
from trellis.qualifications.rules.criteria import why_not_link

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.qualifications.models import Criterion


@transaction.atomic
def link_criteria(*, one: Criterion, other: Criterion, by: Acting) -> CrosswalkLink:
    """Link two criteria for one’s organisation. Raises `Refused` with the reason."""
    first, second = sorted((one, other), key=lambda each: each.pk)
    live = CrosswalkLink.objects.live().filter(organisation_id=by.organisation_id, one=first, other=second)
    refuse(why_not_link(same_set=one.outcome.unit.set_id == other.outcome.unit.set_id, linked_already=live.exists()))
    try:
        with transaction.atomic():
            link = CrosswalkLink.objects.create(
                organisation_id=by.organisation_id, one=first, other=second, added_by=by.user
            )
    except IntegrityError as taken:
        raise Refused(why_not_link(same_set=False, linked_already=True) or "") from taken
    record(by=by, verb="criteria.linked", subject=link, change={"one": one.full_code, "other": other.full_code})
    return link


@transaction.atomic
def unlink_criteria(*, link: CrosswalkLink, by: Acting) -> CrosswalkLink:
    """Take a link away; that there was one stays. Raises `Refused` when somebody else was faster."""
    gone = CrosswalkLink.objects.live().filter(pk=link.pk).update(removed_at=timezone.now(), removed_by=by.user)
    refuse(None if gone else "This link was taken away in the meantime")
    change = {"one": link.one.full_code, "other": link.other.full_code}
    record(by=by, verb="criteria.unlinked", subject=link, change=change)
    return link
