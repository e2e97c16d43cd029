"""What a setting will do about it: actions with an owner and a date, and what came of them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.models import User
from trellis.accounts.roles import Permission
from trellis.core.dates import day
from trellis.organisations.models import Membership, Organisation
from trellis.review.models.framework import Statement
from trellis.review.models.round import Round

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from trellis.accounts.acting import Acting


class ActionStatus(models.TextChoices):
    """Where an action stands. `rules.ACTION_MOVES` says what may follow what."""

    PLANNED = "planned", "Planned"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


STILL_OPEN = (ActionStatus.PLANNED, ActionStatus.UNDER_WAY)


def owner_is_here() -> Exists:
    """Whether the owner of an action has an account and still belongs to the setting."""
    return Exists(Membership.objects.live().filter(user=OuterRef("owner"), organisation=OuterRef("organisation")))


class ActionQuerySet(models.QuerySet["Action"]):
    """Reading actions."""

    def visible_to(self, acting: Acting) -> Self:
        """The actions of the setting the person acts for, if their role may see reviews."""
        if not acting.may(Permission.SEE_REVIEW):
            return self.none()
        return self.filter(organisation_id=acting.organisation_id)

    def open(self) -> Self:
        """Those not yet done or dropped."""
        return self.filter(status__in=STILL_OPEN)

    def closed(self) -> Self:
        """Those done or dropped."""
        return self.exclude(status__in=STILL_OPEN)

    def overdue(self, on: date) -> Self:
        """Open ones whose day has passed."""
        return self.open().filter(due_on__lt=on)

    def owned_by_members(self) -> Self:
        """Those whose owner has an account and still belongs to the setting."""
        return self.filter(owner_is_here())

    def of_those_who_left(self) -> Self:
        """Open ones whose owner belongs to the setting no more."""
        return self.open().filter(~owner_is_here(), owner__isnull=False)

    def for_a_plan(self) -> Self:
        """With what a plan says of each: no more, because a review reads them on most of its pages."""
        said = ("statement", "what", "owner", "owner_name", "due_on", "status", "success", "impact", "created_at")
        return self.only(*said).annotate(owner_called=F("owner__name"))

    def soonest_first(self) -> Self:
        """By due date; those without one last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "created_at", "pk")


class Action(models.Model):
    """Something a setting will do because of a statement, owned by somebody, due on a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="actions")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="actions")
    rounds = models.ManyToManyField(Round, related_name="actions")
    what = models.CharField(max_length=300)
    why = models.TextField(blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_name = models.CharField(max_length=150, blank=True)
    start_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    resources = models.CharField(max_length=300, blank=True)
    success = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=ActionStatus, default=ActionStatus.PLANNED)
    impact = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(what=""), name="action_says_what", violation_error_message="Enter what you will do"
            ),
            models.CheckConstraint(condition=Q(status__in=ActionStatus.values), name="action_status_is_known"),
            models.CheckConstraint(
                condition=Q(start_on__isnull=True) | Q(due_on__isnull=True) | Q(start_on__lte=F("due_on")),
                name="action_starts_before_it_is_due",
                violation_error_message="The due date must be the same as or after the start date",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, status__in=STILL_OPEN)
                | Q(closed_at__isnull=False, closed_by__isnull=False, status__in=["done", "dropped"]),
                name="action_closed_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | ~Q(impact=""),
                name="action_done_needs_its_impact",
                violation_error_message="Say what difference it made",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "status", "due_on"], name="action_due_of_organisation")]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        """The page of the action."""
        return reverse("show_action", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status in STILL_OPEN

    def possible_owners(self, colleagues: QuerySet[User]) -> QuerySet[User]:
        """Who can own it: the colleagues, and whoever owns it now, also after leaving, until somebody says otherwise."""
        return colleagues | User.objects.filter(pk=self.owner_id) if self.owner_id else colleagues

    @property
    def owned_by(self) -> str:
        """The owner’s name, with an account or without; empty when nobody owns it."""
        if "owner_called" in vars(self):  # as it is read `for_a_plan`
            return vars(self)["owner_called"] or self.owner_name
        return self.owner.name if self.owner else self.owner_name


class ActionChange(models.Model):
    """What an action said from then on, and who said so. Only ever added: the database refuses to change it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()
    what = models.CharField(max_length=300)
    why = models.TextField(blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_name = models.CharField(max_length=150, blank=True)
    start_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    resources = models.CharField(max_length=300, blank=True)
    success = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["action", "version"], name="action_change_once_for_each_version"),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} version {self.version}"

    @property
    def words(self) -> dict[str, str]:
        """What it said, under the words of the page."""
        return {
            "What": self.what,
            "Why": self.why,
            "Who": self.owner.name if self.owner else self.owner_name,
            "Start": day(self.start_on),
            "Due": day(self.due_on),
            "What it needs": self.resources,
            "How you will know it worked": self.success,
        }


class ActionStepQuerySet(models.QuerySet["ActionStep"]):
    """Reading the notes and steps of actions."""

    def visible_to(self, acting: Acting) -> Self:
        """Those of actions of the setting the person acts for, if their role may see reviews."""
        if not acting.may(Permission.SEE_REVIEW):
            return self.none()
        return self.filter(action__organisation_id=acting.organisation_id)


class ActionStep(models.Model):
    """A note on an action or a change of its status: who, when. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="steps")
    from_status = models.CharField(max_length=10, choices=ActionStatus)
    to_status = models.CharField(max_length=10, choices=ActionStatus)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ActionStepQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=Q(to_status__in=ActionStatus.values), name="action_step_status_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"
