"""A centre’s own courses in the catalogue: how they are named, and where their facts come from."""

from __future__ import annotations

import re
import unicodedata

NOT_MANDATORY = "Nobody must have it."
NOT_IN_RATIOS = "Only what is in the list of early years qualifications counts in the staff:child ratios."
OURS = ("mandatory", "in_ratios")
"""What is said of every course of a centre, by us and not by the centre."""


def key_of(title: str, unique: str) -> str:
    """The key of a course, of its title and something that nothing else has.

    >>> key_of("Café & Makaton: a day", "0b1c-22")
    'cafe-makaton-a-day-0b1c22'
    >>> key_of("24 hours", "0b1c-22"), len(key_of("a" * 200, "0" * 36))
    ('course-24-hours-0b1c22', 60)
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    named = words if words[:1].isalpha() else f"course-{words}".rstrip("-")
    end = unique.replace("-", "")[:12]
    return f"{named[: 59 - len(end)].rstrip('-')}-{end}"


def edition_of(centre: str) -> str:
    """What stands where other entries name their edition.

    >>> edition_of("Marches Early Years Training")
    'As Marches Early Years Training says'
    """
    return f"As {centre} says"[:200]
