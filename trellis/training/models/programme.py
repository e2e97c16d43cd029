"""What a training centre offers: an award, for whom, with whose money, under which rules."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission, Role
from trellis.organisations.models import LocalAuthority, Organisation, OrganisationKind, Region
from trellis.training.rules.duties import DUE_MONTHS
from trellis.training.rules.minutes import AWARD_MINUTES

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Reading programmes."""

    def visible_to(self, acting: Acting) -> Self:
        """A centre’s own; for an authority those that are held for it; for a trainer those they teach in."""
        if not acting.may(Permission.SEE_PROGRAMMES):
            return self.none()
        if acting.role == Role.TRAINER:
            taught = Programme.objects.filter(
                cohorts__trainers__user=acting.user.pk, cohorts__trainers__ended_at__isnull=True
            )
            return self.filter(centre_id=acting.organisation_id, pk__in=taught.values("pk"))
        if acting.organisation_kind == OrganisationKind.AUTHORITY:
            for_it = Programme.authorities.through.objects.filter(
                programme=OuterRef("pk"), localauthority=acting.authority_id
            )
            return self.filter(Exists(for_it))
        return self.filter(centre_id=acting.organisation_id)


class Programme(models.Model):
    """An award that a centre offers: its funder and partners, for which authorities and people, under which rules.

    `criteria` of sessions and the qualification itself are texts and codes: they stay readable whatever becomes of the
    catalogue that they come from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes")
    title = models.CharField(max_length=150)
    qualification_title = models.CharField(max_length=200, blank=True)
    qualification_key = models.CharField("its entry in the catalogue", max_length=60, blank=True, db_index=True)
    funder = models.CharField(max_length=150, blank=True)
    partners = models.TextField(blank=True)
    regions = models.ManyToManyField(Region, blank=True, related_name="+")
    authorities = models.ManyToManyField(LocalAuthority, blank=True, related_name="+")
    for_professionals = models.BooleanField(default=True)
    for_parents = models.BooleanField(default=False)
    grant_from = models.DateField(null=True, blank=True)
    grant_to = models.DateField(null=True, blank=True)
    target_started = models.PositiveIntegerField(null=True, blank=True)
    target_completed = models.PositiveIntegerField(null=True, blank=True)
    minimum_attendance = models.PositiveSmallIntegerField(default=80)
    minimum_guided_minutes = models.PositiveIntegerField(default=AWARD_MINUTES)
    who_is_eligible = models.TextField(blank=True)
    second_cohort_months = models.PositiveSmallIntegerField(default=DUE_MONTHS)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="programme_has_a_title",
                violation_error_message="Enter the title of the programme",
            ),
            models.UniqueConstraint(
                fields=["centre", "title"],
                name="programme_title_once_for_each_centre",
                violation_error_message="There is a programme with this title already",
            ),
            models.CheckConstraint(
                condition=Q(for_professionals=True) | Q(for_parents=True),
                name="programme_is_for_somebody",
                violation_error_message="Choose for whom the programme is",
            ),
            models.CheckConstraint(
                condition=Q(grant_from__isnull=True) | Q(grant_to__isnull=True) | Q(grant_to__gte=F("grant_from")),
                name="programme_grant_ends_after_it_begins",
                violation_error_message="The last day of the grant must be after the first",
            ),
            models.CheckConstraint(
                condition=Q(minimum_attendance__lte=100),
                name="programme_attendance_is_a_share",
                violation_error_message="The least attendance is from 0 to 100 per cent",
            ),
            models.CheckConstraint(
                condition=Q(second_cohort_months__gt=0),
                name="programme_second_cohort_is_due_some_day",
                violation_error_message="The second cohort is due after one month at the earliest",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_programme", args=[self.pk])
