"""Tokens for programs, and the answers that a repeated request gets again."""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.models import Membership

if TYPE_CHECKING:
    from datetime import date

    from trellis.accounts.acting import Acting

PREFIX = "trellis_"


def new_secret() -> str:
    """A token’s secret: 256 random bits behind a prefix that scanners of leaked secrets can look for."""
    return PREFIX + secrets.token_urlsafe(32)


class TokenQuerySet(models.QuerySet["Token"]):
    """Reading tokens."""

    def visible_to(self, acting: Acting) -> Self:
        """The tokens for the organisation that a person acts for: their own; all of them for whoever lets people in."""
        of_organisation = self.filter(membership__organisation_id=acting.organisation_id)
        if acting.may(Permission.INVITE_PEOPLE):
            return of_organisation
        return of_organisation.filter(membership__user_id=acting.user.pk)

    def usable(self, on: date) -> Self:
        """Those that work on a day: not ended, not past their last day, their owner still belonging and let in."""
        return self.filter(
            ended_at__isnull=True,
            expires_on__gte=on,
            membership__ended_at__isnull=True,
            membership__user__is_active=True,
        )


class Token(models.Model):
    """Lets a program act for one person in one organisation, within its scopes and until its last day.

    The secret is shown once; here is only its hash.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    scopes = models.JSONField()
    secret_hash = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField()
    last_used_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["secret_hash"], name="token_secret_unique"),
            models.CheckConstraint(
                condition=~Q(name=""), name="token_has_a_name", violation_error_message="Enter what the program is"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="token_end_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Reply(models.Model):
    """What a request with an idempotency key was answered, so that the same request again changes nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="replies")
    key = models.CharField(max_length=200)
    asked = models.CharField("the request’s SHA-256, in hexadecimal", max_length=64)
    location = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token", "key"], name="reply_once_for_each_key"),
        ]
        indexes = [models.Index(fields=["at"], name="reply_oldest")]

    def __str__(self) -> str:
        return self.location
