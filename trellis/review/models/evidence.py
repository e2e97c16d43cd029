"""How a setting knows: where the paper is kept, or a file; one piece for many statements."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.dates import day
from trellis.core.models import StoredFile
from trellis.organisations.models import Organisation
from trellis.review.models.rating import Rating

if TYPE_CHECKING:
    from datetime import date

    from trellis.accounts.acting import Acting


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Reading evidence."""

    def visible_to(self, acting: Acting) -> Self:
        """The evidence of the setting the person acts for, if their role may see evidence."""
        if not acting.may(Permission.SEE_EVIDENCE):
            return self.none()
        return self.filter(organisation_id=acting.organisation_id)

    def to_look_at_again(self, on: date) -> Self:
        """Those whose date to look at them again has come, and at which nobody has looked since."""
        return self.filter(look_again_on__lte=on).exclude(looked_at__date__gte=F("look_again_on"))

    def with_use_count(self) -> Self:
        """With `use_count`: how many statements each piece stands behind."""
        uses = EvidenceUse.objects.standing().filter(evidence=OuterRef("pk")).order_by().values("evidence")
        counted = Subquery(uses.annotate(n=Count("pk")).values("n"), output_field=models.IntegerField())
        return self.annotate(use_count=Coalesce(counted, 0))


class Evidence(models.Model):
    """Something that shows how well a statement is in place. Never a child’s record. `version` counts its changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=200)
    where_kept = models.CharField(max_length=300, blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ratings = models.ManyToManyField(Rating, through="EvidenceUse", related_name="evidence")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="evidence_has_a_title",
                violation_error_message="Enter what the evidence is",
            ),
            models.CheckConstraint(
                condition=Q(looked_at__isnull=True, looked_by__isnull=True)
                | Q(looked_at__isnull=False, looked_by__isnull=False),
                name="evidence_looked_at_says_who_and_when",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "title"], name="evidence_of_organisation")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of this piece of evidence."""
        return reverse("show_evidence", args=[self.pk])

    def is_to_look_at_again(self, on: date) -> bool:
        """Whether its date to be looked at again has come, and nobody has looked since."""
        if self.look_again_on is None or self.look_again_on > on:
            return False
        return self.looked_at is None or timezone.localdate(self.looked_at) < self.look_again_on


class EvidenceChange(models.Model):
    """What was said of a piece of evidence from then on, and by whom. Only ever added, as the database sees to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    where_kept = models.CharField(max_length=300, blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "version"], name="evidence_change_once_for_each_version"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} version {self.version}"

    @property
    def words(self) -> dict[str, str]:
        """What was said, under the words of the page."""
        return {
            "What it is": self.title,
            "Where it is kept": self.where_kept,
            "Look at it again": day(self.look_again_on),
        }


class OfEvidenceQuerySet(models.QuerySet[Any]):
    """Reading what belongs to a piece of evidence."""

    def visible_to(self, acting: Acting) -> Self:
        """What belongs to evidence of the setting the person acts for, if their role may see evidence."""
        if not acting.may(Permission.SEE_EVIDENCE):
            return self.none()
        return self.filter(evidence__organisation_id=acting.organisation_id)


class EvidenceUseQuerySet(OfEvidenceQuerySet):
    """Reading which statements evidence stands behind."""

    def standing(self) -> Self:
        """Where it has not been taken away."""
        return self.filter(taken_away_at=None)

    def taken_away(self) -> Self:
        """Where it has been, the latest first."""
        return self.exclude(taken_away_at=None).order_by("-taken_away_at")


class EvidenceVersion(models.Model):
    """A file that a piece of evidence is or was. Older versions stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = OfEvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "number"], name="evidence_version_number_unique"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"


class EvidenceUse(models.Model):
    """A piece of evidence stands behind a rating, or did until somebody took it away from there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="uses")
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="evidence_uses")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_away_at = models.DateTimeField(null=True, blank=True)
    taken_away_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = EvidenceUseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "rating"],
                condition=Q(taken_away_at__isnull=True),
                name="evidence_used_once_for_a_rating",
                violation_error_message="This evidence is linked to the statement already",
            ),
            models.CheckConstraint(
                condition=Q(taken_away_at__isnull=True, taken_away_by__isnull=True)
                | Q(taken_away_at__isnull=False, taken_away_by__isnull=False),
                name="evidence_taken_away_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} for {self.rating_id}"
