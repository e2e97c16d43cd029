"""What a learner has reached, with day and evidence: the unit in which a programme reports."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.training.models.cohort import learners_for
from trellis.training.models.place import Place

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class MilestoneKind(models.TextChoices):
    """What a learner can reach. `rules.milestones` says in which order."""

    APPLIED = "applied", "Applied"
    ACCEPTED = "accepted", "Accepted"
    STARTED = "started", "Started"
    RETAINED_1 = "retained_1", "Retained, first time"
    RETAINED_2 = "retained_2", "Retained, second time"
    COMPLETED = "completed", "Completed"
    WITHDRAWN = "withdrawn", "Withdrew"


class WithdrawalReason(models.TextChoices):
    """Why somebody withdrew."""

    TIME = "time", "Time or capacity"
    STAFFING = "staffing", "Staffing or ratio"
    SICKNESS = "sickness", "Sickness"
    LEFT_SETTING = "left_setting", "Left the setting"
    CHANGE_OF_ROLE = "change_of_role", "Change of role"
    PERSONAL = "personal", "Personal"
    CONTENT = "content", "The content"
    OTHER = "other", "Something else"


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Reading milestones."""

    def visible_to(self, acting: Acting) -> Self:
        """Of the learners whom somebody may see."""
        return self.filter(learners_for(acting, "place__cohort__"))

    def standing(self) -> Self:
        """Those that were not made void."""
        return self.filter(voided_at__isnull=True)


class Milestone(models.Model):
    """One thing that a learner reached on a day, and what shows it. It is never changed: it stands, or is void with why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="milestones")
    kind = models.CharField(max_length=12, choices=MilestoneKind)
    on = models.DateField()
    evidence = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=16, choices=WithdrawalReason, blank=True)
    noted_at = models.DateTimeField(default=timezone.now, editable=False)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    voided_because = models.CharField(max_length=500, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MilestoneKind.values), name="milestone_kind_is_known"),
            models.UniqueConstraint(
                fields=["place", "kind"],
                condition=Q(voided_at__isnull=True),
                name="milestone_one_live_of_each_kind",
                violation_error_message="This is noted already",
            ),
            models.CheckConstraint(
                condition=Q(kind="withdrawn", reason__in=WithdrawalReason.values) | ~Q(kind="withdrawn") & Q(reason=""),
                name="milestone_withdrawn_says_why",
                violation_error_message="Say why they withdrew",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, voided_because="")
                | Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(voided_because=""),
                name="milestone_void_says_who_when_and_why",
                violation_error_message="Say why it is void",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
