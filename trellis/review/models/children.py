"""What was seen of children: what they show that they like, want and find hard. Never who."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.review.models.framework import Statement
from trellis.review.models.round import Round

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class ChildVoiceQuerySet(models.QuerySet["ChildVoice"]):
    """Reading what was seen of children."""

    def visible_to(self, acting: Acting) -> Self:
        """Those of the setting the person acts for, if their role may see reviews."""
        if not acting.may(Permission.SEE_REVIEW):
            return self.none()
        return self.filter(round__organisation_id=acting.organisation_id)

    def standing(self) -> Self:
        """Those that nobody has withdrawn."""
        return self.filter(withdrawal=None)


class ChildVoice(models.Model):
    """Something seen of children, about a statement or a whole area. Only ever added; it can be withdrawn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="child_voices")
    area = models.CharField(max_length=20)
    statement = models.ForeignKey(
        Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="child_voices"
    )
    seen = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ChildVoiceQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(seen=""),
                name="child_voice_says_what_was_seen",
                violation_error_message="Enter what you saw",
            ),
            models.CheckConstraint(condition=~Q(area=""), name="child_voice_is_about_an_area"),
        ]

    def __str__(self) -> str:
        return f"Observation in area {self.area}"


class ChildVoiceWithdrawal(models.Model):
    """Somebody took an observation back: it is shown nowhere any more. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    voice = models.OneToOneField(ChildVoice, on_delete=models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.voice_id} withdrawn"
