"""The environment is read in one place, and docs/settings.md describes each variable and no other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from scripts.write_docs import DOCS, FOR_DEVELOPERS
from tests.house.sources import Finding, calls, listed, our_files, package_files, tree
from trellis.environment import ROOT, Environment

READS = {"environ", "getenv", "environb"}
READER = ROOT / "trellis" / "environment.py"
# Django’s own way to name the settings module; not a setting of an installation.
DJANGO_S_OWN = "DJANGO_SETTINGS_MODULE"


def documented(page: str) -> set[str]:
    """The variables that have a row in a page."""
    return set(re.findall(r"^\| `([A-Z_0-9]+)` \|", page, flags=re.MULTILINE))


def strays(parsed: ast.Module, file: Path) -> list[Finding]:
    """Where a file reads the environment by itself."""
    allowed = {id(node) for call in calls(parsed) if names_the_settings(call) for node in ast.walk(call)}
    return [
        Finding(file, node.lineno, "reads the environment: add a field to trellis/environment.py")
        for node in ast.walk(parsed)
        if isinstance(node, ast.Attribute) and node.attr in READS and id(node) not in allowed
    ]


def names_the_settings(call: ast.Call) -> bool:
    return bool(call.args) and isinstance(call.args[0], ast.Constant) and call.args[0].value == DJANGO_S_OWN


def test_every_setting_is_and_nothing_else():
    read = {f"TRELLIS_{name.upper()}" for name in Environment.model_fields}
    assert documented((DOCS / "settings.md").read_text(encoding="utf-8")) == read | set(FOR_DEVELOPERS)


def test_every_setting_says_what_it_is():
    assert [name for name, field in Environment.model_fields.items() if not field.description] == []


def test_only_one_file_reads_the_environment():
    found = [finding for file in package_files() if file != READER for finding in strays(tree(file), file)]
    assert not found, listed(found)


def test_what_tests_and_make_read_is_documented_too():
    read = {
        name
        for file in our_files(".py")
        for name in re.findall(r"\b(TEST_[A-Z_]+(?:URL|CHROMIUM))\b", file.read_text())
    }
    assert read <= set(FOR_DEVELOPERS)


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ('os.environ["TRELLIS_NEW"]', 1),
        ("os.getenv('X')", 1),
        ("settings.X", 0),
        ("os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'trellis.settings')", 0),
    ],
)
def test_a_stray_reading_is_reported(code, number):
    assert len(strays(ast.parse(code), Path("views.py"))) == number


def test_a_page_that_says_too_much_or_too_little_is_noticed():
    assert documented("| `TRELLIS_OLD` | nothing |\n| `TRELLIS_MODE` | x |\n`TRELLIS_PORT`") == {
        "TRELLIS_OLD",
        "TRELLIS_MODE",
    }
