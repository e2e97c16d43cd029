"""Apps look only down, and rules are pure: kept by import-linter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from trellis.environment import ROOT

PROGRAM = Path(sys.executable).parent / "lint-imports"
CONTRACTS = """
[importlinter]
root_package = house
include_external_packages = True
[importlinter:contract:layers]
name = Apps look only down
type = layers
layers =
    house.review
    house.core
[importlinter:contract:rules]
name = Rules are pure
type = forbidden
source_modules = house.review.rules
forbidden_modules = django
"""


def lint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, "--no-cache", *arguments], cwd=folder, capture_output=True, text=True, check=False)


def test_the_layers_hold():
    said = lint(ROOT)
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize(
    ("file", "code", "broken"),
    [
        ("core/files.py", "import house.core", False),
        ("core/files.py", "import house.review", True),
        ("review/rules.py", "from django.db import models", True),
    ],
)
def test_an_import_that_looks_up_is_reported(tmp_path, file, code, broken):
    for name in ("house/__init__.py", "house/core/__init__.py", "house/review/__init__.py", "house/review/rules.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "house" / file).write_text(code)
    (tmp_path / ".importlinter").write_text(CONTRACTS)
    said = lint(tmp_path)
    assert ("BROKEN" in said.stdout) is broken, said.stdout + said.stderr
