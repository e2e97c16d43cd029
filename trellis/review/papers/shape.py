"""The areas at a glance: the chart, and the table that says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.charts import Series, radar_svg
from trellis.core.documents import TableBlock
from trellis.core.exports import Column

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from trellis.core.exports import Cell
    from trellis.review.reading import RoundView


def chart(view: RoundView) -> SafeString:
    """The shape of a review: one axis for each area, this time and last time. A table says the same beside it."""
    series = [Series("This review", view.shares())]
    if any(value is not None for value in view.last_shares()):
        series.append(Series("Last review", view.last_shares()))
    return radar_svg(
        [each.area.title for each in view.areas],
        series,
        title="The areas at a glance",
        description="How far along each area is. The table beside the chart says the same in numbers of statements.",
        levels=[level.label for level in reversed(view.wording.levels)],
    )


def area_table(view: RoundView) -> TableBlock:
    """What the chart shows, in numbers of statements."""
    levels = view.wording.levels
    rows: list[list[Cell]] = [
        [
            each.area.title,
            *(each.counts.get(level.code, 0) for level in levels),
            each.standing.not_discussed,
            each.standing.not_applicable,
        ]
        for each in view.areas
    ]
    headings = [*(level.label for level in levels), "Not yet discussed", "Does not apply"]
    columns = [Column("Area", width=34), *(Column(heading, "number", width=13) for heading in headings)]
    return TableBlock("How many statements stand where", columns, rows, header_column=True)
