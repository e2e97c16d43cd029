"""A form that came back: what it says, until somebody has looked at every difference."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.review.models.round import Round

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class FilledFormQuerySet(models.QuerySet["FilledForm"]):
    """Reading forms that came back."""

    def visible_to(self, acting: Acting) -> Self:
        """Those of the setting the person acts for, if their role may rate."""
        if not acting.may(Permission.RATE_STATEMENTS):
            return self.none()
        return self.filter(round__organisation_id=acting.organisation_id)

    def to_empty(self, before: datetime) -> Self:
        """Those whose words have served their time."""
        return self.filter(read_at__lt=before, emptied_at=None)


class FilledForm(models.Model):
    """One form that somebody read back into a round. `content` is what it says, and goes after a while; `taken` what
    was accepted of it, when and by whom."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="filled_forms")
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.JSONField(default=dict)
    taken = models.JSONField(default=list)
    read_at = models.DateTimeField(default=timezone.now)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    emptied_at = models.DateTimeField(null=True, blank=True)

    objects = FilledFormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["xlsx", "docx"]), name="filled_form_kind_is_known"),
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=True) | Q(content={}), name="filled_form_emptied_has_no_content"
            ),
        ]
        indexes = [models.Index(fields=["round", "-read_at"], name="filled_form_newest_of_round")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page with the differences."""
        return reverse("filled_form", args=[self.pk])

    @property
    def taken_so_far(self) -> list[dict[str, Any]]:
        """What was accepted of it, the newest first, with moments as moments."""
        return [each | {"at": datetime.fromisoformat(each["at"])} for each in reversed(self.taken)]
