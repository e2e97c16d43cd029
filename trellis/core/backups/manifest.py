"""What an archive says of itself."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, field
from typing import Any

from trellis.core.rules.backups import FORMAT
from trellis.environment import ROOT


@dataclass
class Table:
    """One table: the names of its columns in the order of the values, and how many rows there are."""

    columns: list[str]
    rows: int


@dataclass
class Manifest:
    """Which Trellis wrote the archive, of what database, and how much is in it."""

    trellis: str
    made_at: str
    database: str
    migrations: list[tuple[str, str]]
    only_grow: list[str]
    audit_chains: int
    audit_heads: str
    tables: dict[str, Table] = field(default_factory=dict)
    files: int = 0
    bytes_of_files: int = 0
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """How many rows all tables have."""
        return sum(table.rows for table in self.tables.values())

    def as_json(self) -> dict[str, Any]:
        """As it stands in the archive."""
        return asdict(self)


def manifest_from(said: dict[str, Any]) -> Manifest:
    """The manifest of an archive. Raises `TypeError` or `KeyError` when it is none."""
    tables = {name: Table(**table) for name, table in said["tables"].items()}
    migrations = [(app, name) for app, name in said["migrations"]]
    return Manifest(**(said | {"tables": tables, "migrations": migrations}))


def version() -> str:
    """Which Trellis this is."""
    with open(ROOT / "pyproject.toml", "rb") as project:
        return str(tomllib.load(project)["project"]["version"])
