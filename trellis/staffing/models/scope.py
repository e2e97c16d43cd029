"""To whom a setting’s rooms and people are visible: to whoever runs its week, and to nobody outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from trellis.accounts.roles import Permission
from trellis.staffing.rules.weeks import LAST_MINUTE

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting

Row = TypeVar("Row", bound=models.Model)


class OfASetting(models.QuerySet[Row]):
    """Reading what belongs to one setting."""

    def visible_to(self, acting: Acting | None) -> Self:
        """The setting’s own, for whoever may see its week; nobody else’s."""
        if acting is None or not acting.may(Permission.SEE_STAFFING):
            return self.none()
        return self.filter(organisation_id=acting.organisation_id)


def a_part_of_the_day(name: str, start: str = "starts", until: str = "until") -> models.CheckConstraint:
    """That a part of a day begins before it ends, and ends that day: minutes after midnight, as the rules count them."""
    return models.CheckConstraint(
        condition=Q(**{f"{start}__lt": F(until), f"{until}__lte": LAST_MINUTE}),
        name=name,
        violation_error_message="The end must be later than the beginning",
    )


def all_day_or_a_part(name: str, start: str = "starts", until: str = "until") -> models.CheckConstraint:
    """The same, where nothing at all can be said instead."""
    nothing = Q(**{f"{start}__isnull": True, f"{until}__isnull": True})
    both = Q(**{f"{start}__isnull": False, f"{until}__isnull": False})
    part = Q(**{f"{start}__lt": F(until), f"{until}__lte": LAST_MINUTE})
    return models.CheckConstraint(
        condition=nothing | (both & part),
        name=name,
        violation_error_message="Enter both times, the end later than the beginning, or neither",
    )
