"""The same versions everywhere: each with hashes, and every lock with the same version of a package."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.sources import Finding, listed
from trellis.environment import ROOT

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", flags=re.MULTILINE)


def versions(lock: Path) -> dict[str, str]:
    """Package → version."""
    return dict(PIN.findall(lock.read_text()))


def without_hash(lock: Path) -> list[Finding]:
    """The packages of a lock that anybody could replace."""
    entries = re.split(r"\n(?=\S)", lock.read_text())
    return [
        Finding(lock, 0, entry.split()[0]) for entry in entries if entry[:1].isalnum() and "--hash=sha256:" not in entry
    ]


def disagreements(locks: list[Path]) -> set[str]:
    """The packages that two locks have in different versions."""
    seen: dict[str, set[str]] = {}
    for lock in locks:
        for package, version in versions(lock).items():
            seen.setdefault(package, set()).add(version)
    return {package for package, found in seen.items() if len(found) > 1}


def without_a_reason(text: str) -> list[str]:
    """The dependencies without a comment above them. In `dev`, one comment may stand above several tools."""
    found, reason, shared = [], False, False
    for line in map(str.strip, text.splitlines()):
        if line.endswith("["):
            reason, shared = False, line.startswith("dev ")
        elif line.startswith("#"):
            reason = True
        elif re.match(r'"[A-Za-z]', line):
            found += [] if reason else [line]
            reason = reason and shared
    return found


LOCKS = sorted(ROOT.glob("requirements*.txt"))


def test_every_package_has_a_hash():
    found = [finding for lock in LOCKS for finding in without_hash(lock)]
    assert not found, listed(found)


def test_the_locks_agree():
    assert disagreements(LOCKS) == set()


def test_the_lock_has_what_pyproject_asks_for():
    asked = set(
        re.findall(
            r'^  "([A-Za-z0-9._-]+)', (ROOT / "pyproject.toml").read_text().split("[tool.", 1)[0], flags=re.MULTILINE
        )
    )
    locked = {name.lower() for name in versions(ROOT / "requirements-dev.txt")}
    assert {name.lower() for name in asked} <= locked


@pytest.mark.parametrize(
    ("text", "number"),
    [("a==1.0 \\\n    --hash=sha256:00\n", 0), ("a==1.0\n", 1), ("a==1.0 \\\n    --hash=sha256:00\nb==2.0\n", 1)],
)
def test_a_package_without_a_hash_is_reported(tmp_path, text, number):
    (tmp_path / "lock.txt").write_text(text)
    assert len(without_hash(tmp_path / "lock.txt")) == number


def test_a_disagreement_is_reported(tmp_path):
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(f"same==1.0\nother=={number}.0\n")
    assert disagreements(sorted(tmp_path.glob("*.txt"))) == {"other"}


def test_each_dependency_has_its_reason():
    assert without_a_reason(lists_of_dependencies((ROOT / "pyproject.toml").read_text(encoding="utf-8"))) == []


def lists_of_dependencies(text: str) -> str:
    """The part of the project’s file that names what it depends on."""
    return text[text.index("\ndependencies = [") : text.index("\n[tool.")]


def test_a_dependency_without_a_reason_is_reported():
    two = '# the framework\n"Django>=5",\n"left-pad",\n]'
    assert without_a_reason(f"dependencies = [\n{two}") == ['"left-pad",']
    assert without_a_reason(f"dev = [\n{two}") == []
    assert without_a_reason('dev = [\n"left-pad",\n]') == ['"left-pad",']
