"""What is otherwise on one day: somebody is off, somebody comes from an agency, a room is out, fewer children come."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.organisations.models import Organisation
from trellis.staffing.models.colleague import Colleague
from trellis.staffing.models.room import Room
from trellis.staffing.models.scope import OfASetting, all_day_or_a_part
from trellis.staffing.rules.days import Band
from trellis.staffing.rules.people import Level
from trellis.staffing.rules.weeks import MOST_CHILDREN
from trellis.staffing.rules.words import BANDS, LEVELS

if TYPE_CHECKING:
    from datetime import date


class ChangeKind(models.TextChoices):
    """What is otherwise."""

    OFF = "off", "Somebody is off"
    AGENCY = "agency", "Somebody comes from an agency"
    TRIP = "trip", "A room is out on a trip"
    FEWER = "fewer", "Fewer children come"


class DayChangeQuerySet(OfASetting["DayChange"]):
    """Reading what is otherwise on single days."""

    def to_forget(self, before: date) -> Self:
        """What was otherwise on days before one."""
        return self.filter(on__lt=before)


class DayChange(models.Model):
    """One thing that is otherwise than in the typical week on a day, all day or from when to when. Why somebody is off
    is not asked. One that is taken back is gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="day_changes")
    on = models.DateField()
    kind = models.CharField(max_length=8, choices=ChangeKind)
    colleague = models.ForeignKey(Colleague, null=True, blank=True, on_delete=models.PROTECT, related_name="changes")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="changes")
    band = models.CharField(max_length=16, choices=BANDS, blank=True)
    count = models.PositiveSmallIntegerField("so many children fewer", null=True, blank=True)
    level = models.PositiveSmallIntegerField("of somebody from an agency", choices=LEVELS, null=True, blank=True)
    first_aid = models.BooleanField("whether they hold current paediatric first aid", default=False)
    starts = models.PositiveSmallIntegerField("minutes after midnight; nothing for all day", null=True, blank=True)
    until = models.PositiveSmallIntegerField("minutes after midnight; nothing for all day", null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = DayChangeQuerySet.as_manager()

    class Meta:
        ordering = ["on", "added_at", "pk"]
        indexes = [models.Index(fields=["organisation", "on"], name="day_change_of_a_day")]
        constraints = [
            all_day_or_a_part("day_change_begins_before_it_ends"),
            models.CheckConstraint(
                condition=Q(band="") | Q(band__in=[each.value for each in Band]), name="day_change_age_is_known"
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__in=[each.value for each in Level]),
                name="day_change_level_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=ChangeKind.OFF,
                    colleague__isnull=False,
                    room__isnull=True,
                    band="",
                    count__isnull=True,
                    level__isnull=True,
                    first_aid=False,
                )
                | Q(kind=ChangeKind.AGENCY, colleague__isnull=True, band="", count__isnull=True, level__isnull=False)
                | Q(
                    kind=ChangeKind.TRIP,
                    colleague__isnull=True,
                    room__isnull=False,
                    band="",
                    count__isnull=True,
                    level__isnull=True,
                    first_aid=False,
                )
                | Q(
                    kind=ChangeKind.FEWER,
                    colleague__isnull=True,
                    room__isnull=False,
                    band__gt="",
                    count__gte=1,
                    count__lte=MOST_CHILDREN,
                    level__isnull=True,
                    first_aid=False,
                ),
                name="day_change_says_what_its_kind_needs",
                violation_error_message="Say who, which room or how many",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.on}"
