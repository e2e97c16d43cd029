"""What was found for a cohort that is being planned: a search with what it was asked, and an alternative for each pattern."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.training.models.planning import Counted, Planning
from trellis.training.rules.patterns import WEEKDAYS, Pattern, Shape
from trellis.training.rules.plans import Worth

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class SearchQuerySet(models.QuerySet["Search"]):
    """Reading searches."""

    def visible_to(self, acting: Acting) -> Self:
        """A centre’s own."""
        if not acting.may(Permission.RUN_COHORTS):
            return self.none()
        return self.filter(planning__centre_id=acting.organisation_id)


class Search(models.Model):
    """A search for alternatives: how many were counted, and what was asked. Nothing of it says what a setting answered.

    `digest` tells whether two searches were asked the same; then they found the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    planning = models.ForeignKey(Planning, on_delete=models.PROTECT, related_name="searches")
    number = models.PositiveSmallIntegerField()
    asked = models.JSONField(default=dict)
    many = models.PositiveSmallIntegerField("settings that are counted")
    unnamed = models.PositiveSmallIntegerField("settings that do not let their name be told")
    people = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    job_id = models.UUIDField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = SearchQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["planning", "number"],
                name="search_number_once_for_each_planning",
                violation_error_message="Somebody else has just asked",
            ),
            models.CheckConstraint(
                condition=Q(unnamed__lte=F("many"), people__gte=F("many")), name="search_counts_add_up"
            ),
        ]

    def __str__(self) -> str:
        return f"Search {self.number}"

    @property
    def somebody_withdrew(self) -> bool:
        """Whether a setting has withdrawn that may have been counted: it has not withdrawn before this was asked."""
        return Counted.objects.filter(planning=self.planning_id, withdrawn_at__gte=self.asked_at).exists()


class AlternativeQuerySet(models.QuerySet["Alternative"]):
    """Reading alternatives."""

    def visible_to(self, acting: Acting) -> Self:
        """A centre’s own."""
        if not acting.may(Permission.RUN_COHORTS):
            return self.none()
        return self.filter(search__planning__centre_id=acting.organisation_id)

    def best_first(self) -> Self:
        """Most people first; of as many, fewest tight days; then least travel."""
        return self.order_by("-can_come", "tight_days", "travel", "weekday", "cadence", "shape")


class Alternative(models.Model):
    """The best that was found for one pattern, so far: its days and venues, who can come in numbers, and how good it may get.

    `left_out` are the agreements of the settings of which somebody cannot reach the minimum: a name is shown only while
    the setting lets it be told.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    search = models.ForeignKey(Search, on_delete=models.PROTECT, related_name="alternatives")
    weekday = models.PositiveSmallIntegerField(choices=list(enumerate(WEEKDAYS)))
    cadence = models.CharField(max_length=12)
    shape = models.CharField(max_length=10, choices=[(each.value, each.words) for each in Shape])
    days = models.JSONField("each session: its day, and the number of the venue")
    can_come = models.PositiveSmallIntegerField()
    tight_people = models.PositiveSmallIntegerField("people who can come, for some day of whom it is tight")
    cannot = models.PositiveSmallIntegerField()
    tight_days = models.PositiveIntegerField()
    travel = models.PositiveIntegerField("minutes of everybody who comes, there and back")
    most_people = models.PositiveSmallIntegerField("no plan in this pattern lets more come")
    fewest_tight = models.PositiveIntegerField("no plan with as many people has fewer tight days")
    proven = models.BooleanField("nothing in this pattern is better", default=False)
    left_out = models.JSONField(default=list)
    found_at = models.DateTimeField(default=timezone.now)

    objects = AlternativeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["search", "weekday", "cadence", "shape"], name="alternative_once_for_each_pattern"
            ),
            models.CheckConstraint(
                condition=Q(tight_people__lte=F("can_come"), can_come__lte=F("most_people")),
                name="alternative_adds_up",
            ),
            models.CheckConstraint(condition=Q(shape__in=list(Shape)), name="alternative_shape_is_known"),
        ]

    def __str__(self) -> str:
        return self.pattern.words

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_alternative", args=[self.pk])

    @property
    def pattern(self) -> Pattern:
        """Its weekday, rhythm, and whether days are whole."""
        return Pattern(self.weekday, self.cadence, Shape(self.shape))

    @property
    def worth(self) -> Worth:
        """What it comes to."""
        return Worth(self.can_come, self.tight_days, self.travel)

    @property
    def dates(self) -> list[tuple[date, int]]:
        """Each session: its day, and the number of the venue."""
        return [(date.fromisoformat(day), venue) for day, venue in self.days]
