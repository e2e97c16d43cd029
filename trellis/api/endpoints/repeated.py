"""The same request again (idempotency keys): answered as before, and nothing done twice."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.utils import timezone

from trellis.api.endpoints.base import Fault
from trellis.api.models import Reply
from trellis.api.rules import KEEP_REPLIES

if TYPE_CHECKING:
    from trellis.api.models import Token


def fingerprint(method: str, path: str, body: str) -> str:
    """What a request asks for, as one hash: method, address and body."""
    return hashlib.sha256("\n".join([method, path, body]).encode()).hexdigest()


def what_came_of(token: Token, key: str | None, asked: str) -> str | None:
    """What a request under this key led to, if there was one within a day; `Fault` when it asked for something else."""
    if key is None:
        return None
    found = Reply.objects.filter(token=token, key=key, at__gt=timezone.now() - KEEP_REPLIES).first()
    if found and found.asked != asked:
        raise Fault(422, "This idempotency key was used for another request: choose a new one")
    return found.location if found else None
