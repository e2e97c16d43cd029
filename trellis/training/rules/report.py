"""What a programme tells its funder: how many started, stayed and finished, from the milestones that stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trellis.core.rules.small_numbers import FEWEST, Part, tell

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


NOT_TOLD = "not told"


def told_outside(parts: Sequence[Counted]) -> list[list[str]]:
    """The rows of a report that leaves the centre: no figure in it lets anybody be picked out.

    A row for each authority, then all together; each figure as words. Whoever completed was retained, and whoever was
    retained had started: so besides what one question may tell (`core.rules.small_numbers`), a figure is told only when
    it is at least five below the last one told in each row, and withdrawing only when at least five are neither
    completed nor withdrawn. For the authorities a column is told whole or not at all.

    >>> one = Counted("Fenwickshire", 40, {"started": 30, "retained_1": 28, "completed": 20, "withdrawn": 6})
    >>> two = Counted("Harrowmere", 50, {"started": 40, "retained_1": 33, "completed": 25, "withdrawn": 9})
    >>> for row in told_outside([one, two]): print(row)
    ['Fenwickshire', '40', '30', 'not told', 'not told', '20', '6']
    ['Harrowmere', '50', '40', 'not told', 'not told', '25', '9']
    ['All', '90', '70', '61', 'fewer than 5', '45', '15']
    >>> [row[2] for row in told_outside([one, Counted("Harrowmere", 4, {"started": 4})])]
    ['not told', 'not told', '34']
    """
    whole = total(parts)
    told_of_all, told_apart = [whole.places], [[part.places] for part in parts]
    columns: list[list[str]] = [_places(parts, whole)]
    for kind in COUNTED:
        told = tell(Part.of("All", *(Part(part.name, part.places, part.reached.get(kind, 0)) for part in parts)))
        known = [told.by_name.get(part.name) for part in parts]
        apart = all(
            each is not None and each.figure.said is not None and _keeps_apart(kind, each.figure.said, before)
            for each, before in zip(known, told_apart, strict=True)
        )
        said = told.figure.said
        of_all = said is not None and _keeps_apart(kind, said, told_of_all)
        column = [NOT_TOLD for _ in parts]
        if apart and of_all:
            figures = [part.reached.get(kind, 0) for part in parts]
            column = [f"{figure:,}" for figure in figures]
            for before, figure in zip(told_apart, figures, strict=True):
                before.append(figure)
        if of_all:
            told_of_all.append(said or 0)
            column.append(f"{said:,}")
        else:
            column.append(_BOUNDS.get(told.figure.bound, NOT_TOLD) if said is None else NOT_TOLD)
        columns.append(column)
    return [
        [name, *figures] for name, *figures in zip([*(part.name for part in parts), whole.name], *columns, strict=True)
    ]


_BOUNDS = {"few": "fewer than 5", "nearly_all": "all but fewer than 5"}


def _keeps_apart(kind: str, figure: int, before: Sequence[int]) -> bool:
    """Whether a figure, told beside those told before it in its row, tells of no group of fewer than five.

    `before` begins with the places and falls from there.
    """
    if kind == "withdrawn":
        return before[0] - (before[-1] if len(before) > 1 else 0) - figure >= FEWEST
    return before[-1] - figure >= FEWEST


def _places(parts: Sequence[Counted], whole: Counted) -> list[str]:
    """How many had a place: of the authorities only when each has enough."""
    told = tell(Part.of("All", *(Part(part.name, part.places, 0) for part in parts)))
    known = [told.by_name.get(part.name) for part in parts]
    apart = [NOT_TOLD if each is None or each.figure.counted is None else f"{each.figure.counted:,}" for each in known]
    return [*apart, f"{whole.places:,}" if whole.places >= FEWEST else "fewer than 5"]
