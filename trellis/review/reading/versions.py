"""What earlier versions of actions and evidence said, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from trellis.review.rules.versions import Difference, differences

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from trellis.accounts.models import User
    from trellis.review.models import ActionChange, EvidenceChange


@dataclass(frozen=True)
class Change:
    """What somebody changed, and when."""

    by: User
    at: datetime
    differences: list[Difference]


def earlier_versions(changes: Iterable[ActionChange | EvidenceChange]) -> list[Change]:
    """What each version changed of the one before, the newest first; nothing of the first. One query."""
    newest_first = list(changes)
    return [
        Change(after.by, after.at, differences(before.words, after.words)) for after, before in pairwise(newest_first)
    ]
