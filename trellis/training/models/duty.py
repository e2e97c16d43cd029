"""The second cohort that an authority owes for the training it was given."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.models import LocalAuthority, OrganisationKind
from trellis.training.models.cohort import Cohort
from trellis.training.models.programme import Programme

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class DutyStatus(models.TextChoices):
    """Where a duty stands. `rules.DUTY_MOVES` says what may follow what."""

    PROMISED = "promised", "Promised"
    PLANNED = "planned", "Planned"
    RUNNING = "running", "Running"
    MET = "met", "Met"
    EXCUSED = "excused", "Excused"


class DutyQuerySet(models.QuerySet["Duty"]):
    """Reading duties."""

    def visible_to(self, acting: Acting) -> Self:
        """Those of a centre’s programmes; for an authority its own."""
        if not acting.may(Permission.SEE_DUTIES):
            return self.none()
        if acting.organisation_kind == OrganisationKind.AUTHORITY:
            return self.filter(authority_id=acting.authority_id)
        return self.filter(programme__centre_id=acting.organisation_id)

    def owed(self) -> Self:
        """Those that are neither met nor excused."""
        return self.exclude(status__in=[DutyStatus.MET, DutyStatus.EXCUSED])


class Duty(models.Model):
    """An authority whose trainers were trained owes a second cohort for its settings until a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="duties")
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="+")
    contract_on = models.DateField()
    due_on = models.DateField()
    status = models.CharField(max_length=10, choices=DutyStatus, default=DutyStatus.PROMISED)
    cohort = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.PROTECT, related_name="meets")
    excused_because = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = DutyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=DutyStatus.values), name="duty_status_is_known"),
            models.UniqueConstraint(
                fields=["programme", "authority"],
                name="duty_once_for_each_programme_and_authority",
                violation_error_message="This authority has a duty from this programme already",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("contract_on")),
                name="duty_is_due_after_the_contract",
                violation_error_message="The duty is due after the contract",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "running", "met"], cohort__isnull=False)
                | Q(status__in=["promised", "excused"], cohort__isnull=True),
                name="duty_names_its_cohort_once_planned",
                violation_error_message="Choose the cohort that is planned",
            ),
            models.CheckConstraint(
                condition=Q(status="excused") & ~Q(excused_because="") | ~Q(status="excused") & Q(excused_because=""),
                name="duty_excused_says_why",
                violation_error_message="Say why the authority is excused",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="duty_by_due_day")]

    def __str__(self) -> str:
        return f"Second cohort of {self.authority}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_duty", args=[self.pk])
