"""What a programme tells its funder: how many started, stayed and finished, from the milestones that stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from trellis.core.rules.small_numbers import FEWEST, tell_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

COUNTED: tuple[str, ...] = ("started", "retained_1", "retained_2", "completed", "withdrawn")
"""The milestones of a report, in its order."""

TOLD_FIRST: tuple[str, ...] = ("started", "completed", "withdrawn", "places", "retained_1", "retained_2")
"""What is told of an authority sooner than the rest: what a funder sets targets for comes first."""


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


NOT_TOLD = "–"


def told_outside(parts: Sequence[Counted]) -> list[list[str]]:
    """The rows of a report that leaves the centre: no figure in it lets anybody be picked out.

    A row for each authority, then all together; each figure as words. A figure is told when neither it nor anything
    that a reader can work out with it is below five, nobody included (`core.rules.small_numbers.tell_rows`). What is told
    of all and not of an authority is not to be worked out from the other authorities either.

    Harrowmere has three who did not complete. Brackendale’s figure could be told by itself, but then Harrowmere’s
    could be worked out.

    >>> one = Counted("Ashmarch", 40, {"started": 30, "completed": 20, "withdrawn": 5})
    >>> two = Counted("Brackendale", 26, {"started": 26, "completed": 18, "withdrawn": 8})
    >>> three = Counted("Harrowmere", 16, {"started": 13, "completed": 10, "withdrawn": 3})
    >>> for row in told_outside([one, two, three]): print(row)
    ['Ashmarch', '–', '30', '–', '–', '20', '–']
    ['Brackendale', '–', '26', '–', '–', '–', '–']
    ['Harrowmere', '–', '13', '–', '–', '–', '–']
    ['All', '82', '69', 'fewer than 5', 'fewer than 5', '48', '16']
    """
    figures = [dict(zip(("places", *COUNTED), part.row(), strict=True)) for part in (*parts, total(parts))]
    of_all, of_parts = tell_rows(figures[:-1], TOLD_FIRST, worked_out)
    rows = [
        [part.name, *(f"{figure:,}" if column in told else NOT_TOLD for column, figure in each.items())]
        for part, each, told in zip(parts, figures, of_parts, strict=False)
    ]
    whole = [
        f"{figure:,}" if column in of_all else f"fewer than {FEWEST}" if figure < FEWEST else NOT_TOLD
        for column, figure in figures[-1].items()
    ]
    return [*rows, ["All", *whole]]


def worked_out(told: Mapping[str, int]) -> Iterator[int]:
    """How many people somebody can read, or work out, from what is told of the same places.

    Who did not start, was not retained, has not completed, has not withdrawn, and who is still there: what is left of
    a larger figure without the smaller one. Whoever completed has not withdrawn.

    >>> list(worked_out({"places": 20, "completed": 9, "withdrawn": 6}))
    [20, 9, 6, 11, 14, 5]
    """
    yield from told.values()
    stages = [kind for kind in ("places", *COUNTED) if kind in told and kind != "withdrawn"]
    for one, other in combinations(stages, 2):
        yield abs(told[one] - told[other])
    if "withdrawn" in told:
        for kind in stages:
            if kind != "completed":
                yield abs(told[kind] - told["withdrawn"])
                if "completed" in told:
                    yield abs(told[kind] - told["completed"] - told["withdrawn"])
