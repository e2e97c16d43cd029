"""Who asks too often for a setting without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.often import counted, counted_of

if TYPE_CHECKING:
    from django.http import HttpRequest

DAY = 24 * 60 * 60
# A nursery group may ask for each of its settings from one address.
MOST_FROM_AN_ADDRESS = 20
MOST_FOR_AN_EMAIL = 3


def has_asked_too_often(request: HttpRequest, email: str) -> bool:
    """Count this request, and say whether it is one too many: 20 a day from a network address, 3 for an e-mail."""
    from_there = counted(request, "asking for a setting", within=DAY)
    for_it = counted_of("asking for a setting", f"e-mail {email}", within=DAY)
    return from_there > MOST_FROM_AN_ADDRESS or for_it > MOST_FOR_AN_EMAIL
