"""What the clock asks of the catalogue: when the next cohort has begun, the one after it is next."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from trellis.core.jobs import job, schedule
from trellis.training.actions.next_starts import follow_next_start, keys_to_follow

if TYPE_CHECKING:
    from trellis.core.jobs import Progress


@schedule("training.next_starts", at=time(0, 20), when=lambda: bool(keys_to_follow()))
@job("training.next_starts", "When courses of the catalogue begin next")
def follow_next_starts(progress: Progress) -> None:
    """Note for each entry that a programme names when its next open cohort begins."""
    with progress.batch():
        progress.say({"changed": sum(follow_next_start(key) for key in keys_to_follow())})
