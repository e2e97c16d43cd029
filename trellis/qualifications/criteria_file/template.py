"""The empty file for an awarding organisation’s criteria."""

from __future__ import annotations

from trellis.core.exports import Column, Table
from trellis.qualifications.rules.criteria import COLUMNS

WIDTHS = {"unit_title": 40, "outcome_title": 40, "text": 80}


def template() -> Table:
    """Headings and no rows: what stands under them is the awarding organisation’s, and ours to keep to ourselves."""
    columns = tuple(Column(heading, width=WIDTHS.get(name, 14)) for name, heading in COLUMNS.items())
    return Table("Criteria to fill in", "One row for each criterion", columns, ())
