"""Each decision record says what keeps it, and that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.sources import Finding, listed
from trellis.environment import ROOT

RECORDS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def unkept(record: Path) -> list[Finding]:
    """Why a record keeps nothing: it names no test at its end, or one that is gone."""
    text = record.read_text(encoding="utf-8").strip()
    last = text.rpartition("\n\n")[2]
    if not last.startswith("Kept by:"):
        return [Finding(record, 0, "does not end with “Kept by:”")]
    named = re.findall(r"`([^` ]+/[^` ]*)`", last)
    return [Finding(record, 0, f"{path} is not there") for path in named if not (ROOT / path.split("::")[0]).exists()]


def test_every_decision_is_kept():
    found = [finding for record in RECORDS for finding in unkept(record)]
    assert not found, listed(found)


def test_numbers_are_used_once():
    numbers = [record.name[:4] for record in RECORDS]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    ("end", "what"),
    [
        ("Kept by: `make test` and `tests/house/test_decisions.py`", []),
        ("Kept by: `tests/house/test_gone.py`", ["tests/house/test_gone.py is not there"]),
        ("We think so.", ["does not end with “Kept by:”"]),
    ],
)
def test_a_decision_that_nothing_keeps_is_reported(tmp_path, end, what):
    (tmp_path / "0001-x.md").write_text(f"# 1. X\n\n{end}\n")
    assert [finding.what for finding in unkept(tmp_path / "0001-x.md")] == what
