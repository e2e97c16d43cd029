"""A setting asks its authority for help, without releasing anything; what was answered, by whom and when."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.topics import Topic
from trellis.organisations.models import Organisation
from trellis.review.models.framework import Statement

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class HelpStatus(models.TextChoices):
    """Where a request for help stands. `rules.HELP_MOVES` says what may follow what."""

    OPEN = "open", "Waiting for an answer"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class HelpWanted(models.TextChoices):
    """What would help."""

    ADVICE = "advice", "Advice"
    VISIT = "visit", "A visit"
    TRAINING = "training", "Training"
    SETTING = "setting", "Another setting to talk to"


class HelpStepKind(models.TextChoices):
    """What happened to a request."""

    ASKED = "asked", "Asked"
    ANSWERED = "answered", "Answered"
    ASSIGNED = "assigned", "Given to a colleague"
    HELPED = "helped", "This helped"
    REOPENED = "reopened", "Asked again"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


TOPICS = [(topic.value, topic.label) for topic in Topic]


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    """Reading requests for help."""

    def visible_to(self, acting: Acting) -> Self:
        """Those that the person’s setting asked, or that were asked of their authority."""
        if acting.may(Permission.LEAD_REVIEW):
            return self.filter(organisation_id=acting.organisation_id)
        if acting.may(Permission.ANSWER_HELP):
            return self.filter(asked_of_id=acting.organisation_id)
        return self.none()

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(status=HelpStatus.OPEN)

    def answered(self) -> Self:
        """Those that were answered and wait for the setting’s word."""
        return self.filter(status=HelpStatus.ANSWERED)

    def with_people(self) -> Self:
        """With what a list shows of each, in the same query."""
        return self.select_related("organisation", "asked_of", "asked_by", "assigned_to")


class HelpRequest(models.Model):
    """One request for help: about what, what would help, by when, and where it stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="help_asked")
    asked_of = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="help_wanted")
    statement = models.ForeignKey(Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=40, choices=TOPICS)
    wanted = models.CharField(max_length=10, choices=HelpWanted)
    by_when = models.DateField(null=True, blank=True)
    words = models.TextField()
    status = models.CharField(max_length=10, choices=HelpStatus, default=HelpStatus.OPEN)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    first_answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="help_says_what_is_wanted",
                violation_error_message="Say in a sentence what you would like help with",
            ),
            models.CheckConstraint(condition=Q(status__in=HelpStatus.values), name="help_status_is_known"),
            models.CheckConstraint(condition=Q(topic__in=[each.value for each in Topic]), name="help_topic_is_known"),
            models.CheckConstraint(condition=Q(wanted__in=HelpWanted.values), name="help_wanted_is_known"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "answered"], closed_at__isnull=True, closed_by__isnull=True)
                | Q(status__in=["closed", "withdrawn"], closed_at__isnull=False, closed_by__isnull=False),
                name="help_closed_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(status="answered") | Q(first_answered_at__isnull=False), name="help_answered_says_when"
            ),
        ]
        indexes = [
            models.Index(fields=["asked_of", "status", "asked_at"], name="help_of_authority"),
            models.Index(fields=["organisation", "-asked_at"], name="help_of_setting"),
        ]

    def __str__(self) -> str:
        return f"{self.get_wanted_display()}: {self.get_topic_display()}"

    def get_absolute_url(self) -> str:
        """The page of the request for the setting; the authority has `answer_help`."""
        return reverse("help_request", args=[self.pk])


class OfHelpQuerySet(models.QuerySet[Any]):
    """Reading what happened to requests."""

    def visible_to(self, acting: Acting) -> Self:
        """What happened to the requests that the person sees."""
        return self.filter(request__in=HelpRequest.objects.visible_to(acting))


class HelpStep(models.Model):
    """Something happened to a request: who, when, in what words. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(HelpRequest, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=HelpStepKind)
    words = models.TextField(blank=True)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = OfHelpQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=HelpStepKind.values), name="help_step_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind="answered") | ~Q(words=""),
                name="help_answer_has_words",
                violation_error_message="Write your answer",
            ),
            models.CheckConstraint(
                condition=Q(kind="assigned", to__isnull=False) | (~Q(kind="assigned") & Q(to__isnull=True)),
                name="help_given_to_somebody_exactly_when_it_says_so",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.by_id}"
