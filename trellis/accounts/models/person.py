"""A person who signs in."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone

from trellis.accounts.rules import FORMER


class UserManager(BaseUserManager["User"]):
    """Finding people by e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The person with this e-mail address."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person. What they may do hangs on their memberships, not on them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mail address", unique=True)
    new_email = models.EmailField("e-mail address they are changing to", blank=True)
    name = models.CharField("full name", max_length=150)
    is_active = models.BooleanField("can sign in", default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    deleted_at = models.DateTimeField("when they deleted their account", null=True, blank=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_whatever_its_capitals",
                violation_error_message="Someone with this e-mail address has an account already",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="user_email_is_in_small_letters",
                violation_error_message="Write the e-mail address in small letters",
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="user_has_a_name", violation_error_message="Enter the person’s full name"
            ),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(is_active=False, name=FORMER, new_email=""),
                name="user_deleted_is_nobody",
            ),
        ]

    def __str__(self) -> str:
        return self.name


def is_anyone_here() -> bool:
    """Whether this installation has had its first person."""
    return User.objects.exists()


def has_account(email: str) -> bool:
    """Whether somebody signs in with this address, which is in small letters."""
    return User.objects.filter(email=email).exists()


def has_left(way: str) -> Exists:
    """For a query: whether the person whose key stands at the end of `way` has deleted their account."""
    return Exists(User.objects.filter(pk=OuterRef(way), deleted_at__isnull=False))
