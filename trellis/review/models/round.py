"""A round: one setting looking at itself by one framework, at one time."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.models import Organisation
from trellis.review.models.framework import Audience, Framework, LocalOverlay
from trellis.review.rules.voices import may_be_discussed

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class RoundStatus(models.TextChoices):
    """Where a round stands. `rules.ROUND_MOVES` says what may follow what."""

    DRAFT = "draft", "Draft"
    DISCUSSING = "discussing", "Being discussed"
    AGREED = "agreed", "Agreed"
    ARCHIVED = "archived", "Archived"


OPEN = (RoundStatus.DRAFT, RoundStatus.DISCUSSING)


class RoundQuerySet(models.QuerySet["Round"]):
    """Reading rounds."""

    def visible_to(self, acting: Acting) -> Self:
        """The rounds of the setting the person acts for, if their role may see reviews. Nobody else’s, ever."""
        if not acting.may(Permission.SEE_REVIEW):
            return self.none()
        return self.filter(organisation_id=acting.organisation_id)

    def open(self) -> Self:
        """Those in which ratings can still change."""
        return self.filter(status__in=OPEN)

    def with_wording(self, *also: str) -> Self:
        """With what is needed to find the words, which are kept in memory, not read each time; and `also` some more
        of what else is selected.
        """
        own = [field.name for field in self.model._meta.concrete_fields]
        words = ("framework__key", "framework__edition", "framework__fingerprint")
        local = ("overlay__authority", "overlay__fingerprint")
        return self.select_related("framework", "overlay").only(*own, *words, *local, *also)

    def newest_first(self) -> Self:
        """As a person looks for them."""
        return self.order_by("-started_at", "pk")


class Round(models.Model):
    """One self-evaluation: who, by which framework, for which period, why, and where it stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rounds")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="rounds")
    overlay = models.ForeignKey(LocalOverlay, null=True, blank=True, on_delete=models.PROTECT, related_name="rounds")
    audience = models.CharField(max_length=12, choices=Audience)
    period = models.CharField(max_length=60)
    reason = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=RoundStatus, default=RoundStatus.DRAFT)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(period=""),
                name="round_says_its_period",
                violation_error_message="Enter the period, such as autumn term 2026",
            ),
            models.CheckConstraint(condition=Q(status__in=RoundStatus.values), name="round_status_is_known"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="round_audience_is_known"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="round_agreement_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(status="agreed", agreed_at__isnull=False)
                | Q(status__in=OPEN, agreed_at__isnull=True)
                | Q(status="archived"),
                name="round_agreed_exactly_when_it_says_so",
            ),
            models.UniqueConstraint(
                fields=["organisation", "framework"],
                condition=Q(status__in=OPEN),
                name="round_one_open_for_each_framework",
                violation_error_message="A review by this framework is under way already",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-started_at"], name="round_newest_of_organisation")]

    def __str__(self) -> str:
        return f"SEND review, {self.period}"

    def get_absolute_url(self) -> str:
        """The page of the round."""
        return reverse("show_round", args=[self.pk])

    @property
    def is_talked_over(self) -> bool:
        """Whether what colleagues said alone may be seen together."""
        return may_be_discussed(status=self.status, agreed=self.agreed_at is not None)

    @property
    def is_open(self) -> bool:
        """Whether ratings can still change."""
        return self.status in OPEN


class OfRoundQuerySet(models.QuerySet[Any]):
    """Reading what belongs to a round."""

    def visible_to(self, acting: Acting) -> Self:
        """What belongs to rounds of the setting the person acts for, if their role may see reviews."""
        if not acting.may(Permission.SEE_REVIEW):
            return self.none()
        return self.filter(round__organisation_id=acting.organisation_id)


class RoundStep(models.Model):
    """A round moved from one status to the next: who, when, with what word. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="steps")
    from_status = models.CharField(max_length=12, choices=RoundStatus, blank=True)
    to_status = models.CharField(max_length=12, choices=RoundStatus)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=Q(to_status__in=RoundStatus.values), name="round_step_status_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"


class Part(models.TextChoices):
    """What someone does in a round."""

    LEADS = "leads", "Leads the review"
    TAKES_PART = "takes_part", "Takes part"
    WAS_ASKED = "was_asked", "Was asked"


class RoundPerson(models.Model):
    """Someone in a round: a colleague with an account, or people who were asked (“parents at pick-up”)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="people")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=200)
    part = models.CharField(max_length=12, choices=Part)

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        ordering = ["part", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""), name="round_person_has_a_name", violation_error_message="Enter who was asked"
            ),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="round_person_part_is_known"),
            models.UniqueConstraint(
                fields=["round", "user"],
                condition=Q(user__isnull=False),
                name="round_person_once",
                violation_error_message="This person is part of the review already",
            ),
        ]

    def __str__(self) -> str:
        return self.name
