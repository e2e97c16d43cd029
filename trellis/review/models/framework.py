"""Review frameworks as they were loaded: the whole text, and a row for everything that ratings point to.

The text comes from a file (`review/reference`, see `review.framework`). An edition that a round uses
does not lose statements or levels: ratings and actions point to their rows, which are protected.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

from trellis.organisations.models import LocalAuthority

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class Audience(models.TextChoices):
    """For whom a statement is worded."""

    GROUP = "group", "Group setting"
    CHILDMINDER = "childminder", "Childminder"
    SCHOOL = "school", "School"


class FrameworkQuerySet(models.QuerySet["Framework"]):
    """Reading frameworks."""

    def visible_to(self, acting: Acting) -> Self:
        """Frameworks are published: whoever is signed in sees all of them."""
        return self.all()

    def on_offer(self) -> Self:
        """Those that a new round can use, the newest edition first."""
        return self.filter(withdrawn_at__isnull=True).order_by("title", "-edition").defer("content")


class Framework(models.Model):
    """One edition of a set of statements that settings review themselves by."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=60)
    edition = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    content = models.JSONField(editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    loaded_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "edition"], name="framework_edition_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, edition {self.edition}"


class Level(models.Model):
    """One word of a framework’s scale, such as “partly in place”."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="levels")
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-position"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="level_code_unique_in_framework"),
        ]

    def __str__(self) -> str:
        return self.label


class Statement(models.Model):
    """Something a setting can say of itself, by its stable code. Its words are in the framework’s text.

    A statement with an `authority` was added by that authority, for its own settings.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="statements")
    code = models.CharField(max_length=20)
    area = models.CharField(max_length=20)
    statutory = models.BooleanField(default=False)
    authority = models.ForeignKey(LocalAuthority, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "code"],
                condition=models.Q(authority__isnull=True),
                name="statement_code_unique_in_framework",
            ),
            models.UniqueConstraint(
                fields=["framework", "code", "authority"],
                condition=models.Q(authority__isnull=False),
                name="statement_code_unique_in_authority",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class LocalOverlay(models.Model):
    """An authority’s own words on top of a framework. The newest is used by new rounds; older ones stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="overlays")
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    content = models.JSONField(editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    loaded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["framework", "authority", "fingerprint"], name="overlay_text_loaded_once"),
        ]

    def __str__(self) -> str:
        return self.title
