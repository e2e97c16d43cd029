"""Figures with their targets: as a table to read and as `bench/results.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One thing measured: what it is, how much, in which unit, and between which bounds it should lie."""

    name: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

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
    """All of them, a line each; the last column says of each target whether it is met."""
    rows = [("What", "Value", "Unit", "Target", "")]
    for figure in figures:
        verdict = {True: "met", False: "MISSED", None: ""}[figure.met]
        rows.append((figure.name, f"{rounded(figure.value):,g}", figure.unit, figure.target or "", verdict))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at == 1 else cell.ljust(width) for at, (cell, width) in enumerate(pairs)
        ).rstrip()
        for pairs in (list(zip(row, widths, strict=True)) for row in rows)
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
