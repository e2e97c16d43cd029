"""A cohort that is being planned: what is asked of it, and which settings agreed to be counted."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.models import LocalAuthority, Organisation
from trellis.staffing.models import Colleague
from trellis.staffing.rules.days import LONGEST_WAY
from trellis.training.models.cohort import Cohort
from trellis.training.models.programme import Programme
from trellis.training.rules.patterns import Free

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class PlanningStatus(models.TextChoices):
    """Where the planning of a cohort stands. `rules.PLANNING_MOVES` says what may follow what."""

    ASKING = "asking", "Settings are asked"
    COUNTED = "counted", "Settings are counted"
    USED = "used", "A cohort is set up"
    DROPPED = "dropped", "Given up"


class PlanningQuerySet(models.QuerySet["Planning"]):
    """Reading what is planned."""

    def visible_to(self, acting: Acting) -> Self:
        """A centre’s own; for whoever books training in a setting those that ask there, or in which it is counted."""
        if acting.may(Permission.BOOK_TRAINING):
            counted = Counted.objects.filter(planning=OuterRef("pk"), setting=acting.organisation_id).live()
            asked = Q(status=PlanningStatus.ASKING, authority=acting.authority_id)
            return self.filter(asked | Exists(counted))
        if acting.may(Permission.RUN_COHORTS):
            return self.filter(centre_id=acting.organisation_id)
        return self.none()

    def counting(self) -> Self:
        """With how many settings agreed to be counted."""
        return self.annotate(agreed=Count("counted", filter=Q(counted__withdrawn_at__isnull=True)))


class Planning(models.Model):
    """A cohort that a centre plans: between which days, in which patterns, at one venue or two, and when each is free.

    Weekdays are numbers, Monday is 0; days are written as 2027-03-05.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="plannings")
    centre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    template = models.CharField(max_length=60)
    cadences = models.JSONField(default=list)
    shapes = models.JSONField(default=list)
    first_from = models.DateField()
    first_until = models.DateField()
    over_by = models.DateField()
    weekdays = models.JSONField("on which somebody can teach", default=list)
    not_on = models.JSONField("days on which nobody can teach", default=list, blank=True)
    venue = models.CharField(max_length=200)
    venue_weekdays = models.JSONField(default=list)
    venue_not_on = models.JSONField(default=list, blank=True)
    other_venue = models.CharField(max_length=200, blank=True)
    other_venue_weekdays = models.JSONField(default=list, blank=True)
    other_venue_not_on = models.JSONField(default=list, blank=True)
    status = models.CharField(max_length=10, choices=PlanningStatus, default=PlanningStatus.ASKING)
    cohort = models.OneToOneField(Cohort, null=True, blank=True, on_delete=models.PROTECT, related_name="planning")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    # What `counting` adds.
    agreed: int

    objects = PlanningQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(venue=""),
                name="planning_has_a_title_and_a_venue",
                violation_error_message="Enter a title and a venue",
            ),
            models.CheckConstraint(condition=Q(status__in=PlanningStatus.values), name="planning_status_is_known"),
            models.CheckConstraint(
                condition=Q(first_until__gte=F("first_from"), over_by__gt=F("first_until")),
                name="planning_begins_before_it_is_over",
                violation_error_message="The last day must be after the latest first day",
            ),
            models.CheckConstraint(
                condition=Q(status="used", cohort__isnull=False) | ~Q(status="used") & Q(cohort__isnull=True),
                name="planning_used_says_for_which_cohort",
            ),
        ]
        indexes = [models.Index(fields=["authority", "status"], name="planning_of_authority")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_planning", args=[self.pk])

    @property
    def venues(self) -> list[str]:
        """Where it can be: one venue or two."""
        return [self.venue, *([self.other_venue] if self.other_venue else [])]

    @property
    def venues_free(self) -> list[Free]:
        """When each venue is free."""
        found = [free(self.venue_weekdays, self.venue_not_on)]
        return [*found, *([free(self.other_venue_weekdays, self.other_venue_not_on)] if self.other_venue else [])]


def free(weekdays: list[int], but: list[str]) -> Free:
    """When somebody or some place is free, from how it is kept."""
    return Free(frozenset(weekdays), frozenset(date.fromisoformat(day) for day in but))


class CountedQuerySet(models.QuerySet["Counted"]):
    """Reading who agreed to be counted."""

    def visible_to(self, acting: Acting) -> Self:
        """A setting’s own; for the centre those that let their name be told, as long as they do."""
        if acting.may(Permission.BOOK_TRAINING):
            return self.filter(setting_id=acting.organisation_id)
        if acting.may(Permission.RUN_COHORTS):
            return self.live().filter(planning__centre_id=acting.organisation_id, name_told=True)
        return self.none()

    def live(self) -> Self:
        """Those that nobody withdrew."""
        return self.filter(withdrawn_at=None)


class Counted(models.Model):
    """A setting that agreed to be counted when a cohort is planned: who would go, how far it is, whether its name is told.

    Who would go are entries of the setting’s own week. The centre never sees them. `would_go` is how many they were.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    planning = models.ForeignKey(Planning, on_delete=models.PROTECT, related_name="counted")
    setting = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    people = models.ManyToManyField(Colleague, related_name="+")
    would_go = models.PositiveSmallIntegerField("people when it was agreed")
    travel = models.PositiveSmallIntegerField("minutes to the venue", default=0)
    other_travel = models.PositiveSmallIntegerField("minutes to the other venue", default=0)
    name_told = models.BooleanField(default=False)
    agreed_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CountedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["planning", "setting"],
                condition=Q(withdrawn_at__isnull=True),
                name="counted_once_for_each_setting",
                violation_error_message="This setting is counted already",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="counted_withdrawal_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(travel__lte=LONGEST_WAY, other_travel__lte=LONGEST_WAY),
                name="counted_is_near_enough",
                violation_error_message=f"Enter at most {LONGEST_WAY} minutes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.setting_id} in {self.planning_id}"

    @property
    def stands(self) -> bool:
        """Whether everybody who would go is still in the setting’s week."""
        return len(self.people.all()) == self.would_go
