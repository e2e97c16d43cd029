"""What a programme tells its funder: how many started, stayed and finished, from the milestones that stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from trellis.core.rules.small_numbers import FEWEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

COUNTED: tuple[str, ...] = ("started", "retained_1", "retained_2", "completed", "withdrawn")
"""The milestones of a report, in its order."""

TOLD_FIRST: tuple[str, ...] = ("started", "completed", "withdrawn", "places", "retained_1", "retained_2")
"""What is told sooner than the rest: what a funder sets targets for comes first."""


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


def told_of_all(whole: Counted) -> dict[str, str]:
    """What leaves the centre of all learners together, as words: one figure after the other, the most wanted first.

    A figure is told when neither it nor anything that a reader can work out with those told before is below five. Why
    one is not told is not said either: “fewer than five” would tell, with the others, how many exactly.

    >>> told_of_all(Counted("All", 82, {"started": 69, "retained_1": 66, "completed": 48, "withdrawn": 16}))
    {'started': '69', 'completed': '48', 'withdrawn': '16', 'places': '82', 'retained_1': '–', 'retained_2': '–'}
    """
    figures = dict(zip(("places", *COUNTED), whole.row(), strict=True))
    told: dict[str, int] = {}
    for column in TOLD_FIRST:
        with_it = told | {column: figures[column]}
        if all(number >= FEWEST for number in worked_out(with_it)):
            told = with_it
    return {column: f"{told[column]:,}" if column in told else NOT_TOLD for column in TOLD_FIRST}


def told_by_authority(parts: Sequence[Counted]) -> list[tuple[str, str]]:
    """How many started in each authority in which somebody did: of all of them or of none.

    Nothing else is told of an authority: of twenty learners mostly one to four are missing in each figure that comes
    after, and hiding some authorities only would tell of those beside them.

    >>> told_by_authority([Counted("Ashmarch", 30, {"started": 26}), Counted("Harrowmere", 14, {"started": 12})])
    [('Ashmarch', '26'), ('Harrowmere', '12')]
    >>> told_by_authority([Counted("Ashmarch", 30, {"started": 26}), Counted("Harrowmere", 14, {"started": 3})])
    []
    >>> told_by_authority([Counted("Ashmarch", 30, {"started": 26}), Counted("Harrowmere", 14, {})])
    [('Ashmarch', '26')]
    """
    started = [(part.name, part.reached.get("started", 0)) for part in parts]
    begun = [(name, number) for name, number in started if number]
    return [(name, f"{number:,}") for name, number in begun] if all(number >= FEWEST for _, number in begun) else []


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
