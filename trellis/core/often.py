"""Counting how often something comes from one network address, or of somebody, without keeping whose or when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from trellis.core.middleware import caller_address

if TYPE_CHECKING:
    from django.http import HttpRequest


def counted(request: HttpRequest, what: str, about: str = "", *, within: int) -> int:
    """How often `what` has come from the caller’s address within so many seconds, this time included."""
    return counted_of(what, f"{caller_address(request)} {about}", within=within)


def counted_of(what: str, whom: str, *, within: int) -> int:
    """How often `what` has come of somebody within so many seconds, this time included.

    The cache keeps a number under a keyed hash, from which nobody without the installation’s secret finds whom.
    """
    key = "often-" + salted_hmac(f"often {what}", whom, algorithm="sha256").hexdigest()
    cache.add(key, 0, within)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two
        cache.add(key, 1, within)
        return 1
