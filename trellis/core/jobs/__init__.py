"""Background jobs, with the database as the queue.

A job is a function that an app registers in its `jobs.py`:

    @job("register.import", "Import of the childcare register")
    def import_register(progress: Progress, *, file_id: str) -> None:
        while rows := next_rows(after=progress.kept.get("line", 0)):
            with progress.batch():
                store(rows)
                progress.kept["line"] = rows[-1].line
                progress.step(progress.kept["line"], total)
        progress.say({"added": 12})

`start(...)` asks for it in the transaction of the caller; a worker runs it after the commit. Each batch, with how
far it came, is one transaction: a worker that is killed loses the batch it was in, and the next one goes on from
`progress.kept`. An unexpected error is tried again a few times; `JobFailed("a sentence")` is final at once.
"""

from trellis.core.jobs.asking import cancel, run_again, start
from trellis.core.jobs.progress import JobFailed, Progress
from trellis.core.jobs.registry import job, schedule

__all__ = ["JobFailed", "Progress", "cancel", "job", "run_again", "schedule", "start"]
