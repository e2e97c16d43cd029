"""Figures with their targets: as a table to read and as `bench/results.json`."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One thing measured: what it is, how much, in which unit, and between which bounds it should lie.

    A `quiet` one stands in the results and not in the table.
    """

    name: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None
    quiet: bool = False

    @property
    def target(self) -> str | None:
        """The bound in words.

        >>> Figure("bare page", 7.2, "ms", at_most=10).target
        '≤ 10'
        """
        if self.at_most is not None:
            return f"≤ {self.at_most:g}"
        return None if self.at_least is None else f"≥ {self.at_least:g}"

    @property
    def met(self) -> bool | None:
        """Whether it lies where it should; None where there is no target.

        >>> Figure("import", 0.4, "×", at_least=0.5).met
        False
        """
        if self.at_most is not None:
            return self.value <= self.at_most
        return None if self.at_least is None else self.value >= self.at_least

    def as_json(self) -> dict[str, Any]:
        """As it stands in the results."""
        return {"name": self.name, "value": rounded(self.value), "unit": self.unit, "target": self.target}


def rounded(value: float) -> float:
    """Three figures that count, and whole numbers above a thousand.

    >>> rounded(12345.6), rounded(7.23456), rounded(0.012345)
    (12346.0, 7.23, 0.0123)
    """
    return float(f"{value:.3g}") if abs(value) < 1000 else float(round(value))


def table(figures: Iterable[Figure]) -> str:
    """All of them: pages with a line each, then the rest; a figure with a target says whether it is met."""
    subjects: dict[str, dict[str, Figure]] = {}
    for figure in (figure for figure in figures if not figure.quiet):
        subject, _, measure = figure.name.partition(": ")
        subjects.setdefault(subject, {})[measure] = figure
    columns = _common(subjects)
    pages = [
        [subject, *(_told(measures.get(column)) for column in columns)]
        for subject, measures in subjects.items()
        if columns and columns[0] in measures and columns[-1] in measures
    ]
    told = [row[0] for row in pages]
    others = [
        [figure.name, _told(figure)]
        for subject, measures in subjects.items()
        for measure, figure in measures.items()
        if subject not in told or measure not in columns
    ]
    return f"{_lines([['', *columns], *pages])}\n\n{_lines(others)}"


def _common(subjects: dict[str, dict[str, Figure]]) -> list[str]:
    """The measures that several subjects have, which become columns; in the order of the fullest."""
    often = Counter(measure for measures in subjects.values() for measure in measures)
    fullest = max(subjects.values(), key=len, default={})
    return [measure for measure in fullest if often[measure] > 3]


def _told(figure: Figure | None) -> str:
    """A value with its unit, and its target when it has one."""
    if figure is None:
        return ""
    verdict = {True: f" ({figure.target} met)", False: f" ({figure.target} MISSED)", None: ""}[figure.met]
    return f"{rounded(figure.value):,g} {figure.unit}".strip() + verdict


def _lines(rows: list[list[str]]) -> str:
    """Rows with their columns below each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def summary(figures: Iterable[Figure]) -> str:
    """How many targets are met, and the names of those missed."""
    aimed = [figure for figure in figures if figure.met is not None]
    missed = [figure.name for figure in aimed if not figure.met]
    words = f"{len(aimed) - len(missed)} of {len(aimed)} targets met"
    return f"{words}. Missed: {'; '.join(missed)}." if missed else f"{words}."


def write_results(figures: Iterable[Figure], path: Path) -> None:
    """The results as a list of {name, value, unit, target}."""
    path.write_text(json.dumps([figure.as_json() for figure in figures], indent=2, ensure_ascii=False) + "\n")
