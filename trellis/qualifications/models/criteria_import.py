"""Files with criteria that were read: what they say, until they are taken into a set."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.models import Organisation
from trellis.qualifications.models.criteria import CriteriaSet

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class CriteriaImportQuerySet(models.QuerySet["CriteriaImport"]):
    """Reading files that were read."""

    def visible_to(self, acting: Acting) -> Self:
        """Those of the person’s own organisation, for whoever may change its criteria."""
        if not acting.may(Permission.CHANGE_CRITERIA):
            return self.none()
        return self.filter(organisation_id=acting.organisation_id)

    def waiting(self) -> Self:
        """Those that were neither taken nor replaced."""
        return self.filter(taken_at__isnull=True, emptied=False)


class CriteriaImport(models.Model):
    """One file. `rows` and `rejected` are what it says; the words go when it is taken into a set or another follows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    title = models.CharField(max_length=200)
    edition = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    qualification_key = models.CharField(max_length=60, blank=True)
    all_or_nothing = models.BooleanField("nothing is taken if a row is rejected", default=False)
    rows = models.JSONField(default=list)
    rejected = models.JSONField(default=list)
    emptied = models.BooleanField("whether its words were removed", default=False)
    read_at = models.DateTimeField(default=timezone.now)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    into = models.ForeignKey(CriteriaSet, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = CriteriaImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True, into__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False, into__isnull=False, emptied=True),
                name="criteria_import_taken_says_who_when_and_into_what",
            ),
            models.CheckConstraint(
                condition=Q(emptied=False) | Q(rows=[]), name="criteria_import_emptied_has_no_words"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-read_at"], name="criteria_import_newest")]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """What it says."""
        return reverse("criteria_import", args=[self.pk])
