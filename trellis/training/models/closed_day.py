"""Days on which no session is held: bank holidays of England, an authority’s school holidays, a centre’s own."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from trellis.accounts.roles import Permission
from trellis.organisations.models import LocalAuthority, Organisation

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from trellis.accounts.acting import Acting

ENGLAND, CENTRE = "england", "centre"
"""Whose days they are, where an authority is named by its code."""


class ClosedKind(models.TextChoices):
    """Why a day is closed."""

    BANK_HOLIDAY = "bank_holiday", "Bank holiday"
    SCHOOL_HOLIDAY = "school_holiday", "School holiday"
    CENTRE_CLOSED = "centre_closed", "The centre is closed"


class ClosedDayQuerySet(models.QuerySet["ClosedDay"]):
    """Reading closed days. Those of England and of authorities are the same for everyone."""

    def of(self, authority_id: str | None, centre_id: UUID | None = None) -> Self:
        """Those of England, those of one authority and those of one centre."""
        england = Q(authority__isnull=True, centre__isnull=True)
        theirs = Q(authority__isnull=False, authority=authority_id)
        return self.filter(england | theirs | Q(centre__isnull=False, centre=centre_id))

    def visible_to(self, acting: Acting) -> Self:
        """For whoever runs the installation all but the centres’ own; for whoever leads programmes also those."""
        if not acting.may(Permission.CHANGE_CLOSED_DAYS):
            return self.none()
        return self.filter(Q(centre__isnull=True) | Q(centre_id=acting.organisation_id))

    def changed_by(self, acting: Acting) -> Self:
        """Those that somebody may take out: whoever leads programmes the centre’s own, and those of authorities that
        somebody of the centre has closed on the page.
        """
        found = self.visible_to(acting)
        if acting.may(Permission.SEE_ORGANISATIONS):
            return found
        closed_here = Q(kind=ClosedKind.SCHOOL_HOLIDAY, closed_by=acting.organisation_id)
        return found.filter(Q(centre_id=acting.organisation_id) | closed_here)

    def whose(self, whose: str) -> Self:
        """Those of England, of the centre, or of the authority with this code."""
        if whose == ENGLAND:
            return self.filter(authority__isnull=True, centre__isnull=True)
        return self.filter(centre__isnull=False) if whose == CENTRE else self.filter(authority=whose)

    def days(self, since: date) -> frozenset[date]:
        """The days themselves, from one on."""
        return frozenset(self.filter(on__gte=since).order_by().values_list("on", flat=True))


class ClosedDay(models.Model):
    """One day that is closed in England, in one authority or at one centre, what it is called, and where that is known from.

    `closed_by` is the organisation of whoever closed it on the page; nobody’s when it came by the command.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    on = models.DateField()
    kind = models.CharField(max_length=16, choices=ClosedKind)
    authority = models.ForeignKey(
        LocalAuthority, null=True, blank=True, on_delete=models.PROTECT, related_name="closed_days"
    )
    centre = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="closed_days"
    )
    name = models.CharField(max_length=100)
    source = models.CharField(max_length=200)
    closed_by = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ClosedDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="bank_holiday", authority__isnull=True, centre__isnull=True)
                | Q(kind="school_holiday", authority__isnull=False, centre__isnull=True)
                | Q(kind="centre_closed", authority__isnull=True, centre__isnull=False),
                name="closed_day_is_of_england_an_authority_or_a_centre",
            ),
            models.UniqueConstraint(
                fields=["on"],
                condition=Q(authority__isnull=True, centre__isnull=True),
                name="closed_day_once_for_england",
            ),
            models.UniqueConstraint(
                fields=["authority", "on"],
                condition=Q(authority__isnull=False),
                name="closed_day_once_for_each_authority",
            ),
            models.UniqueConstraint(
                fields=["centre", "on"], condition=Q(centre__isnull=False), name="closed_day_once_for_each_centre"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="closed_day_says_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.on}"
