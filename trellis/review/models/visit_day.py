"""What a visit is prepared with and what happens on its day: checklist, timetable, the visitor’s ratings, notes."""

from __future__ import annotations

import uuid
from hashlib import sha256
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.review.models.framework import Level, Statement
from trellis.review.models.visit import Visit, visits_for
from trellis.review.rules.visit import SHARED

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class ItemState(models.TextChoices):
    """How far something on the preparation list has got."""

    NEEDED = "needed", "Still needed"
    HAVE = "have", "We have it"
    NOT_APPLICABLE = "not_applicable", "Does not apply"


class ChecklistMark(models.Model):
    """What the setting says of one thing on the preparation list; the newest counts. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="marks")
    item = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=ItemState)
    where_kept = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ItemState.values), name="checklist_mark_state_is_known"),
            models.UniqueConstraint(
                fields=["visit", "item", "number"],
                name="checklist_mark_once_for_each_number",
                violation_error_message="Somebody else has just changed the list. Look at it again",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_state_display()}"


class TimetableRowQuerySet(models.QuerySet["TimetableRow"]):
    """Reading rows of timetables."""

    def visible_to(self, acting: Acting) -> Self:
        """The rows of the visits that somebody sees."""
        return self.filter(visits_for(acting, "visit__"))


class TimetableRow(models.Model):
    """One thing in the timetable of a visit. `start` counts minutes from midnight."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="rows")
    start = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    activity = models.CharField(max_length=200)
    who = models.CharField(max_length=200, blank=True)
    room = models.CharField(max_length=100, blank=True)
    look_for = models.CharField(max_length=300, blank=True)

    objects = TimetableRowQuerySet.as_manager()

    class Meta:
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(activity=""),
                name="timetable_row_says_what",
                violation_error_message="Enter what happens",
            ),
            models.CheckConstraint(
                condition=Q(start__lt=24 * 60),
                name="timetable_row_begins_in_the_day",
                violation_error_message="Enter a time",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=480),
                name="timetable_row_takes_a_while",
                violation_error_message="Enter between 5 and 480 minutes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock} {self.activity}"

    @property
    def clock(self) -> str:
        """When it begins, as on a clock."""
        return f"{self.start // 60:02}:{self.start % 60:02}"

    @property
    def seen(self) -> str:
        """What the row says, in a few letters: a page sends back what it saw, to be told when that has changed."""
        said = (self.start, self.minutes, self.activity, self.who, self.room, self.look_for)
        return sha256(repr(said).encode()).hexdigest()[:16]

    @property
    def ends(self) -> int:
        """When it ends, in minutes from midnight."""
        return self.start + self.minutes


class ReviewerRatingQuerySet(models.QuerySet["ReviewerRating"]):
    """Reading what visitors rated."""

    def visible_to(self, acting: Acting) -> Self:
        """The visitor’s own; for the people of the setting once they are shared."""
        return self.filter(visits_for(acting, "visit__")).filter(Q(by_id=acting.user.pk) | Q(visit__status__in=SHARED))


class ReviewerRating(models.Model):
    """What the visitor says of a statement, beside what the setting said; the newest counts. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="ratings")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    level = models.ForeignKey(Level, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    comment = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ReviewerRatingQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "statement", "number"],
                name="reviewer_rating_once_for_each_number",
                violation_error_message="This was changed in another window. Look at it again",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement}: {self.level or 'not rated'}"


class VisitNoteQuerySet(models.QuerySet["VisitNote"]):
    """Reading notes of what was said."""

    def visible_to(self, acting: Acting) -> Self:
        """One’s own; for the other side too once the draft is shared."""
        return self.filter(visits_for(acting, "visit__")).filter(Q(by_id=acting.user.pk) | Q(visit__status__in=SHARED))


class VisitNote(models.Model):
    """What was said at the end of a visit: who was there, what, and what comes next. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="notes")
    who = models.CharField(max_length=300)
    said = models.TextField()
    next_steps = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = VisitNoteQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=~Q(said=""), name="visit_note_says_something"),
        ]

    def __str__(self) -> str:
        return self.who
