"""The empty file for an awarding organisation’s criteria, and the same with a set in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.exports import Column, Table
from trellis.qualifications.rules.criteria import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trellis.qualifications.models import Criterion

WIDTHS = {"unit_title": 40, "outcome_title": 40, "text": 80}


HEADINGS = tuple(Column(heading, width=WIDTHS.get(name, 14)) for name, heading in COLUMNS.items())


def template() -> Table:
    """Headings and no rows: what stands under them is the awarding organisation’s, and ours to keep to ourselves."""
    return Table("Criteria to fill in", "One row for each criterion", HEADINGS, ())


def filled(title: str, criteria: Iterable[Criterion]) -> Table:
    """A set as such a file: loaded again, it changes nothing."""
    rows = (
        (unit.code, unit.title, outcome.code, outcome.title, each.code, each.text)
        for each in criteria
        for outcome in [each.outcome]
        for unit in [outcome.unit]
    )
    return Table("Criteria", title, HEADINGS, rows)
