"""An authority asks many settings to review themselves; each setting answers for itself, or not."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.dates import end_of
from trellis.organisations.models import Organisation
from trellis.review.models.framework import Framework
from trellis.review.models.round import Round

if TYPE_CHECKING:
    from datetime import date, datetime

    from trellis.accounts.acting import Acting


class Whom(models.TextChoices):
    """Which settings are asked. Only one way at a time: two together would tell who answered."""

    ALL = "all", "All settings on Trellis"
    KINDS = "kinds", "Some kinds of setting"
    PLACES = "places", "Some parts of the authority"
    ANSWERED = "answered", "Those that took part in an earlier campaign"


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Reading campaigns."""

    def visible_to(self, acting: Acting) -> Self:
        """Those of the person’s own authority."""
        if not acting.may(Permission.SEE_POOLED):
            return self.none()
        return self.filter(organisation_id=acting.organisation_id)

    def over(self, on: date) -> Self:
        """Those whose last day has passed."""
        return self.filter(until__lt=on)


class Campaign(models.Model):
    """What an authority asks of settings: a review by a framework, for a period, until a day, with a message.

    `reached` is how many settings were asked. Who of them answers is in their invitations, which the authority does
    not see.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="campaigns")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=60)
    message = models.TextField()
    whom = models.CharField(max_length=10, choices=Whom)
    whom_words = models.CharField(max_length=500)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    until = models.DateField()
    reached = models.PositiveIntegerField()
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(period=""), name="campaign_says_its_period", violation_error_message="Enter the period"
            ),
            models.CheckConstraint(
                condition=~Q(message=""), name="campaign_says_why", violation_error_message="Write a message"
            ),
            models.CheckConstraint(condition=Q(whom__in=Whom.values), name="campaign_whom_is_known"),
            models.CheckConstraint(
                condition=Q(whom="answered", follows__isnull=False) | (~Q(whom="answered") & Q(follows__isnull=True)),
                name="campaign_follows_another_exactly_when_it_says_so",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("opened_at")),
                name="campaign_lasts_for_a_while",
                violation_error_message="The last day must be in the future",
            ),
            models.CheckConstraint(
                condition=Q(reached__gt=0), name="campaign_reaches_somebody", violation_error_message="Nobody is asked"
            ),
            models.CheckConstraint(
                condition=Q(reminded_at__isnull=True, reminded_by__isnull=True)
                | Q(reminded_at__isnull=False, reminded_by__isnull=False),
                name="campaign_reminder_says_who_and_when",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-opened_at"], name="campaign_of_organisation")]

    def __str__(self) -> str:
        return self.period

    def get_absolute_url(self) -> str:
        """Its page for the authority."""
        return reverse("show_campaign", args=[self.pk])

    @property
    def is_over_at(self) -> datetime:
        """The midnight with which its last day ends."""
        return end_of(self.until)


DURING = Q(agreed_at__gte=OuterRef("campaign__opened_at"), agreed_at__date__lte=OuterRef("campaign__until"))


def _asked() -> models.QuerySet[Round]:
    """The reviews of an invitation’s setting by the framework that it was asked for."""
    return Round.objects.filter(
        organisation=OuterRef("organisation"),
        framework=OuterRef("campaign__framework"),
        started_at__date__lte=OuterRef("campaign__until"),
    )


def _begun() -> models.QuerySet[Round]:
    """Those that were open at some time while the campaign lasted."""
    return _asked().filter(DURING | Q(agreed_at=None) | Q(started_at__gte=OuterRef("campaign__opened_at")))


class CampaignInvitationQuerySet(models.QuerySet["CampaignInvitation"]):
    """Reading who was asked."""

    def visible_to(self, acting: Acting) -> Self:
        """What the person’s setting was asked; for an authority, those settings that let it know who they are."""
        if acting.may(Permission.LEAD_REVIEW):
            return self.filter(organisation_id=acting.organisation_id)
        if acting.may(Permission.SEE_POOLED):
            return self.filter(campaign__organisation_id=acting.organisation_id, may_be_named=True)
        return self.none()

    def with_progress(self) -> Self:
        """With whether the setting has started, and finished, what it was asked for while the campaign lasted."""
        return self.annotate(started=Exists(_begun()), finished=Exists(_asked().filter(DURING)))

    def with_progress_in(self, campaign: Campaign) -> Self:
        """The same for those of one campaign: what is compared is known, so that no row is asked for its day."""
        asked = Round.objects.filter(organisation=OuterRef("organisation"), framework=campaign.framework_id)
        asked = asked.filter(started_at__lt=campaign.is_over_at)
        during = Q(agreed_at__gte=campaign.opened_at, agreed_at__lt=campaign.is_over_at)
        begun = asked.filter(during | Q(agreed_at=None) | Q(started_at__gte=campaign.opened_at))
        return self.annotate(started=Exists(begun), finished=Exists(asked.filter(during)))

    def not_started(self) -> Self:
        """The others."""
        return self.filter(~Exists(_begun()))

    def open(self, on: date) -> Self:
        """Those that a setting can still answer."""
        return self.filter(campaign__until__gte=on, declined_at__isnull=True)


class CampaignInvitation(models.Model):
    """One setting that was asked, and what it answers.

    `counts_here` is false when the setting was asked for the same by another campaign that was open already: it counts
    there, so that two campaigns cannot be taken from each other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="invitations", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="asked_by_campaigns")
    counts_here = models.BooleanField(default=True)
    may_be_named = models.BooleanField(default=False)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CampaignInvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "organisation"], name="campaign_invitation_once"),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True, declined_by__isnull=True)
                | Q(declined_at__isnull=False, declined_by__isnull=False, may_be_named=False),
                name="campaign_invitation_no_thanks_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.campaign_id}"
