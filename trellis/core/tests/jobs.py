"""Jobs that only tests have."""

from __future__ import annotations

from trellis.core.jobs import JobFailed, Progress, job


class Unforeseen(Exception):
    """An error that nobody expected; its message may hold anything."""


@job("test.count", "Counting up")
def count_up(progress: Progress, *, to: int, break_at: int = 0, breaks: int = 1) -> None:
    """Count in batches of one; break once in a while in the middle of a batch."""
    for number in range(progress.kept.get("number", 0) + 1, to + 1):
        with progress.batch():
            progress.kept["number"] = number
            progress.kept["counted"] = [*progress.kept.get("counted", []), number]
            progress.step(number, to, f"Counting {number}")
            if number == break_at and progress.attempt <= breaks:
                raise Unforeseen("Zofia, born 5 March 2023")
    progress.say({"counted": to})


@job("test.refuse", "Refusing")
def refuse(progress: Progress) -> None:
    """Cannot be done."""
    raise JobFailed("This file is not a register: it has no provider numbers.")
