"""Reading our own source: what the house tests look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trellis.environment import ROOT

PACKAGE = ROOT / "trellis"
# What is not ours, or not source.
NOT_OURS = {"node_modules", "build", "var", "__pycache__"}
OURS_WITH_A_DOT = {".ci", ".gitignore", ".npmrc"}


@dataclass(frozen=True)
class Finding:
    """Where something is against a rule, and what."""

    file: Path
    line: int
    what: str

    def __str__(self) -> str:
        place = self.file.relative_to(ROOT) if self.file.is_relative_to(ROOT) else self.file.name
        return f"{place}:{self.line}: {self.what}"


def listed(findings: list[Finding]) -> str:
    """Findings, one a line: what a failing house test shows."""
    return "\n".join(["", *map(str, findings)])


def app_folders() -> list[Path]:
    """The folder of each app."""
    return sorted(folder.parent for folder in PACKAGE.glob("*/__init__.py"))


def our_files(*suffixes: str) -> list[Path]:
    """Every file of the project with one of the suffixes; all text files are ours to keep clean."""
    found = (path for path in ROOT.rglob("*") if not any(map(not_ours, path.relative_to(ROOT).parts)))
    return sorted(path for path in found if path.is_file() and path.suffix in suffixes)


def not_ours(part: str) -> bool:
    """Whether a folder holds what others made, or what tools left."""
    return part in NOT_OURS or (part.startswith(".") and part not in OURS_WITH_A_DOT)


def modules(*names: str) -> list[Path]:
    """The Python files of the modules or packages with these names, in every app: views.py, views/people.py…"""
    return sorted(
        path
        for folder in app_folders()
        for name in names
        for path in [*folder.glob(f"{name}.py"), *folder.glob(f"{name}/**/*.py")]
    )


def package_files() -> list[Path]:
    """The Python files of the package, without tests and migrations."""
    return [
        path
        for path in sorted(PACKAGE.rglob("*.py"))
        if not {"tests", "migrations"} & set(path.relative_to(PACKAGE).parts)
    ]


def files_of_tests() -> list[Path]:
    """Every file with tests."""
    return sorted([*PACKAGE.glob("*/tests/**/*.py"), *(ROOT / "tests").rglob("*.py")])


def tree(file: Path) -> ast.Module:
    """A file as Python reads it."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def calls(parsed: ast.AST) -> Iterator[ast.Call]:
    """Every call below a node."""
    return (node for node in ast.walk(parsed) if isinstance(node, ast.Call))
