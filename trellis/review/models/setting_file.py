"""A file with everything about a setting: who asked for it, when it was made, when it went."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.models import StoredFile
from trellis.organisations.models import Organisation
from trellis.review.rules.setting_file import KEPT_FOR, is_gone

if TYPE_CHECKING:
    from datetime import datetime

    from trellis.accounts.acting import Acting


class SettingFileQuerySet(models.QuerySet["SettingFile"]):
    """Reading files with everything about a setting."""

    def visible_to(self, acting: Acting) -> Self:
        """Those of the setting the person acts for, if their role may take everything away."""
        if not acting.may(Permission.TAKE_EVERYTHING):
            return self.none()
        return self.filter(organisation_id=acting.organisation_id)

    def to_remove(self, now: datetime) -> Self:
        """Those that have served their time and still hold their bytes."""
        return self.filter(made_at__lt=now - KEPT_FOR, file__isnull=False)


class SettingFile(models.Model):
    """One file that somebody asked for. Its bytes go after a week; that there was one stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)

    objects = SettingFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=True) | Q(made_at__isnull=False), name="setting_file_says_when_it_was_made"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-asked_at"], name="setting_file_newest")]

    def __str__(self) -> str:
        return f"Everything about {self.organisation}"

    @property
    def until(self) -> datetime | None:
        """When it goes."""
        return self.made_at + KEPT_FOR if self.made_at else None

    def can_be_taken(self, now: datetime) -> bool:
        """Whether its bytes are there and still to be had."""
        return bool(self.file_id and self.made_at and not is_gone(self.made_at, now))
