"""Processes that start together, are looked after, and end together: none is left behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

log = structlog.get_logger("trellis.operations")
LOOK_EVERY = 0.25  # seconds
# So long a web server finishes the requests under way and a worker its batch, before they are killed.
PATIENCE = 30.0  # seconds
# What dies so often within so long is dead for good.
DEATHS, WITHIN = 3, 60.0  # seconds
PR_SET_PDEATHSIG = 1  # Linux: the signal that a process gets when its parent is gone


def _tie_to_parent() -> None:
    """In a new process: end when the parent ends, even if that is killed. Only Linux knows how."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Process:
    """One process: how it is started, and whether it is started again when it dies."""

    def __init__(self, name: str, command: Sequence[str], *, again: bool) -> None:
        self.name, self.command, self.again = name, command, again
        self._deaths: deque[float] = deque(maxlen=DEATHS)

    def start(self) -> None:
        """Start it, in a group of its own, so that Ctrl+C in a terminal reaches it once and through us."""
        self._running = subprocess.Popen(self.command, start_new_session=True, preexec_fn=_tie_to_parent)  # noqa: S603

    def looked_after(self) -> bool:
        """Start it again if it died. False when it is dead for good."""
        status = self._running.poll()
        if status is None:
            return True
        now = time.monotonic()
        self._deaths.append(now)
        too_often = len(self._deaths) == DEATHS and now - self._deaths[0] < WITHIN
        log.error("process_died", process=self.name, status=status, starts_again=self.again and not too_often)
        if too_often or not self.again:
            return False
        self.start()
        return True

    def tell_to_end(self) -> None:
        """Ask it to finish what it is doing."""
        self._running.terminate()

    def end(self, before: float) -> None:
        """Wait for its end until `before`, then kill it with everything it has started."""
        with suppress(subprocess.TimeoutExpired):
            self._running.wait(max(0.0, before - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(self._running.pid, signal.SIGKILL)
        self._running.wait()


def run_together(processes: Sequence[Process], *, stopped: Callable[[float], bool]) -> int:
    """Run processes until told to stop or until one is dead for good; then end them all.

    `stopped(seconds)` waits so long and says whether to stop. Returns 0 when told to stop, 1 otherwise.
    """
    started: list[Process] = []
    try:
        for process in processes:
            process.start()
            started.append(process)
        while not stopped(LOOK_EVERY):
            if not all(process.looked_after() for process in started):
                return 1
        return 0
    finally:
        for process in started:
            process.tell_to_end()
        before = time.monotonic() + PATIENCE
        for process in started:
            process.end(before)
