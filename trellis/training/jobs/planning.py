"""Alternatives for a cohort that is being planned, looked for in the background."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from trellis.core.jobs import JobFailed, job
from trellis.core.refusal import Refused
from trellis.training.actions.alternatives import SEARCH, find_alternatives
from trellis.training.models import Search

if TYPE_CHECKING:
    from trellis.core.jobs import Progress

LONGEST_STEP = timedelta(minutes=5)


@job(SEARCH, "Alternatives for a cohort", limit=LONGEST_STEP)
def find(progress: Progress, *, search_id: str) -> None:
    """Look for alternatives, pattern by pattern."""
    search = Search.objects.select_related("planning__programme").get(pk=search_id)
    try:
        find_alternatives(search=search, progress=progress)
    except Refused as refused:
        raise JobFailed(str(refused)) from refused
