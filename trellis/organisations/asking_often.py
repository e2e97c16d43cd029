"""Who asks too often for a setting without an account."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.cache import cache

from trellis.core.middleware import caller_address

if TYPE_CHECKING:
    from django.http import HttpRequest

DAY = 24 * 60 * 60
# A nursery group may ask for each of its settings from one address.
MOST_FROM_AN_ADDRESS = 20
MOST_FOR_AN_EMAIL = 3


def has_asked_too_often(request: HttpRequest, email: str) -> bool:
    """Count this request, and say whether it is one too many: 20 a day from a network address, 3 for an e-mail."""
    counts = [_counted(f"address {caller_address(request)}"), _counted(f"email {email}")]
    return counts[0] > MOST_FROM_AN_ADDRESS or counts[1] > MOST_FOR_AN_EMAIL


def _counted(what: str) -> int:
    """How often within a day, this time included. The cache keeps no address as it is."""
    key = "asking-" + hashlib.sha256(what.encode()).hexdigest()
    cache.add(key, 0, DAY)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two
        cache.add(key, 1, DAY)
        return 1
