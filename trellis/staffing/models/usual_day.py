"""A setting’s typical week: each weekday with its hours, its meals, the children expected and who works where."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from trellis.organisations.models import Organisation
from trellis.staffing.models.colleague import Colleague
from trellis.staffing.models.room import Room
from trellis.staffing.models.scope import OfASetting, a_part_of_the_day, all_day_or_a_part
from trellis.staffing.rules.days import Band
from trellis.staffing.rules.weeks import MOST_CHILDREN, WEEKDAYS
from trellis.staffing.rules.words import BANDS


class UsualDayQuerySet(OfASetting["UsualDay"]):
    """Reading the days of a typical week."""

    def whole(self) -> Self:
        """With everything that belongs to them."""
        return self.prefetch_related("meals", "children", "hours")


class UsualDay(models.Model):
    """A weekday of the typical week. Without hours the setting is closed on it. Monday is 0."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="usual_days")
    weekday = models.PositiveSmallIntegerField(choices=list(enumerate(WEEKDAYS)))
    opens = models.PositiveSmallIntegerField("minutes after midnight", null=True, blank=True)
    closes = models.PositiveSmallIntegerField("minutes after midnight", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = UsualDayQuerySet.as_manager()

    class Meta:
        ordering = ["weekday"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "weekday"],
                name="usual_day_once_for_each_weekday",
                violation_error_message="Somebody else has just written this day. Look at it again",
            ),
            models.CheckConstraint(
                condition=Q(weekday__gte=0, weekday__lt=len(WEEKDAYS)), name="usual_day_is_a_weekday"
            ),
            all_day_or_a_part("usual_day_opens_before_it_closes", "opens", "closes"),
        ]

    def __str__(self) -> str:
        return WEEKDAYS[self.weekday]


class Meal(models.Model):
    """When the children eat."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.ForeignKey(UsualDay, on_delete=models.PROTECT, related_name="meals")
    starts = models.PositiveSmallIntegerField("minutes after midnight")
    until = models.PositiveSmallIntegerField("minutes after midnight")

    class Meta:
        ordering = ["starts", "pk"]
        constraints = [a_part_of_the_day("meal_begins_before_it_ends")]

    def __str__(self) -> str:
        return f"{self.day}: {self.starts} to {self.until}"


class ChildrenExpected(models.Model):
    """So many children of one age in a room for a part of the day. Nobody is named."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.ForeignKey(UsualDay, on_delete=models.PROTECT, related_name="children")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="children")
    band = models.CharField(max_length=16, choices=BANDS)
    count = models.PositiveSmallIntegerField()
    starts = models.PositiveSmallIntegerField("minutes after midnight")
    until = models.PositiveSmallIntegerField("minutes after midnight")

    class Meta:
        ordering = ["starts", "until", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(band__in=[each.value for each in Band]), name="children_expected_age_is_known"
            ),
            models.CheckConstraint(
                condition=Q(count__gte=1, count__lte=MOST_CHILDREN),
                name="children_expected_are_some",
                violation_error_message=f"Enter a number of children from 1 to {MOST_CHILDREN}",
            ),
            a_part_of_the_day("children_expected_come_before_they_go"),
        ]

    def __str__(self) -> str:
        return f"{self.count} in {self.room}"


class ColleagueHours(models.Model):
    """When somebody works on a weekday, with whom, and when their break is. Without a room: wherever needed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.ForeignKey(UsualDay, on_delete=models.PROTECT, related_name="hours")
    colleague = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="hours")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="hours")
    starts = models.PositiveSmallIntegerField("minutes after midnight")
    until = models.PositiveSmallIntegerField("minutes after midnight")
    break_starts = models.PositiveSmallIntegerField("minutes after midnight", null=True, blank=True)
    break_until = models.PositiveSmallIntegerField("minutes after midnight", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "colleague"],
                name="colleague_hours_once_a_day",
                violation_error_message="Somebody stands there twice",
            ),
            a_part_of_the_day("colleague_hours_begin_before_they_end"),
            models.CheckConstraint(
                condition=Q(break_starts__isnull=True, break_until__isnull=True)
                | Q(
                    break_starts__isnull=False,
                    break_until__isnull=False,
                    break_starts__gte=F("starts"),
                    break_starts__lt=F("break_until"),
                    break_until__lte=F("until"),
                ),
                name="colleague_hours_hold_the_break",
                violation_error_message="The break must lie within the hours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.colleague}: {self.starts} to {self.until}"
