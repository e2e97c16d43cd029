"""Whom news of a review goes to: never somebody who has left, and somebody where anybody is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.organisations.models import Membership

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.models import User
    from trellis.accounts.roles import Permission
    from trellis.organisations.models import Organisation


def whom_to_tell(first: UUID | None, permission: Permission, organisation: Organisation) -> list[User]:
    """One person, if they are still there and may see it; else everybody there who may. Never somebody who left."""
    here = Membership.objects.who_may(permission).filter(organisation=organisation).select_related("user")
    there = [each.user for each in here]
    return [user for user in there if user.pk == first] or there


def still_there(permission: Permission, organisation: Organisation) -> set[UUID]:
    """Those who may still see it there, for news that is for some of them and nobody else."""
    here = Membership.objects.who_may(permission).filter(organisation=organisation)
    return set(here.values_list("user", flat=True))
