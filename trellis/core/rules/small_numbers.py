"""Small numbers: which counts may be told, so that nobody can be picked out. This is the one place that decides.

Those counted are divided again and again into parts (kind of setting, then area), and a question is counted in every
part: how many of them *said so*. What may be told follows three rules, with `fewest` = 5:

1. A figure is told exactly when it and its complement are at least `fewest`: 18 of 20 tells of the two others.
   Of the whole it is told otherwise only that it is “fewer than 5”, or “all but fewer than 5”.
2. The parts of a part are told all together or not at all: one left out could be worked out from the others.
3. How many were counted in parts is told only when each part could ever be told anything (at least 2 × `fewest`).

Because every part lies in one other only, the figures cannot be taken from each other to reach what is left out: each
figure not told keeps at least `fewest` possible values, also for someone who knows these rules and everybody who was
counted. Two ways of dividing the same people side by side (by kind *and* by area) would not have this property, so
figures for other selections are told only when they are sums of figures told (`figure_for`).

Source: Trellis’s rule on small numbers (docs/decisions/0105); councils publish “fewer than 5” likewise.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

FEWEST = 5


@dataclass(frozen=True)
class Part:
    """Some of those counted: how many they are, how many of them said so, and the parts they divide into.

    `parts` is empty, or together exactly this part. Names are unique in the whole.
    """

    name: str
    counted: int
    said: int
    parts: tuple[Part, ...] = ()

    @staticmethod
    def of(name: str, *parts: Part) -> Part:
        """The part that these parts make up.

        >>> Part.of("all", Part("north", 12, 5), Part("south", 20, 9)).said
        14
        """
        return Part(name, sum(part.counted for part in parts), sum(part.said for part in parts), parts)


@dataclass(frozen=True)
class Figure:
    """What may be told: how many were counted and how many said so; `None` is not told.

    `bound` says of a whole whose figure is not told on which side it lies: `few`, `nearly_all`, or nothing.
    """

    counted: int | None
    said: int | None
    bound: str = ""

    @property
    def words(self) -> str:
        """The figure as a page shows it.

        >>> Figure(20, 9).words, Figure(20, None, "few").words, Figure(20, None, "nearly_all").words
        ('9 of 20', 'fewer than 5 of 20', 'all but fewer than 5 of 20')
        >>> Figure(None, None).words, Figure(20, None).words
        ('not shown', 'not shown')
        """
        if self.said is not None:
            return f"{self.said} of {self.counted}"
        bounds = {"few": "fewer than", "nearly_all": "all but fewer than"}
        return f"{bounds[self.bound]} {FEWEST} of {self.counted}" if self.bound else "not shown"


NOT_TOLD = Figure(None, None)
NOBODY = Figure(0, 0)


@dataclass(frozen=True)
class Told:
    """A part with what may be told of it. `parts` are those that may be told apart; `leaves` all smallest parts in it."""

    name: str
    figure: Figure
    leaves: frozenset[str]
    parts: tuple[Told, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Told]:
        """This part and every part in it that may be told apart, by name."""
        return {self.name: self} | {name: part for each in self.parts for name, part in each.by_name.items()}


def can_be_told(counted: int, said: int, fewest: int = FEWEST) -> bool:
    """Whether a figure hides nobody and neither does its complement.

    >>> can_be_told(20, 9), can_be_told(20, 4), can_be_told(20, 18)
    (True, False, False)
    """
    return fewest <= said <= counted - fewest


def at_least(number: int, of: int, fewest: int = FEWEST) -> int:
    """What may be told of a number that grows from day to day: in steps of `fewest`, and never as nearly all.

    Whoever looks every day learns of no step by one; and each value told stands for `fewest` values at least.

    >>> at_least(17, 40), at_least(4, 40), at_least(40, 40), at_least(8, 9)
    (15, 0, 35, 0)
    """
    return max(0, min(number, of - fewest)) // fewest * fewest


def tell(whole: Part, fewest: int = FEWEST) -> Told:
    """What may be told of a whole and of its parts.

    >>> told = tell(Part.of("all", Part("north", 12, 5), Part("south", 20, 9)))
    >>> told.figure.words, [part.figure.words for part in told.parts]
    ('14 of 32', ['5 of 12', '9 of 20'])
    >>> told = tell(Part.of("all", Part("north", 12, 4), Part("south", 20, 9)))
    >>> told.figure.words, [part.figure.words for part in told.parts]
    ('13 of 32', ['not shown', 'not shown'])
    >>> tell(Part("all", 4, 2)).figure
    Figure(counted=None, said=None, bound='')
    """
    return _told(whole, _figure_of_whole(whole, fewest), fewest)


def _figure_of_whole(whole: Part, fewest: int) -> Figure:
    if whole.counted < fewest:
        return NOT_TOLD
    if whole.counted < 2 * fewest:
        return Figure(whole.counted, None)
    if can_be_told(whole.counted, whole.said, fewest):
        return Figure(whole.counted, whole.said)
    return Figure(whole.counted, None, "few" if whole.said < fewest else "nearly_all")


def _told(part: Part, figure: Figure, fewest: int) -> Told:
    """A part whose own figure is settled, and what follows for its parts."""
    apart = bool(part.parts) and all(each.counted >= 2 * fewest for each in part.parts)
    if not apart:
        return Told(part.name, figure, leaves_of(part))
    exactly = figure.said is not None and all(can_be_told(each.counted, each.said, fewest) for each in part.parts)
    parts = [_told(each, Figure(each.counted, each.said if exactly else None), fewest) for each in part.parts]
    return Told(part.name, figure, leaves_of(part), tuple(parts))


def leaves_of(part: Part) -> frozenset[str]:
    """The names of the smallest parts in a part.

    >>> sorted(leaves_of(Part.of("all", Part("north", 1, 0), Part("south", 2, 1))))
    ['north', 'south']
    """
    if not part.parts:
        return frozenset({part.name})
    return frozenset[str]().union(*(leaves_of(each) for each in part.parts))


def figure_for(told: Told, leaves: frozenset[str]) -> Figure:
    """The figure for a selection of smallest parts: told when it is a sum of figures told, and nothing else.

    >>> told = tell(Part.of("all", Part("north", 12, 5), Part("south", 20, 9), Part("west", 30, 12)))
    >>> figure_for(told, frozenset({"north", "west"})).words
    '17 of 42'
    """
    if told.leaves <= leaves:
        return told.figure
    if not told.leaves & leaves:
        return NOBODY
    if not told.parts:
        return NOT_TOLD
    found = [figure_for(part, leaves) for part in told.parts]
    counted, said = _sum([each.counted for each in found]), _sum([each.said for each in found])
    return Figure(counted, said)


def _sum(values: list[int | None]) -> int | None:
    """The sum, when every one of them is told."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
