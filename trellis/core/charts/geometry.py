"""Where things stand on a chart. Pure arithmetic: x grows to the right, y grows downwards, in units of the view box."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 360.0  # of every chart; on a phone of 320 pixels, 14 units are still 11 pixels


class Point(NamedTuple):
    """A place on the chart."""

    x: float
    y: float

    def moved(self, x: float, y: float) -> Point:
        """The place this far to the right and this far down."""
        return Point(self.x + x, self.y + y)


@dataclass(frozen=True)
class Box:
    """A rectangle that something fills, such as a label."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge.

        >>> Box(0, 0, 10, 10).overlaps(Box(5, 5, 10, 10)), Box(0, 0, 10, 10).overlaps(Box(10, 0, 5, 5))
        (True, False)
        """
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def distance_to(self, point: Point) -> float:
        """How far the nearest part of the rectangle is from a place; 0 inside.

        >>> Box(3, 4, 10, 10).distance_to(Point(0, 0)), Box(0, 0, 2, 2).distance_to(Point(1, 1))
        (5.0, 0.0)
        """
        across = max(self.left - point.x, 0, point.x - self.right)
        down = max(self.top - point.y, 0, point.y - self.bottom)
        return hypot(across, down)


def spoke(number: int, count: int, length: float) -> Point:
    """The end of one of `count` equal spokes around (0, 0); number 0 points up, the others follow clockwise.

    >>> [tuple(round(part, 6) for part in spoke(number, 4, 10)) for number in range(4)]
    [(0.0, -10.0), (10.0, -0.0), (0.0, 10.0), (-10.0, 0.0)]
    """
    angle = 2 * pi * number / count
    return Point(length * sin(angle), -length * cos(angle))


def collide(boxes: Sequence[Box]) -> bool:
    """Whether any two of the rectangles overlap."""
    return any(first.overlaps(second) for first, second in combinations(boxes, 2))


def unbroken_runs(values: Sequence[float | None]) -> list[list[int]]:
    """The numbers of neighbouring values around a ring, broken where one is missing; a whole ring is one run.

    >>> unbroken_runs([1, 1, 1]), unbroken_runs([1, None, 1, 1]), unbroken_runs([None, 1, None])
    ([[0, 1, 2]], [[2, 3, 0]], [[1]])
    """
    count = len(values)
    missing = [number for number, value in enumerate(values) if value is None]
    if not missing:
        return [list(range(count))] if count else []
    runs: list[list[int]] = [[]]
    for step in range(1, count + 1):
        number = (missing[0] + step) % count
        if values[number] is None:
            runs.append([])
        else:
            runs[-1].append(number)
    return [run for run in runs if run]
