"""Counting how often something comes from one network address, without keeping the address or when."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from django.core.cache import cache
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
    is, until the stretch ends, which is the same moment for everybody. A cache in the database forgets that end
    whenever it counts, and would write down the time instead, so it is told the end again.
    """
    stretch, gone = divmod(timezone.now().timestamp(), within)
    left = ceil(within - gone)
    key = "often-" + salted_hmac(f"often {what}", f"{whose} {stretch:.0f}", algorithm="sha256").hexdigest()
    cache.add(key, 0, left)
    try:
        number = cache.incr(key)
    except ValueError:  # it ran out between the two
        number = 1
        cache.add(key, number, left)
    cache.touch(key, left)
    return number
