"""Every page of the service."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from scripts.write_docs import routes
from tests.cast import Cast
from tests.house.keys import KEYS, OF_SETTINGS, OWNERS

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
