"""What a setting aims for in an area: a level, set for a round, with every earlier aim kept."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.review.models.framework import Level
from trellis.review.models.round import Round

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class AreaTargetQuerySet(models.QuerySet["AreaTarget"]):
    """Reading aims."""

    def visible_to(self, acting: Acting) -> Self:
        """The aims of the setting the person acts for, if their role may see reviews."""
        if not acting.may(Permission.SEE_REVIEW):
            return self.none()
        return self.filter(round__organisation_id=acting.organisation_id)


class AreaTarget(models.Model):
    """The level that a setting aims for in an area; the newest counts, no level means that the aim was taken back.

    Only ever added: the database refuses to change it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="targets")
    area = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField()
    level = models.ForeignKey(Level, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AreaTargetQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "area", "number"],
                name="target_once_for_each_number",
                violation_error_message="Somebody else has just changed what you aim for. Look at it again",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.level or 'no aim'}"
