"""What is known of the request under way, for logs and the audit: an id and where it came from."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Origin:
    """Where a change comes from: the request's id and the caller's network address.

    Commands and background jobs name themselves in `address` (“command import_providers”).
    """

    request_id: str
    address: str


NOWHERE = Origin(request_id="", address="")
_origin: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def current_origin() -> Origin:
    """The origin of what runs now; `NOWHERE` outside requests, commands and jobs."""
    return _origin.get()


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """Let everything inside the block be recorded as coming from `origin`."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)
