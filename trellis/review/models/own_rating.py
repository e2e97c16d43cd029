"""What each colleague says alone before the team talks, and what they then agree."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.review.models.framework import Level, Statement
from trellis.review.models.rating import Rating, RatingState
from trellis.review.models.round import Round, RoundPerson

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class OwnRatingQuerySet(models.QuerySet["OwnRating"]):
    """Reading own ratings."""

    def visible_to(self, acting: Acting) -> Self:
        """A person’s own, and nobody else’s: what colleagues said is read as a spread (`voices.heard`)."""
        if acting.alone or not acting.may(Permission.RATE_STATEMENTS):
            return self.none()
        return self.filter(user_id=acting.user.pk, round__organisation_id=acting.organisation_id)


class OwnRating(models.Model):
    """What one colleague says of one statement, alone. `version` counts its changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="own_ratings")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="own_ratings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=RatingState, default=RatingState.NOT_DISCUSSED)
    level = models.ForeignKey(Level, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unsure = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = OwnRatingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "statement", "user"], name="own_rating_one_for_each_person"),
            models.CheckConstraint(
                condition=Q(state="rated", level__isnull=False)
                | Q(state__in=["not_discussed", "not_applicable"], level__isnull=True),
                name="own_rating_has_a_level_exactly_when_rated",
                violation_error_message="Select how well this is in place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} by {self.user_id}"


class OwnRatingChange(models.Model):
    """What an own rating became, and when. Only ever added: the database refuses to change it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rating = models.ForeignKey(OwnRating, on_delete=models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=RatingState)
    level = models.ForeignKey(Level, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unsure = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rating", "version"], name="own_rating_change_once_for_each_version"),
        ]

    def __str__(self) -> str:
        return f"{self.rating_id} version {self.version}"


class NameChoiceQuerySet(models.QuerySet["NameChoice"]):
    """Reading who shows their name."""

    def visible_to(self, acting: Acting) -> Self:
        """A person’s own choice."""
        return self.filter(user_id=acting.user.pk, round__organisation_id=acting.organisation_id)


class NameChoice(models.Model):
    """Whether somebody wants their name beside what they said alone. Without a row, they do not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="name_choices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shows_name = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = NameChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "user"], name="name_choice_one_for_each_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.shows_name}"


class Agreement(models.Model):
    """At the talk these people agreed a rating: which version of it, when, and who wrote it down. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="agreements")
    version = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    people = models.ManyToManyField(RoundPerson, related_name="agreements")

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=Q(version__gt=0), name="agreement_is_of_a_rating_that_was_made"),
        ]

    def __str__(self) -> str:
        return f"{self.rating_id} version {self.version}"
