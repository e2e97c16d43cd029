"""Days on which no session is held: bank holidays of England, and each authority’s school holidays."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from trellis.organisations.models import LocalAuthority

if TYPE_CHECKING:
    from datetime import date


class ClosedKind(models.TextChoices):
    """Why a day is closed."""

    BANK_HOLIDAY = "bank_holiday", "Bank holiday"
    SCHOOL_HOLIDAY = "school_holiday", "School holiday"


class ClosedDayQuerySet(models.QuerySet["ClosedDay"]):
    """Reading closed days; they are the same for everyone."""

    def of(self, authority_id: str | None) -> Self:
        """Those of England and those of one authority."""
        return self.filter(Q(authority__isnull=True) | Q(authority=authority_id))

    def days(self, since: date) -> frozenset[date]:
        """The days themselves, from one on."""
        return frozenset(self.filter(on__gte=since).order_by().values_list("on", flat=True))


class ClosedDay(models.Model):
    """One day that is closed in England or in one authority, what it is called, and where that is known from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    on = models.DateField()
    kind = models.CharField(max_length=16, choices=ClosedKind)
    authority = models.ForeignKey(
        LocalAuthority, null=True, blank=True, on_delete=models.PROTECT, related_name="closed_days"
    )
    name = models.CharField(max_length=100)
    source = models.CharField(max_length=200)

    objects = ClosedDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="bank_holiday", authority__isnull=True)
                | Q(kind="school_holiday", authority__isnull=False),
                name="closed_day_is_of_england_or_of_an_authority",
            ),
            models.UniqueConstraint(
                fields=["on"], condition=Q(authority__isnull=True), name="closed_day_once_for_england"
            ),
            models.UniqueConstraint(
                fields=["authority", "on"],
                condition=Q(authority__isnull=False),
                name="closed_day_once_for_each_authority",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="closed_day_says_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.on}"
