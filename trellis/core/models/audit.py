"""Who did what to which record, when, from where: kept in chains that cannot be rewritten unseen."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from trellis.core.audit import Actor


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Reading the audit."""

    def of_chain(self, chain: str) -> Self:
        """The events of one organisation (its id), or of the installation itself (`""`), oldest first."""
        return self.filter(chain=chain).order_by("number")

    def visible_to(self, by: Actor, *, installation: bool = False) -> Self:
        """The events of the actor’s organisation, or of the installation for whoever operates it (the page asks)."""
        return self.filter(chain="" if installation else str(by.organisation_id))

    def newest_first(self) -> Self:
        """As a person reads them."""
        return self.order_by("-number")


class AuditEvent(models.Model):
    """One thing that a person or the system did. It has no foreign keys, so it outlives what it speaks of.

    Events form one chain for each organisation: every event carries the hash of the one before.
    The database refuses to change or delete them (triggers, see the first migration).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain = models.CharField(max_length=36, blank=True, editable=False)
    number = models.PositiveBigIntegerField(editable=False)
    at = models.DateTimeField(editable=False)
    actor_id = models.UUIDField(null=True, editable=False)
    actor_name = models.CharField(max_length=200, editable=False)
    acting_as = models.CharField(max_length=200, blank=True, editable=False)
    verb = models.CharField(max_length=80, editable=False)
    record_type = models.CharField(max_length=80, editable=False)
    record_id = models.CharField(max_length=64, editable=False)
    change = models.JSONField(default=dict, editable=False)
    address = models.CharField(max_length=60, blank=True, editable=False)
    request_id = models.CharField(max_length=32, blank=True, editable=False)
    previous_hash = models.CharField(max_length=64, blank=True, editable=False)
    hash = models.CharField(max_length=64, editable=False)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="audit_chain_does_not_fork"),
            models.CheckConstraint(
                condition=Q(number=1, previous_hash="") | (Q(number__gt=1) & ~Q(previous_hash="")),
                name="audit_only_the_first_has_no_predecessor",
            ),
        ]
        indexes = [
            models.Index(fields=["record_id", "at"], name="audit_by_record"),
            models.Index(fields=["actor_id", "at"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.record_type} {self.record_id}"
