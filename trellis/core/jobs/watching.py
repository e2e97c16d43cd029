"""Whether the job at hand still gets on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

    from trellis.core.models import Job


class Watch:
    """When a running job last gave a sign of life, on a clock that nobody sets."""

    def __init__(self, job: Job, limit: timedelta) -> None:
        self.job, self.limit = job, limit
        self.moved()

    def moved(self) -> None:
        """The job got on: a batch, a step, or something to say."""
        self._at = time.monotonic()

    @property
    def hangs(self) -> bool:
        """Whether there was no sign of life for longer than the job may go without one."""
        return time.monotonic() - self._at > self.limit.total_seconds()
