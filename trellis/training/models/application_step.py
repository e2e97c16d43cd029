"""How an application came to where it stands."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.training.models.application import Application, ApplicationStatus, of_applications_for

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class ApplicationStepQuerySet(models.QuerySet["ApplicationStep"]):
    """Reading how applications moved."""

    def visible_to(self, acting: Acting) -> Self:
        """Of the applications that somebody sees."""
        return self.filter(of_applications_for(acting))


class WhoMoved(models.TextChoices):
    """Who moved an application on."""

    APPLICANT = "applicant", "The applicant"
    MANAGER = "manager", "The manager of the setting"
    CENTRE = "centre", "The centre"
    RULES = "rules", "The rules of the programme"
    CLOCK = "clock", "Trellis itself"


class ApplicationStep(models.Model):
    """An application moved from one status to another. Rows are never changed, and hold no words about anybody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField(default=timezone.now, editable=False)
    from_status = models.CharField(max_length=18, choices=ApplicationStatus)
    to_status = models.CharField(max_length=18, choices=ApplicationStatus)
    who = models.CharField(max_length=10, choices=WhoMoved)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, blank=True)

    objects = ApplicationStepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(who__in=WhoMoved.values), name="application_step_says_who"),
            models.CheckConstraint(
                condition=~Q(who="centre") | Q(by__isnull=False), name="application_step_of_the_centre_names_somebody"
            ),
        ]
        indexes = [models.Index(fields=["application", "at"], name="step_of_application")]

    def __str__(self) -> str:
        return f"{self.from_status} → {self.to_status}"
