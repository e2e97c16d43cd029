"""What a programme tells its funder: how many started, stayed and finished, from the milestones that stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trellis.core.rules.small_numbers import Part, tell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COUNTED: tuple[str, ...] = ("started", "retained_1", "retained_2", "completed", "withdrawn")
"""The milestones of a report, in its order."""


@dataclass(frozen=True)
class Counted:
    """The learners of one authority or cohort: how many had a place, and how many reached what."""

    name: str
    places: int
    reached: Mapping[str, int] = field(default_factory=dict)

    def row(self) -> list[int]:
        """The figures in the order of a report, places first.

        >>> Counted("Fenwickshire", 12, {"started": 11, "completed": 9}).row()
        [12, 11, 0, 0, 9, 0]
        """
        return [self.places, *(self.reached.get(kind, 0) for kind in COUNTED)]


def total(parts: Sequence[Counted], name: str = "All") -> Counted:
    """All parts together.

    >>> total([Counted("a", 3, {"started": 2}), Counted("b", 4, {"started": 4})]).row()
    [7, 6, 0, 0, 0, 0]
    """
    reached = {kind: sum(part.reached.get(kind, 0) for part in parts) for kind in COUNTED}
    return Counted(name, sum(part.places for part in parts), reached)


def told_outside(parts: Sequence[Counted]) -> list[list[str]]:
    """The rows of a report that leaves the centre: no figure in it lets anybody be picked out.

    A row for each authority, then all together; each figure as words.

    >>> many, few = Counted("Fenwickshire", 20, {"started": 15}), Counted("Harrowmere", 30, {"started": 20})
    >>> [row[:3] for row in told_outside([many, few])]
    [['Fenwickshire', '20', '15'], ['Harrowmere', '30', '20'], ['All', '50', '35']]
    >>> [row[2] for row in told_outside([many, Counted("Harrowmere", 4, {"started": 4})])]
    ['not told', 'not told', '19']
    """
    whole = total(parts)
    columns = [
        tell(Part.of("All", *(Part(part.name, part.places, part.reached.get(kind, 0)) for part in parts)))
        for kind in COUNTED
    ]
    rows = []
    for part in [*parts, whole]:
        known = [column.by_name.get(part.name) for column in columns]
        counted = next(
            (str(each.figure.counted) for each in known if each and each.figure.counted is not None), "not told"
        )
        rows.append([part.name, counted, *(_words(each) for each in known)])
    return rows


def _words(told: object) -> str:
    figure = getattr(told, "figure", None)
    if figure is None:
        return "not told"
    if figure.said is not None:
        return f"{figure.said:,}"
    return {"few": "fewer than 5", "nearly_all": "all but fewer than 5"}.get(figure.bound, "not told")
