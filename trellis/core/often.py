"""Counting how often something comes from one network address, without keeping the address or when."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from django.core.cache import DEFAULT_CACHE_ALIAS, cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.utils import timezone
from django.utils.crypto import salted_hmac

from trellis.core.middleware import caller_address

if TYPE_CHECKING:
    from django.http import HttpRequest


def counted(request: HttpRequest, what: str, about: str = "", *, within: int) -> int:
    """How often `what` has come from the caller’s address in this stretch of so many seconds, this time included."""
    return counted_of(what, f"{caller_address(request)} {about}", within=within)


def counted_of(what: str, whose: str, *, within: int) -> int:
    """How often `what` has come of somebody in this stretch of so many seconds, this time included.

    The cache keeps a number under a keyed hash, from which nobody without the installation’s secret finds out whose it
    is, until the stretch ends, which is the same moment for everybody. A cache in the database has no `incr` of its
    own: what stands for it reads and writes, forgets that end, and asks three times as often as doing so here.
    """
    stretch, gone = divmod(timezone.now().timestamp(), within)
    left = ceil(within - gone)
    key = "often-" + salted_hmac(f"often {what}", f"{whose} {stretch:.0f}", algorithm="sha256").hexdigest()
    if isinstance(caches[DEFAULT_CACHE_ALIAS], DatabaseCache):
        number: int = cache.get(key, 0) + 1
        cache.set(key, number, left)
        return number
    if cache.add(key, 1, left):
        return 1
    try:
        number = cache.incr(key)
    except ValueError:  # it ran out between the two
        number = 1
        cache.add(key, number, left)
    return number
