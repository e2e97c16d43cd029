"""Keeping people signed in: sessions in one table, which end after a while, and sooner without use on a shared device.

This module is the project’s session engine. What a session knows about its use (`IN_USE`) is written with the
session itself, at most once in `SEEN_EVERY`, so that an ordinary page writes nothing.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypedDict

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from trellis.core.middleware import caller_address

if TYPE_CHECKING:
    from django.http import HttpRequest

    from trellis.accounts.models import Session

IN_USE = "in_use"
SHARED_DEVICE = "shared_device"
SEEN_EVERY = timedelta(minutes=3)


class InUse(TypedDict):
    """What a session knows about its use; times are seconds since 1970."""

    handle: str
    since: float
    seen_at: float
    address: str
    browser: str


class SessionStore(DatabaseStore):
    """Sessions in our own table, whose columns say whose it is and where it is used."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        from trellis.accounts.models import Session

        return Session

    def cycle_key(self) -> None:
        """A new key, and with it a new handle: for a moment both rows stand side by side."""
        in_use: InUse | None = self.get(IN_USE)
        if in_use:
            self[IN_USE] = in_use | {"handle": str(uuid.uuid4())}
        super().cycle_key()

    def get_expiry_age(self, **kwargs: Any) -> int:
        """How many seconds are left: what its use allows, and never beyond the end that came with signing in."""
        age: int = super().get_expiry_age(**kwargs)
        end = self.end()
        return age if end is None else max(0, min(age, int((end - timezone.now()).total_seconds())))

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """When it ends: what its use allows, and never beyond the end that came with signing in."""
        date: datetime = super().get_expiry_date(**kwargs)
        end = self.end()
        return date if end is None else min(date, end)

    def end(self) -> datetime | None:
        """When it ends however much it is used; None before anybody has signed in."""
        in_use: InUse | None = self.get(IN_USE)
        return _moment(in_use["since"]) + timedelta(seconds=settings.SESSION_COOKIE_AGE) if in_use else None

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to write, with its columns taken from what the session holds."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        row.user_id = data.get(SESSION_KEY)
        row.shared_device = bool(data.get(SHARED_DEVICE))
        in_use: InUse | None = data.get(IN_USE)
        if in_use:
            row.handle = uuid.UUID(in_use["handle"])
            row.since, row.seen_at = _moment(in_use["since"]), _moment(in_use["seen_at"])
            row.address, row.browser = in_use["address"][:60], in_use["browser"][:300]
        return row


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def note_use(request: HttpRequest) -> None:
    """Note in the session that it is in use now, unless that was noted a moment ago.

    Writing the session down is also what moves its end on a shared device: half an hour from now.
    """
    now = timezone.now().timestamp()
    before: InUse | None = request.session.get(IN_USE)
    if before and now - before["seen_at"] < SEEN_EVERY.total_seconds():
        return
    request.session[IN_USE] = InUse(
        handle=before["handle"] if before else str(uuid.uuid4()),
        since=before["since"] if before else now,
        seen_at=now,
        address=caller_address(request),
        browser=request.headers.get("User-Agent", ""),
    )


def begin(request: HttpRequest) -> None:
    """Start counting a session’s use afresh, as somebody signs in."""
    request.session.pop(IN_USE, None)
    note_use(request)


def set_length(request: HttpRequest, *, shared_device: bool) -> None:
    """Let the session end after half an hour without use on a shared device, else only at its end."""
    request.session[SHARED_DEVICE] = shared_device
    request.session.set_expiry(settings.SHARED_DEVICE_SESSION_AGE if shared_device else settings.SESSION_COOKIE_AGE)
