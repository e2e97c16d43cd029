"""How a learner is marked in a part of a day. Marks are only ever added: a correction is a further version."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from trellis.training.models.cohort import learners_for
from trellis.training.models.place import Place
from trellis.training.models.session import Part

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User


class MarkStatus(models.TextChoices):
    """How somebody is marked. `unmarked` takes a mark back, as a further version."""

    PRESENT = "present", "Present"
    LATE = "late", "Late"
    LEFT_EARLY = "left_early", "Left early"
    APOLOGISED = "apologised", "Apologised beforehand"
    ABSENT = "absent", "Absent"
    CANCELLED = "cancelled", "Cancelled by us"
    UNMARKED = "unmarked", "Not marked"


class AbsenceReason(models.TextChoices):
    """Why somebody missed something: what can also be why they withdraw, and cover on the day."""

    SICKNESS = "sickness", "Sickness"
    RATIO = "ratio", "Ratio or cover"
    TIME = "time", "Time or capacity"
    STAFFING = "staffing", "Staffing"
    LEFT_SETTING = "left_setting", "Left the setting"
    CHANGE_OF_ROLE = "change_of_role", "Change of role"
    PERSONAL = "personal", "Personal"
    CONTENT = "content", "The content"
    OTHER = "other", "Something else"


class MarkSource(models.TextChoices):
    """Where a mark came from."""

    REGISTER = "register", "The register"
    CODE = "code", "The code on the wall"
    APOLOGY = "apology", "An apology beforehand"
    CSV = "csv", "A file"
    OFFLINE = "offline", "The register, without a connection"


class MarkQuerySet(models.QuerySet["Mark"]):
    """Reading marks."""

    def visible_to(self, acting: Acting) -> Self:
        """Of the learners whom somebody may see."""
        return self.filter(learners_for(acting, "place__cohort__"))

    def of(self, person: User) -> Self:
        """A person’s own."""
        return self.filter(Q(place__user_id=person.pk) | Q(place__user__isnull=True, place__email=person.email))

    def standing(self) -> Self:
        """The last version of each."""
        later = Mark.objects.filter(place=OuterRef("place"), part=OuterRef("part"), version__gt=OuterRef("version"))
        return self.filter(~Exists(later))


class Mark(models.Model):
    """One version of how a learner is marked in a part of a day: who said so, when, and where from.

    `missed_minutes` are those of somebody who was late or left early; of both, all together. `client_id` is what the
    page called this mark, so that what is sent twice is one mark; `batch` is what was saved together. Of an apology by
    link nobody is known but whose place it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="marks")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="marks")
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=MarkStatus)
    missed_minutes = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=16, choices=AbsenceReason, blank=True)
    source = models.CharField(max_length=8, choices=MarkSource, default=MarkSource.REGISTER)
    because = models.CharField(max_length=200, blank=True)
    client_id = models.UUIDField(default=uuid.uuid4, editable=False)
    batch = models.UUIDField(default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = MarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "part", "version"], name="mark_once_for_each_version"),
            models.UniqueConstraint(fields=["client_id"], name="mark_sent_twice_is_one"),
            models.CheckConstraint(condition=Q(version__gt=0), name="mark_version_counts_from_one"),
            models.CheckConstraint(condition=Q(status__in=MarkStatus.values), name="mark_status_is_known"),
            models.CheckConstraint(condition=Q(source__in=MarkSource.values), name="mark_source_is_known"),
            models.CheckConstraint(
                condition=Q(status__in=["late", "left_early"], missed_minutes__gt=0)
                | ~Q(status__in=["late", "left_early"]) & Q(missed_minutes=0),
                name="mark_minutes_are_of_late_or_early",
                violation_error_message="Enter how many minutes they missed",
            ),
            models.CheckConstraint(
                condition=Q(reason="")
                | Q(reason__in=AbsenceReason.values, status__in=["late", "left_early", "apologised", "absent"]),
                name="mark_reason_is_of_what_was_missed",
                violation_error_message="A reason belongs to somebody who missed something",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(because=""),
                name="mark_correction_says_why",
                violation_error_message="Say why marks are corrected",
            ),
            models.CheckConstraint(condition=Q(by__isnull=False) | Q(source="apology"), name="mark_says_who"),
        ]
        indexes = [models.Index(fields=["part", "place"], name="mark_of_part")]

    def __str__(self) -> str:
        return str(self.get_status_display())


class WallCodeQuerySet(models.QuerySet["WallCode"]):
    """Reading codes on the wall."""

    def visible_to(self, acting: Acting) -> Self:
        """Of the cohorts whose learners somebody may see."""
        return self.filter(learners_for(acting, "part__session__cohort__"))

    def open_at(self, moment: object) -> Self:
        """Those that work at a moment."""
        return self.filter(closed_at__isnull=True, opened_at__lte=moment, ends_at__gt=moment)


class WallCode(models.Model):
    """A code is on the wall for a part of a day, for some minutes. The code itself is kept nowhere: it follows from the row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="wall_codes")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = WallCodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["part"], condition=Q(closed_at__isnull=True), name="wall_code_one_open_for_each_part"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("opened_at")), name="wall_code_ends_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return f"Code for {self.part_id}"
