"""Every test runs, everywhere: nothing is skipped, and nothing is expected to fail."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.sources import Finding, files_of_tests, listed, tree

SKIPS = {"skip", "skipif", "skipIf", "skipUnless", "skipTest", "importorskip", "xfail", "expectedFailure"}


def skipped(parsed: ast.Module, file: Path) -> list[Finding]:
    """Where a test is left out."""
    return [
        Finding(file, node.lineno, f"{ast.unparse(node)}: every test runs")
        for node in ast.walk(parsed)
        if isinstance(node, ast.Attribute) and node.attr in SKIPS
    ]


def test_nothing_is():
    found = [finding for file in files_of_tests() for finding in skipped(tree(file), file)]
    assert not found, listed(found)


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("@pytest.mark.skipif(True, reason='')\ndef test_it(): ...", 1),
        ("rich = pytest.importorskip('rich')", 1),
        ("pytest.skip('not today')", 1),
        ("@pytest.mark.journey\ndef test_it(): ...", 0),
    ],
)
def test_what_is_skipped_is_reported(code, number):
    assert len(skipped(ast.parse(code), Path("test_it.py"))) == number
