"""A day of a cohort and its parts."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from trellis.training.models.cohort import Cohort, TrainerAssignment, cohorts_for, learners_for
from trellis.training.rules.visits import VISITS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User


class SessionKind(models.TextChoices):
    """What a session is."""

    TAUGHT = "taught", "Taught session"
    GUEST_SPEAKER = "guest_speaker", "Guest speaker"
    SETTING_VISIT = "setting_visit", "Visit to a setting"
    SPECIAL_SCHOOL_VISIT = "special_school_visit", "Visit to a special school"
    STUDY_TIME = "study_time", "Personal study time"
    TUTORIAL = "tutorial", "Tutorial"
    CATCH_UP = "catch_up", "Catch-up"
    CELEBRATION = "celebration", "Celebration and presentations"


class SessionStatus(models.TextChoices):
    """Where a session stands. `rules.SESSION_MOVES` says what may follow what."""

    PLANNED = "planned", "Planned"
    MOVED = "moved", "Moved"
    CANCELLED = "cancelled", "Cancelled"


ELSEWHERE = (*VISITS, SessionKind.STUDY_TIME.value)
"""The kinds of sessions that are not held where the cohort meets."""
TOLD = (
    *("kind", "title", "on", "starts", "ends", "status", "speaker"),
    *("venue", "access_notes", "online_link", "materials"),
)


class SessionQuerySet(models.QuerySet["Session"]):
    """Reading sessions."""

    def visible_to(self, acting: Acting) -> Self:
        """Of the cohorts that somebody sees."""
        return self.filter(cohorts_for(acting, "cohort__"))

    def marked_by(self, acting: Acting) -> Self:
        """Those in which somebody may mark who was there."""
        return self.filter(learners_for(acting, "cohort__"))

    def of(self, person: User) -> Self:
        """Those of the cohorts in which a person has a place."""
        theirs = Q(cohort__places__user_id=person.pk) | Q(
            cohort__places__user__isnull=True, cohort__places__email=person.email
        )
        return self.filter(theirs, cohort__places__status="taken")

    def of_person(self, person: User) -> Self:
        """Those that a person teaches."""
        return self.filter(cohort__in=TrainerAssignment.objects.of_person(person).values("cohort"))

    def held(self) -> Self:
        """Those that were not cancelled."""
        return self.exclude(status=SessionStatus.CANCELLED)

    def to_come(self, today: date, *, also: models.QuerySet[Any] | Sequence[UUID] = ()) -> Self:
        """Those from today on that were not cancelled, the next one first.

        `also` are sessions whose day is over while a learner’s visit of them is still to come.
        """
        return (
            self.held()
            .filter(Q(on__gte=today) | Q(pk__in=also))
            .exclude(cohort__status="cancelled")
            .order_by("on", "starts", "pk")
        )

    def told(self) -> Self:
        """With what whoever comes reads: of the cohort, and of those parts that ask for something. Two queries."""
        asking = models.Prefetch(
            "parts", Part.objects.exclude(materials="").only("session", "label", "materials"), to_attr="asking"
        )
        of_cohort = (f"cohort__{name}" for name in ("title", "status", "venue", "access_notes", "online_link"))
        return self.select_related("cohort").only(*TOLD, *of_cohort).prefetch_related(asking)

    def with_minutes(self) -> Self:
        """With the planned and the guided minutes of their parts."""
        return self.annotate(
            planned=models.Sum("parts__planned_minutes", default=0),
            guided=models.Sum("parts__guided_minutes", default=0),
        )


class Session(models.Model):
    """A day of a cohort, or a part of one: what kind, when and where, who speaks.

    `sequence` is raised whenever something changes that somebody’s calendar shows, and only then. A guest speaker is
    a name: they are invited by hand and see nothing here. Without a venue or link of its own, a session has the
    cohort’s, unless it is somewhere else by its kind: a visit, or study at home.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24, choices=SessionKind)
    title = models.CharField(max_length=150, blank=True)
    on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    venue = models.CharField(max_length=200, blank=True)
    access_notes = models.TextField(blank=True)
    online_link = models.URLField(max_length=500, blank=True)
    speaker = models.CharField(max_length=150, blank=True)
    materials = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=SessionStatus, default=SessionStatus.PLANNED)
    cancelled_because = models.TextField(blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    # What `with_minutes` adds.
    planned: int
    guided: int
    # What `told` adds.
    asking: list[Part]

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "number"],
                name="session_number_once_for_each_cohort",
                violation_error_message="This cohort has a session with this number already",
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="session_number_counts_from_one"),
            models.CheckConstraint(condition=Q(kind__in=SessionKind.values), name="session_kind_is_known"),
            models.CheckConstraint(condition=Q(status__in=SessionStatus.values), name="session_status_is_known"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="session_ends_after_it_starts",
                violation_error_message="A session ends after it starts",
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled") & ~Q(cancelled_because="")
                | ~Q(status="cancelled") & Q(cancelled_because=""),
                name="session_cancelled_says_why",
                violation_error_message="Say why the session is cancelled",
            ),
        ]
        indexes = [models.Index(fields=["on", "cohort"], name="session_by_day")]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_training_session", args=[self.pk])

    @property
    def uid(self) -> str:
        """What calendars know it by; it never changes."""
        return f"{self.pk}@session.trellis"

    @property
    def where(self) -> str:
        """Its venue, or the cohort’s; of a visit or a day of study at home only what was said of that day."""
        return self.venue or ("" if self.kind in ELSEWHERE else self.cohort.venue)

    @property
    def link(self) -> str:
        """Where it is held online, or where the cohort is."""
        return self.online_link or ("" if self.kind in ELSEWHERE else self.cohort.online_link)

    @property
    def access(self) -> str:
        """How to get in: its own notes, or the cohort’s."""
        return self.access_notes or ("" if self.venue or self.kind in ELSEWHERE else self.cohort.access_notes)


class PartQuerySet(models.QuerySet["Part"]):
    """Reading parts."""

    def visible_to(self, acting: Acting) -> Self:
        """Of the cohorts that somebody sees."""
        return self.filter(cohorts_for(acting, "session__cohort__"))


class Part(models.Model):
    """A part of a session, such as a morning: how long it is, how much of that is guided, which criteria it covers, and what to
    bring or to read before.

    `criteria` are the codes of criteria of the qualification.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60)
    starts = models.TimeField()
    ends = models.TimeField()
    planned_minutes = models.PositiveSmallIntegerField()
    guided_minutes = models.PositiveSmallIntegerField(default=0)
    criteria = models.JSONField(default=list, blank=True)
    materials = models.TextField(blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="part_position_once_for_each_session"),
            models.CheckConstraint(
                condition=~Q(label=""),
                name="part_has_a_label",
                violation_error_message="Enter what this part is called",
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="part_ends_after_it_starts",
                violation_error_message="A part of a day ends after it starts",
            ),
            models.CheckConstraint(
                condition=Q(planned_minutes__gt=0, guided_minutes__lte=F("planned_minutes")),
                name="part_has_no_more_guided_than_planned",
                violation_error_message="No more minutes can be guided than are planned",
            ),
        ]

    def __str__(self) -> str:
        return self.label
