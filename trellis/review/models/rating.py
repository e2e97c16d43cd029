"""How a setting rates itself, statement by statement, with every change kept."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.review.models.framework import Level, Statement
from trellis.review.models.round import OfRoundQuerySet, Round

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class RatingState(models.TextChoices):
    """Whether a statement has been rated. Common to all frameworks; the levels are the framework’s own."""

    NOT_DISCUSSED = "not_discussed", "Not yet discussed"
    RATED = "rated", "Rated"
    NOT_APPLICABLE = "not_applicable", "Does not apply"


class Work(models.TextChoices):
    """How far the talking about a statement has got: says nothing about how good it is."""

    TO_DO = "to_do", "To do"
    LOOKING = "looking", "Looking into it"
    FINISHED = "finished", "Finished"


class RatingQuerySet(models.QuerySet["Rating"]):
    """Reading ratings."""

    def visible_to(self, acting: Acting) -> Self:
        """The ratings of the setting the person acts for, if their role may see reviews."""
        if not acting.may(Permission.SEE_REVIEW):
            return self.none()
        return self.filter(round__organisation_id=acting.organisation_id)


class Rating(models.Model):
    """What a setting says of one statement in one round, as it stands now. `version` counts its changes.

    `frozen` says that the round has been agreed or archived: in this row, so that one statement writes a rating
    exactly when it may be written.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="ratings")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="ratings")
    state = models.CharField(max_length=16, choices=RatingState, default=RatingState.NOT_DISCUSSED)
    level = models.ForeignKey(Level, null=True, blank=True, on_delete=models.PROTECT, related_name="ratings")
    reason = models.TextField(blank=True)
    unsure = models.BooleanField(default=False)
    notes = models.TextField(blank=True)
    work = models.CharField(max_length=10, choices=Work, default=Work.TO_DO)
    version = models.PositiveIntegerField(default=0)
    frozen = models.BooleanField(default=False)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    no_action_because = models.TextField(blank=True)
    no_action_at = models.DateTimeField(null=True, blank=True)
    no_action_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RatingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "statement"], name="rating_one_for_each_statement_in_a_round"),
            models.CheckConstraint(
                condition=Q(state="rated", level__isnull=False)
                | Q(state__in=["not_discussed", "not_applicable"], level__isnull=True),
                name="rating_has_a_level_exactly_when_rated",
                violation_error_message="Select how well this is in place",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_applicable") | ~Q(reason=""),
                name="rating_does_not_apply_needs_a_reason",
                violation_error_message="Say why this does not apply to your setting",
            ),
            models.CheckConstraint(condition=Q(work__in=Work.values), name="rating_work_is_known"),
            models.CheckConstraint(
                condition=Q(version=0, changed_at__isnull=True, changed_by__isnull=True)
                | Q(version__gt=0, changed_at__isnull=False, changed_by__isnull=False),
                name="rating_change_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(no_action_because="", no_action_at__isnull=True, no_action_by__isnull=True)
                | (~Q(no_action_because="") & Q(no_action_at__isnull=False, no_action_by__isnull=False)),
                name="rating_no_action_says_why_who_and_when",
                violation_error_message="Say why no action is needed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement}: {self.label}"

    @property
    def label(self) -> str:
        """The rating in words."""
        return self.level.label if self.level else self.get_state_display()


class RatingChange(models.Model):
    """What a rating became, when, by whom. Only ever added: the database refuses to change it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=RatingState)
    level = models.ForeignKey(Level, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    unsure = models.BooleanField(default=False)
    notes = models.TextField(blank=True)
    work = models.CharField(max_length=10, choices=Work)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["rating", "version"], name="rating_change_once_for_each_version"),
        ]

    def __str__(self) -> str:
        return f"{self.rating_id} version {self.version}"

    @property
    def label(self) -> str:
        """The rating in words, as it was."""
        return self.level.label if self.level else self.get_state_display()


class NoActionChange(models.Model):
    """Why no action was to follow, or, without a reason, that this was taken back: when, by whom. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="no_action_changes")
    because = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.because or "Taken back"


class PromptDismissal(models.Model):
    """Someone read a quality prompt and answered it with a word, so it need not be shown again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="dismissals")
    prompt = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    word = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "prompt", "subject"], name="prompt_dismissed_once"),
            models.CheckConstraint(
                condition=~Q(word=""),
                name="prompt_dismissed_with_a_word",
                violation_error_message="Enter a word or two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prompt} {self.subject}"
