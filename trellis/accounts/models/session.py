"""Where people are signed in: one row for each browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.sessions.backends.base import SessionBase

    from trellis.accounts.models.person import User


class SessionQuerySet(models.QuerySet["Session"]):
    """Reading sessions."""

    def of(self, person: User) -> Self:
        """The browsers of one person, the one used last first."""
        return self.filter(user_id=person.pk).order_by("-seen_at", "handle")

    def open(self, at: datetime) -> Self:
        """Those that have not ended by this moment."""
        return self.filter(expire_date__gt=at)


class Session(AbstractBaseSession):
    """A browser that has opened Trellis, signed in or not; it ends when it is not used for a while.

    The key is what the browser’s cookie holds, so no page ever shows it: pages speak of the `handle`.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sessions")
    handle = models.UUIDField(null=True)
    address = models.CharField("network address", max_length=60, blank=True)
    browser = models.CharField("what the browser says it is", max_length=300, blank=True)
    shared_device = models.BooleanField(default=False)
    since = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects = SessionQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handle"], name="session_handle_unique"),
            models.CheckConstraint(
                condition=models.Q(handle__isnull=True, since__isnull=True, seen_at__isnull=True)
                | models.Q(handle__isnull=False, since__isnull=False, seen_at__isnull=False),
                name="session_in_use_says_since_when",
            ),
        ]

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """The engine that reads and writes these rows."""
        from trellis.accounts.sessions import SessionStore

        return SessionStore
