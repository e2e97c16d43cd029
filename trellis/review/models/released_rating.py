"""What an authority may count: the ratings of released rounds whose setting agreed to that."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from trellis.organisations.models import LocalAuthority, Organisation, SettingKind
from trellis.review.models.framework import Audience, Framework, Level, Statement
from trellis.review.models.rating import RatingState
from trellis.review.models.release import Release


class Size(models.TextChoices):
    """How many places a setting has, as the register says."""

    SMALL = "small", "up to 30 places, or not known"
    LARGE = "large", "more than 30 places"


class ReleasedRating(models.Model):
    """One rating of a released round, for counting only: no page shows one by itself.

    `current` marks the newest counted release of a setting for a framework and a period. The rows of a release go
    when it is withdrawn or its last day has passed; whoever counts filters by `release.until` all the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="counted", db_index=False)
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+", db_index=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(Level, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=16, choices=RatingState)
    needs_action = models.BooleanField(default=False)
    audience = models.CharField(max_length=12, choices=Audience)
    setting_kind = models.CharField(max_length=40, choices=SettingKind)
    size = models.CharField(max_length=5, choices=Size)
    place = models.CharField("first part of the postcode, or town, as the register has it", max_length=120, blank=True)
    period_key = models.CharField(max_length=20)
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "statement"], name="released_rating_once_in_a_release"),
            models.UniqueConstraint(
                fields=["organisation", "statement", "period_key", "authority"],
                condition=Q(current=True),
                name="released_rating_one_current_for_a_period",
            ),
            models.CheckConstraint(
                condition=Q(state="rated", level__isnull=False)
                | Q(state__in=["not_discussed", "not_applicable"], level__isnull=True, needs_action=False),
                name="released_rating_has_a_level_exactly_when_rated",
            ),
            models.CheckConstraint(
                condition=Q(setting_kind__in=SettingKind.values), name="released_rating_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(size__in=Size.values), name="released_rating_size_is_known"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="released_rating_audience_is_known"),
        ]
        indexes = [
            models.Index(
                fields=["authority", "framework", "audience", "period_key", "current"], name="released_rating_to_count"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} in {self.release_id}"
