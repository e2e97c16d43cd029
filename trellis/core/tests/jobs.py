"""Jobs that only tests have."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

from trellis.core.jobs import JobFailed, Progress, job
from trellis.core.models import SentMail


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


@job("test.note", "Noting rows")
def note_rows(progress: Progress, *, rows: int, pause: float = 0.0) -> None:
    """Note rows, five to a batch; the pause lies in the middle of a batch, where a killed worker loses most."""
    for first in range(progress.kept.get("rows", 0), rows, 5):
        with progress.batch():
            _note(first, first + 3)
            time.sleep(pause)
            _note(first + 3, first + 5)
            progress.kept["rows"] = first + 5
            progress.step(first + 5, rows)
    progress.say({"noted": rows})


def _note(first: int, end: int) -> None:
    """Rows that nothing keeps from being written twice: a letter that goes nowhere does."""
    SentMail.objects.bulk_create(
        SentMail(address="rows@example.org", kind="account", subject=f"row {number}", reason="x", state="kept_back")
        for number in range(first, end)
    )


@job("test.hang", "Hanging", limit=timedelta(seconds=0.5))
def hang(progress: Progress, *, inside: bool) -> None:
    """Get on for longer than the limit, then hang for ever the first time, in the middle of a batch or between two."""
    for number in range(4):
        time.sleep(0.2)
        progress.step(number + 1, 5)
    if progress.attempt == 1:
        if not inside:
            threading.Event().wait()
        with progress.batch():
            _note(0, 1)
            threading.Event().wait()
    with progress.batch():
        _note(0, 1)
        progress.step(5, 5)
