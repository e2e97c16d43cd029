"""Whom a page can offer as owner or companion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.accounts.models import User
from trellis.accounts.roles import ROLE_PERMISSIONS, Permission
from trellis.organisations.models import Membership

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from trellis.accounts.acting import Acting


def colleagues_of(acting: Acting) -> QuerySet[User]:
    """The people of the organisation who see its reviews, by name."""
    roles = [role for role, allowed in ROLE_PERMISSIONS.items() if Permission.SEE_REVIEW in allowed]
    members = Membership.objects.visible_to(acting).live().filter(role__in=roles)
    return User.objects.filter(pk__in=members.values("user")).order_by("name")
