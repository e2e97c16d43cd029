"""The secret links to an application."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.training.models.application import Application

if TYPE_CHECKING:
    from datetime import datetime


class KeyFor(models.TextChoices):
    """Whom a secret link lets in."""

    APPLICANT = "applicant", "The applicant"
    MANAGER = "manager", "The manager of the setting"


class ApplicationKeyQuerySet(models.QuerySet["ApplicationKey"]):
    """Finding an application by the hash of a link."""

    def usable(self, now: datetime) -> Self:
        """Those that have not run out."""
        return self.filter(until__gt=now, application__forgotten_at=None)


class ApplicationKey(models.Model):
    """A secret link to one application. The token stands in an e-mail only; here is its hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="keys")
    opens_for = models.CharField(max_length=10, choices=KeyFor)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    until = models.DateTimeField()

    objects = ApplicationKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(opens_for__in=KeyFor.values), name="application_key_opens_for_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.opens_for} of {self.application_id}"
