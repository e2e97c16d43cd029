"""E-mail: what was sent to whom and why, whether it arrived, and what each person wants to get."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.core.rules.mail import KINDS, MAIL_STATE_LABELS, WISH_LABELS, MailKind, MailState, Wish, masked

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from trellis.core.audit import Actor

    Person = AbstractBaseUser | AnonymousUser

KIND_CHOICES = [(each.value, KINDS[each].label) for each in MailKind]


class SentMailQuerySet(models.QuerySet["SentMail"]):
    """Reading what was sent."""

    def visible_to(self, by: Actor, *, operating: bool = False) -> Self:
        """What was sent for the person’s organisation; everything for whoever operates the installation.

        An actor without an organisation sees nothing. Pages that pass `operating` ask for that permission.
        """
        return (
            self.all() if operating else self.filter(organisation_id=by.organisation_id).exclude(organisation_id=None)
        )

    def due(self, at: datetime) -> Self:
        """Those to hand over at this moment, longest waiting first."""
        return self.filter(state=MailState.QUEUED, next_try_at__lte=at).order_by("next_try_at", "created_at")

    def awaiting_an_answer(self, since: datetime) -> Self:
        """Those sent since then that the mail service can still tell about."""
        return self.filter(state=MailState.SENT, sent_at__gte=since).exclude(service_id="")

    def settled_before(self, at: datetime) -> Self:
        """Those of before that moment with which nothing more happens."""
        return self.filter(created_at__lt=at).exclude(state__in=[MailState.QUEUED, MailState.GATHERED])

    def newest_first(self) -> Self:
        """As a person reads them."""
        return self.order_by("-created_at", "pk")


class SentMail(models.Model):
    """One message to one person: a link and a reason, never content.

    It is written in the transaction of what it tells about and handed over by a worker after the commit.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="sent_mail")
    address = models.EmailField()
    kind = models.CharField(max_length=20, choices=KIND_CHOICES)
    subject = models.CharField(max_length=150)
    reason = models.CharField(max_length=400)
    link = models.CharField(max_length=500, blank=True)
    organisation_id = models.UUIDField(null=True)
    once_key = models.CharField(max_length=120, blank=True)
    state = models.CharField(
        max_length=14, choices=[(each.value, MAIL_STATE_LABELS[each]) for each in MailState], default=MailState.QUEUED
    )
    problem = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    service_id = models.CharField("what the mail service calls it", max_length=64, blank=True)
    summary = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="gathered")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField("when it was known whether it arrived", null=True)

    objects = SentMailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(MailKind)), name="sent_mail_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=list(MailState)), name="sent_mail_state_is_known"),
            models.UniqueConstraint(
                fields=["user", "once_key"],
                condition=Q(user__isnull=False) & ~Q(once_key=""),
                name="sent_mail_once_to_a_person",
                violation_error_message="This person has been told already",
            ),
            models.UniqueConstraint(
                fields=["address", "once_key"],
                condition=Q(user__isnull=True) & ~Q(once_key=""),
                name="sent_mail_once_to_an_address",
                violation_error_message="This address has been told already",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False)
                | ~Q(state__in=[MailState.SENT, MailState.DELIVERED, MailState.UNDELIVERABLE]),
                name="sent_mail_sent_has_a_time",
                violation_error_message="A message that was sent has the time it was sent",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="sent_mail_by_state"),
            models.Index(fields=["organisation_id", "created_at"], name="sent_mail_by_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_state_display()})"

    @property
    def masked_address(self) -> str:
        """The address as the operator sees it."""
        return masked(self.address)


class MailPreferenceQuerySet(models.QuerySet["MailPreference"]):
    """Reading preferences."""

    def of(self, person: Person) -> Self:
        """What this person has chosen."""
        return self.filter(user_id=person.pk)


class MailPreference(models.Model):
    """How one person wants to get one kind of e-mail; without it, the kind’s own default holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preferences")
    kind = models.CharField(max_length=20, choices=KIND_CHOICES)
    wish = models.CharField(max_length=10, choices=[(each.value, WISH_LABELS[each]) for each in Wish])

    objects = MailPreferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="mail_preference_one_for_each_kind"),
            models.CheckConstraint(condition=Q(kind__in=list(MailKind)), name="mail_preference_kind_is_known"),
            models.CheckConstraint(condition=Q(wish__in=list(Wish)), name="mail_preference_wish_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_wish_display()}"
