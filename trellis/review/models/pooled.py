"""What an authority was told of the reviews that settings released in a period: counted once, and never changed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.models import LocalAuthority
from trellis.review.models.framework import Audience, Framework
from trellis.review.models.released_rating import ReleasedRating

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class PooledCountQuerySet(models.QuerySet["PooledCount"]):
    """Reading counts."""

    def visible_to(self, acting: Acting) -> Self:
        """The counts of the person’s own authority; for a setting, those in which it is counted."""
        if acting.may(Permission.SEE_POOLED) and acting.authority_id:
            return self.filter(authority_id=acting.authority_id)
        if not acting.may(Permission.SEE_REVIEW):
            return self.none()
        names = ("authority", "framework", "audience", "period_key")
        own = ReleasedRating.objects.filter(organisation_id=acting.organisation_id, current=True)
        return self.filter(Exists(own.filter(**{name: OuterRef(name) for name in names})))


class PooledCount(models.Model):
    """One count: an authority, a framework, the settings that read it in the same words, a period.

    `content` holds what may be told and nothing else (`rules.pooled.told`): it is all that pages and files about many
    settings are made of. Only ever added: a figure that changed afterwards would tell of the setting that changed it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="+", db_index=False)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+", db_index=False)
    audience = models.CharField(max_length=12, choices=Audience)
    period_key = models.CharField(max_length=20)
    content = models.JSONField(editable=False)
    counted_at = models.DateTimeField(default=timezone.now)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PooledCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "framework", "audience", "period_key"],
                name="pooled_count_once_for_a_period",
                violation_error_message="This term has been counted already",
            ),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="pooled_count_audience_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.period_key}, {self.audience}"
