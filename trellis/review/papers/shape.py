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


def chart(view: RoundView) -> SafeString | None:
    """The shape of a review: one axis for each area, this time and last time; None while nothing is rated.

    A table says the same beside it.
    """
    now, last = Series("This review", view.shares()), Series("Last review", view.last_shares())
    rated_now, rated_last = (any(value is not None for value in each.values) for each in (now, last))
    if not (rated_now or rated_last):
        return None
    return radar_svg(
        [each.area.title for each in view.areas],
        [now, last] if rated_last else [now],
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
    columns = [Column("Area", width=26), *(Column(heading, "number", width=15) for heading in headings)]
    return TableBlock("How many statements stand where", columns, rows, header_column=True)
