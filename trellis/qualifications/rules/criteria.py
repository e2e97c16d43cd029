"""Criteria in a file: what a row means, and when a file is taken."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

COLUMNS: dict[str, str] = {
    "unit": "Unit code",
    "unit_title": "Unit title",
    "outcome": "Outcome code",
    "outcome_title": "Outcome title",
    "code": "Criterion code",
    "text": "Criterion",
}
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{0,19}")
LONGEST = {"unit_title": 500, "outcome_title": 500, "text": 2000}
MOST_CRITERIA = 1000


@dataclass
class Rows:
    """The rows of a file as they are read one after another; a cell left empty means the same as above."""

    taken: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    _titles: dict[tuple[str, ...], tuple[str, int]] = field(default_factory=dict)
    _codes: dict[tuple[str, str], int] = field(default_factory=dict)
    _above: dict[str, str] = field(default_factory=dict)

    def add(self, line: int, cells: dict[str, str]) -> None:
        """Take a row, or note why not.

        >>> rows = Rows()
        >>> rows.add(2, {"unit": "1", "unit_title": "The role", "outcome": "1", "outcome_title": "Know it", "code": "1.1", "text": "Say it"})
        >>> rows.add(3, {"code": "1.2", "text": "Show it"})
        >>> rows.add(4, {"code": "1.2", "text": "Again"})
        >>> [row["code"] for row in rows.taken], rows.rejected
        (['1.1', '1.2'], [{'line': 4, 'reason': '1.2 stands in unit 1 already, on line 3'}])
        """
        if len(self.taken) >= MOST_CRITERIA:
            self.reject(line, f"There are more than {MOST_CRITERIA:,} criteria")
            return
        row = self._filled({name: " ".join(cells.get(name, "").split()) for name in COLUMNS})
        reason = why_not_row(row) or self._why_not_here(row)
        if reason:
            self.reject(line, reason)
            return
        self._above = row
        self._codes[row["unit"], row["code"]] = line
        self._titles.setdefault((row["unit"],), (row["unit_title"], line))
        self._titles.setdefault((row["unit"], row["outcome"]), (row["outcome_title"], line))
        self.taken.append({"line": line, **row})

    def reject(self, line: int, reason: str) -> None:
        """Note why a row is not taken."""
        self.rejected.append({"line": line, "reason": reason})

    def _filled(self, row: dict[str, str]) -> dict[str, str]:
        """The row with what was left empty because it is the same as above, or was said with the code before."""
        same_unit = not row["unit"] or row["unit"] == self._above.get("unit")
        row["unit"] = row["unit"] or self._above.get("unit", "")
        row["unit_title"] = row["unit_title"] or self._known(row["unit"])
        if same_unit:
            row["outcome"] = row["outcome"] or self._above.get("outcome", "")
        row["outcome_title"] = row["outcome_title"] or self._known(row["unit"], row["outcome"])
        return row

    def _known(self, *codes: str) -> str:
        return self._titles.get(codes, ("", 0))[0]

    def _why_not_here(self, row: dict[str, str]) -> str | None:
        """Why a row does not fit those before it, or None."""
        before = self._codes.get((row["unit"], row["code"]))
        if before:
            return f"{row['code']} stands in unit {row['unit']} already, on line {before}"
        for what, codes in (("unit", (row["unit"],)), ("outcome", (row["unit"], row["outcome"]))):
            title, line = self._titles.get(codes, (row[f"{what}_title"], 0))
            if title != row[f"{what}_title"]:
                return f"{what.capitalize()} {codes[-1]} is called otherwise on line {line}"
        return None


def why_not_row(row: dict[str, str]) -> str | None:
    """Why a row by itself is no criterion, or None.

    >>> good = {"unit": "1", "unit_title": "Role", "outcome": "1", "outcome_title": "Know", "code": "1.1", "text": "Say"}
    >>> why_not_row(good)
    >>> why_not_row({**good, "text": ""}), why_not_row({**good, "code": "1 1"})
    ('There is no criterion', 'The criterion code “1 1” is not one such as 1.1')
    """
    for name, heading in COLUMNS.items():
        value = row[name]
        if not value:
            return f"There is no {heading[:1].lower()}{heading[1:]}"
        if name in LONGEST and len(value) > LONGEST[name]:
            return f"The {heading[:1].lower()}{heading[1:]} is longer than {LONGEST[name]:,} characters"
        if name not in LONGEST and not CODE.fullmatch(value):
            return f"The {heading[:1].lower()}{heading[1:]} “{value[:40]}” is not one such as 1.1"
    return None


def why_not_take(*, taken: bool, rows: int, rejected: int, all_or_nothing: bool) -> str | None:
    """Why a file that was read is not taken into a set, or None.

    >>> why_not_take(taken=False, rows=3, rejected=1, all_or_nothing=False)
    >>> why_not_take(taken=False, rows=3, rejected=1, all_or_nothing=True)
    'You chose to take nothing unless every row can be read. Put the rows right and load the file again'
    >>> why_not_take(taken=True, rows=3, rejected=0, all_or_nothing=False)
    'This file was taken already'
    >>> why_not_take(taken=False, rows=0, rejected=2, all_or_nothing=False)
    'No row of this file can be read'
    """
    if taken:
        return "This file was taken already"
    if not rows:
        return "No row of this file can be read"
    if rejected and all_or_nothing:
        return "You chose to take nothing unless every row can be read. Put the rows right and load the file again"
    return None


def why_not_link(*, same_set: bool, linked_already: bool) -> str | None:
    """Why two criteria are not linked, or None.

    >>> why_not_link(same_set=False, linked_already=False)
    >>> why_not_link(same_set=True, linked_already=False)
    'Choose a criterion of each set'
    >>> why_not_link(same_set=False, linked_already=True)
    'These two are linked already'
    """
    if same_set:
        return "Choose a criterion of each set"
    return "These two are linked already" if linked_already else None
