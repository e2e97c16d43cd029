"""Is it ready: does the database answer, is it up to date, can files be written, is the queue worked on?"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.utils import timezone

from trellis.core.jobs.registry import schedules
from trellis.core.models import Job, Schedule, SentMail
from trellis.core.rules.jobs import JobState
from trellis.core.rules.operations import why_queue_stands

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

log = structlog.get_logger("trellis.operations")
PROBES = "ready"  # the folder of the probe files, whose names are none of a kept file
REMEMBER = 10.0  # seconds for which a written probe is enough


@dataclass(frozen=True)
class Check:
    """One thing that has to be in order: what is wrong with it, or None, and figures that help."""

    name: str
    problem: str | None = None
    figures: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As `/ready` tells it: no names, no addresses, nothing that helps a stranger."""
        return {"ok": self.problem is None, **({"problem": self.problem} if self.problem else {}), **self.figures}


def checks() -> list[Check]:
    """Everything that has to be in order before people are let in, in a few milliseconds."""
    away = "The database does not answer"
    found = [_checked("database", _database, away), _checked("storage", _storage, "Files cannot be written")]
    if found[0].problem:
        return [*found, Check("migrations", away), Check("queue", away)]
    return [*found, _checked("migrations", _migrations, away), _checked("queue", _queue, away)]


def _checked(name: str, look: Callable[[], Check], sentence: str) -> Check:
    """What a look finds, or `sentence` when it fails; the log says with which error, and never with its message."""
    try:
        return look()
    except Exception as error:  # each database and storage has its own way to fail
        log.warning("not_ready", check=name, error=f"{type(error).__module__}.{type(error).__qualname__}")
        return Check(name, sentence)


def _database() -> Check:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Check("database")


def _migrations() -> Check:
    missing = len(unapplied_migrations())
    return Check("migrations", f"Not applied: {missing}. Run `manage.py migrate`" if missing else None)


def unapplied_migrations() -> list[tuple[str, str]]:
    """The migrations that this code brings and the database has not had, as (app, name)."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    return [key for key, replaced in _migrations_of_code().items() if key not in applied and not replaced <= applied]


@cache
def _migrations_of_code() -> dict[tuple[str, str], set[tuple[str, str]]]:
    """The migrations that this code brings, each with those it replaces (itself, when it replaces none)."""
    on_disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return {key: set(migration.replaces) or {key} for key, migration in on_disk.items()}


_written_at: dict[str, float] = {}


def _storage() -> Check:
    """Write a small file and remove it, unless that was done a moment ago."""
    if time.monotonic() - _written_at.get(PROBES, -REMEMBER) > REMEMBER:
        default_storage.delete(default_storage.save(f"{PROBES}/{secrets.token_hex(8)}", ContentFile(b"ready")))
        _written_at[PROBES] = time.monotonic()
    return Check("storage")


def _queue() -> Check:
    now = timezone.now()
    waiting = Job.objects.due(now).order_by()
    job_due_at = _oldest(waiting)
    problem = why_queue_stands(
        now=now,
        clock_due_at=Schedule.objects.filter(name__in=[each.name for each in schedules()]).aggregate(at=Min("due_at"))[
            "at"
        ],
        job_due_at=job_due_at,
        mail_due_at=_oldest(SentMail.objects.due(now).order_by()),
        somebody_works=Job.objects.filter(state=JobState.RUNNING, held_until__gte=now).exists(),
    )
    seconds = round((now - job_due_at).total_seconds()) if job_due_at else 0
    return Check("queue", problem, {"waiting": waiting.count(), "oldest_waits_seconds": seconds})


def _oldest(rows: Any) -> datetime | None:
    """Since when the row that has waited longest could have been taken."""
    found: datetime | None = rows.aggregate(at=Min("next_try_at"))["at"]
    return found
