"""What processes cost: their processor time and their memory, as the kernel (Linux) counts them."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROC = Path("/proc")
PATIENCE = 900  # seconds that a command may take


@dataclass(frozen=True)
class Spent:
    """What a command took: seconds on the clock, seconds of the processor, its largest memory in MB; what it said."""

    seconds: float
    processor: float
    peak: float
    said: str


def run(command: Sequence[str], *, environment: Mapping[str, str], folder: Path) -> Spent:
    """Run a command to its end. Raises `RuntimeError` with what it said when it fails or takes too long."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, env=dict(environment), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    end = threading.Timer(PATIENCE, process.kill)
    end.start()
    assert process.stdout
    try:
        said = process.stdout.read().decode(errors="replace")
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    finally:
        end.cancel()
        process.kill()  # only when we were told to end meanwhile; one that has ended is left alone
        process.wait()
        process.stdout.close()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{said}")
    seconds = time.perf_counter() - begun
    return Spent(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said)


def family(parent: int) -> set[int]:
    """A process and everything that it has started and that still runs."""
    parents = {}
    for stat in PROC.glob("[0-9]*/stat"):
        fields = _fields(stat)
        if fields:
            parents[int(stat.parent.name)] = int(fields[1])
    found = {parent}
    while more := {child for child, of in parents.items() if of in found} - found:
        found |= more
    return found


def processor_seconds(processes: set[int]) -> float:
    """The processor time, user and system, of these processes since each began, to the nanosecond."""
    return sum(time.clock_gettime(_clock_of(process)) for process in processes)


def _clock_of(process: int) -> int:
    """The processor time clock of another process, as Linux numbers them: clock_getcpuclockid(3)."""
    return ~process << 3 | 2


def own_memory(processes: set[int]) -> float:
    """The most memory that one of these processes has for itself now, in MB.

    What it has mapped of the database file is not counted: the kernel shares that, and takes it away when it must.
    """
    most = 0.0
    for process in processes:
        for line in (PROC / str(process) / "status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                most = max(most, int(line.split()[1]) / 1024)
    return most


def _fields(stat: Path) -> list[str]:
    """What stands in a stat file after the name of the program, which may itself contain spaces."""
    try:
        return stat.read_text().rpartition(")")[2].split()
    except OSError:  # it has ended meanwhile
        return []
