"""Nothing in the project names a machine, a folder outside it or a package registry, and its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.sources import Finding, listed, our_files
from trellis.environment import ROOT

TEXT = (
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".json",
    ".yaml",
    ".yml",
    ".html",
    ".scss",
    ".mjs",
    ".js",
    ".css",
    ".typ",
    ".cfg",
    "",
)
# Each in two parts, so that this file does not name them itself.
OUTSIDE = re.compile(
    "|".join(
        [
            r"\.\./" + "shared",
            r"(?<![\w.])/" + r"(?:work|root|opt|home|Users)/",
            "pypi" + r"\.org",
            "python" + "hosted",
            "npm" + r"js\.org",
            "deb" + r"\.debian\.org",
        ]
    )
)
# The one place that looks for public files beside the clone.
MAY_LOOK_OUTSIDE = {ROOT / ".ci" / "run"}
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def outside(file: Path) -> list[Finding]:
    """Where a file names what is not part of the project."""
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return [
        Finding(file, number, f"names “{named.group()}”")
        for number, line in enumerate(lines, start=1)
        for named in OUTSIDE.finditer(line)
    ]


def dead_links(page: Path) -> list[Finding]:
    """The links of a page to files and headings that are not there."""
    found = []
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        for target in LINK.findall(line):
            path, _, heading = target.partition("#")
            if ":" in path:
                continue
            file = (page.parent / path) if path else page
            if not file.exists() or (heading and heading not in headings(file)):
                found.append(Finding(page, number, f"{target} leads nowhere"))
    return found


def headings(page: Path) -> set[str]:
    """The anchors that Markdown gives the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title).strip().lower().replace(" ", "-") for title in titles}


def test_nothing_outside_is_named():
    files = [file for file in our_files(*TEXT) if file not in MAY_LOOK_OUTSIDE]
    found = [finding for file in files for finding in outside(file)]
    assert not found, listed(found)


def test_every_link_leads_somewhere():
    found = [finding for page in our_files(".md") for finding in dead_links(page)]
    assert not found, listed(found)


@pytest.mark.parametrize(
    "text", ["see .." + "/shared/product.md", "cd /" + "work/main", "https://" + "pypi" + ".org/simple"]
)
def test_a_place_outside_is_reported(tmp_path, text):
    (tmp_path / "notes.md").write_text(f"First line\n{text}\n")
    assert [finding.line for finding in outside(tmp_path / "notes.md")] == [2]


def test_a_dead_link_is_reported(tmp_path):
    page = tmp_path / "README.md"
    page.write_text(
        "# What it is\n[a](gone.md) [b](#what-it-is) [c](#elsewhere) [d](https://example.org) ![e](no.png)\n"
    )
    assert [finding.what.split()[0] for finding in dead_links(page)] == ["gone.md", "#elsewhere", "no.png"]
