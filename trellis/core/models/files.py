"""Files that people uploaded or Trellis made: what is known of each. The bytes lie in the storage under `key`."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from trellis.core.rules.file_names import NAME_MOST
from trellis.core.rules.files import KINDS, FileKind, Scan

if TYPE_CHECKING:
    from uuid import UUID


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Reading files. Who may see one is for the record that uses it to say."""

    def of(self, organisation_id: UUID) -> Self:
        """The files of one organisation."""
        return self.filter(organisation_id=organisation_id)

    def kept(self) -> Self:
        """Those whose bytes are there."""
        return self.filter(removed_at=None)


class StoredFile(models.Model):
    """One file of an organisation. Its bytes never change; another version is another file.

    What uses a file points to it with `on_delete=PROTECT`. A removed file keeps its row, so that what
    the audit says of it can be read, and loses its bytes. `name` is as the person called it, cleaned.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.UUIDField(db_index=True, editable=False)
    name = models.CharField(max_length=NAME_MOST)
    kind = models.CharField(max_length=10, choices=[(kind.value, KINDS[kind].noun) for kind in FileKind])
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=60, editable=False)
    scan = models.CharField(
        max_length=20,
        choices=[(Scan.NOT_SCANNED.value, "Not checked for viruses"), (Scan.CLEAN.value, "Checked for viruses")],
    )
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="file_key_is_its_own"),
            models.CheckConstraint(condition=~Q(name=""), name="file_has_a_name"),
            models.CheckConstraint(
                condition=Q(size__gt=0), name="file_is_not_empty", violation_error_message="The file is empty"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in FileKind]), name="file_kind_is_on_the_list"
            ),
            models.CheckConstraint(condition=Q(scan__in=[scan.value for scan in Scan]), name="file_scan_is_known"),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="file_removed_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def content_type(self) -> str:
        """As what the file is sent."""
        return KINDS[FileKind(self.kind)].content_type
