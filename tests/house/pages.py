"""Every page of the service, and whose record stands in its address: told once, used by several house tests.

A page whose address names a record has an entry in `KEYS`: a function from a person of the cast to the
arguments of the address, for a record of that person’s organisation. It may make the record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from scripts.write_docs import routes
from tests.cast import Cast, Person
from trellis.core.jobs import start

Keys = Callable[[Person], dict[str, Any]]


def job_of(person: Person) -> dict[str, Any]:
    """A background job that this person asked for."""
    return {"job_id": start(job="jobs.tidy", by=person.acting).pk}


KEYS: dict[str, Keys] = {
    "cancel_job": job_of,
    "job": job_of,
    "job_progress": job_of,
    "operations_job": job_of,
    "operations_run_again": job_of,
    "run_job_again": job_of,
}

# A record of one’s own setting, of another setting of the same authority, and of one in another authority.
OF_SETTINGS = ("amara", "megan", "joanna")
# Pages whose records belong to others than settings.
OWNERS: dict[str, tuple[str, ...]] = {}
NOBODY_S = "–"


@dataclass(frozen=True)
class Page:
    """A page by its name in the URLconf."""

    name: str
    has_keys: bool

    def owners(self) -> tuple[str, ...]:
        """Whose records to try: names from the cast, or nobody’s when the address names no record."""
        return OWNERS.get(self.name, OF_SETTINGS) if self.has_keys else (NOBODY_S,)

    def address(self, cast: Cast, owner: str) -> str:
        """Where the page is for a record of `owner`."""
        if not self.has_keys:
            return reverse(self.name)
        return reverse(self.name, kwargs=KEYS[self.name](getattr(cast, owner)))


def every_page() -> list[Page]:
    """Every page that has a name, in the order of the addresses."""
    found = {
        pattern.name: Page(pattern.name, "<" in route or "(?P" in route) for route, pattern in routes() if pattern.name
    }
    return sorted(found.values(), key=lambda page: page.name)


def without_keys(pages: list[Page]) -> list[str]:
    """The pages whose address names a record and that have no entry in `KEYS`."""
    return [page.name for page in pages if page.has_keys and page.name not in KEYS]
