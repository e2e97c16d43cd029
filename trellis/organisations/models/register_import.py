"""Imports of the register: what was asked for, what came out, and which rows could not be taken."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.models import Job, StoredFile
from trellis.core.rules.jobs import UNFINISHED

if TYPE_CHECKING:
    from datetime import datetime

    from trellis.accounts.acting import Acting


class RegisterImportQuerySet(models.QuerySet["RegisterImport"]):
    """Reading imports."""

    def visible_to(self, acting: Acting) -> Self:
        """Every import, for whoever may import."""
        return self.all() if acting.may(Permission.IMPORT_REGISTER) else self.none()

    def under_way(self) -> Self:
        """Those whose job waits or runs."""
        return self.filter(job__state__in=UNFINISHED)

    def to_tidy(self, before: datetime) -> Self:
        """Those of before that moment whose file and rows are still kept, and that nothing works on."""
        return self.filter(started_at__lt=before, tidied_at__isnull=True).exclude(job__state__in=UNFINISHED)

    def newest_first(self) -> Self:
        """As a person reads them."""
        return self.order_by("-started_at", "pk")


class RegisterImport(models.Model):
    """One file of the register, from being handed in to its result."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(max_length=255)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="register_imports")
    job = models.OneToOneField(Job, null=True, on_delete=models.PROTECT, related_name="register_import")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    dry_run = models.BooleanField("nothing is written", default=False)
    complete = models.BooleanField("the file is the whole register", default=False)
    all_or_nothing = models.BooleanField("nothing is written if a row is rejected", default=False)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True)
    applied = models.BooleanField("whether the register was changed", default=False)
    failure = models.CharField("why the file is not a register", max_length=1000, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    no_longer_listed = models.PositiveIntegerField(default=0)
    tidied_at = models.DateTimeField("when its file and its rows were removed", null=True)

    objects = RegisterImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(failure="") | Q(finished_at__isnull=False, applied=False),
                name="register_import_failed_is_finished_and_changed_nothing",
            ),
            models.CheckConstraint(
                condition=Q(applied=False) | Q(dry_run=False), name="register_import_dry_run_changes_nothing"
            ),
            models.CheckConstraint(
                condition=Q(tidied_at__isnull=True) | Q(file__isnull=True),
                name="register_import_tidied_has_no_file",
            ),
            models.CheckConstraint(
                condition=Q(no_longer_listed=0) | Q(complete=True),
                name="register_import_only_a_whole_register_misses_somebody",
            ),
        ]
        indexes = [models.Index(fields=["-started_at"], name="register_import_by_time")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def read(self) -> int:
        """How many rows have been read."""
        return self.added + self.changed + self.unchanged + self.rejected


class RejectedLine(models.Model):
    """A row that could not be taken: where it stands in the file, and why not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register_import = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="rejected_lines")
    line = models.PositiveIntegerField()
    provider_number = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=500)

    class Meta:
        indexes = [models.Index(fields=["register_import", "line"], name="rejected_line_by_line")]

    def __str__(self) -> str:
        return f"{self.line}: {self.reason}"


class ImportedBatch(models.Model):
    """What became of some rows that were taken: `results` holds [line, number, {field: [old, new]}] for each
    changed one, and [line, number, None] for each new one. Unchanged ones are only counted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register_import = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="batches")
    position = models.PositiveIntegerField("number of rows read before it")
    results = models.JSONField(default=list, encoder=DjangoJSONEncoder)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register_import", "position"], name="imported_batch_once")]

    def __str__(self) -> str:
        return f"{self.register_import} from {self.position}"
