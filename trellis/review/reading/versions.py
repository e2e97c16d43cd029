"""What earlier versions of actions and evidence said, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from trellis.review.rules.versions import Difference, differences

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from trellis.accounts.models import User
    from trellis.review.models import Action, ActionChange, Evidence, EvidenceChange


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


@dataclass(frozen=True)
class Meanwhile:
    """What others did to an action or a piece of evidence while somebody had its form open."""

    version: int
    by: User | None
    at: datetime | None
    differences: list[Difference]


def meanwhile(current: Action | Evidence, since: int) -> Meanwhile:
    """What changed between the version that somebody saw and now. Two queries."""
    changes: Any = current.changes
    kept: list[ActionChange | EvidenceChange] = list(changes.select_related("by"))
    newest = next(iter(kept), None)
    seen = next((each for each in kept if each.version <= since), None)
    if newest is None or seen is None or newest is seen:
        return Meanwhile(current.version, None, None, [])
    return Meanwhile(current.version, newest.by, newest.at, differences(seen.words, newest.words))
