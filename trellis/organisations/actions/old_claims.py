"""What is not kept of requests of long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from trellis.core.audit import record

if TYPE_CHECKING:
    from trellis.core.audit import Actor
    from trellis.organisations.models import ClaimRequest


@transaction.atomic
def forget_claim(*, claim: ClaimRequest, by: Actor) -> None:
    """Remove a request that was refused, with the name and the address of somebody who has no account.

    The audit keeps that it was asked and refused, and for which setting.
    """
    record(by=by, verb="claim.forgotten", subject=claim)
    claim.delete()
