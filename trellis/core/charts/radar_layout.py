"""Where a radar chart puts its ring and its labels, for any number of axes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from trellis.core.charts.geometry import WIDTH, Box, Point, collide, spoke
from trellis.core.charts.lettering import LINE, breaks_a_word, text_width, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

RADII = (112, 104, 96, 88, 80, 72)  # tried from the largest: long labels leave less room for the ring
NUMBERED_RADIUS = 112
GAP = 12  # between the ring and a label
EDGE = 4  # between a label and the edge of the chart
CENTRED = 0.15  # how close to straight up or down a spoke must point for its label to stand in the middle


@dataclass(frozen=True)
class Label:
    """The words at the end of a spoke, and the room they take."""

    lines: tuple[str, ...]
    box: Box
    anchor: str

    @property
    def first_line(self) -> Point:
        """Where the first line stands."""
        across = {"start": self.box.left, "middle": self.box.left + self.box.width / 2, "end": self.box.right}
        return Point(across[self.anchor], self.box.top + LINE * 0.75)


@dataclass(frozen=True)
class RadarLayout:
    """A radar chart before its values: middle, radius, labels, where the drawing ends.

    `numbered` says that the labels are only numbers, because the words would not have fitted around the ring.
    """

    centre: Point
    radius: float
    labels: tuple[Label, ...]
    bottom: float
    numbered: bool

    def place(self, axis: int, value: float) -> Point:
        """Where a value from 0 (the middle) to 1 (the ring) stands on an axis."""
        return spoke(axis, len(self.labels), self.radius * value).moved(*self.centre)


@lru_cache(maxsize=64)  # the same few frameworks, drawn again and again
def lay_out(names: tuple[str, ...]) -> RadarLayout:
    """The largest ring around which all names fit; if none does, a ring with numbers.

    >>> lay_out(("Leadership", "Families", "Resources")).numbered
    False
    >>> lay_out(("Assessment and identification",) * 15).numbered
    True
    """
    for radius in RADII:
        labels = [_label(number, len(names), name, radius) for number, name in enumerate(names)]
        if _fits(labels, names, radius):
            return _settled(labels, radius, numbered=False)
    numbers = [str(number) for number in range(1, len(names) + 1)]
    labels = [_label(number, len(names), name, NUMBERED_RADIUS) for number, name in enumerate(numbers)]
    return _settled(labels, NUMBERED_RADIUS, numbered=True)


def _label(number: int, count: int, name: str, radius: float) -> Label:
    """One label around a centre at (0, 0): beside its spoke, or in the middle above or below it."""
    end = spoke(number, count, radius + GAP)
    up = -end.y / (radius + GAP)
    room = _room(end, radius)
    lines = wrapped(name, room)
    width = min(room, max((text_width(line) for line in lines), default=0))
    height = len(lines) * LINE
    box = Box(_left(end, radius, width), end.y - height * (1 + up) / 2, width, height)
    return Label(tuple(lines), box, _anchor(end, radius))


def _anchor(end: Point, radius: float) -> str:
    """On which side of its place a label stands."""
    if abs(end.x) < CENTRED * radius:
        return "middle"
    return "start" if end.x > 0 else "end"


def _left(end: Point, radius: float, width: float) -> float:
    """The left edge of a label."""
    return {"start": end.x, "middle": end.x - width / 2, "end": end.x - width}[_anchor(end, radius)]


def _room(end: Point, radius: float) -> float:
    """How wide a label may be before it leaves the chart."""
    half = WIDTH / 2 - EDGE
    return 2 * (half - abs(end.x)) * 0.75 if _anchor(end, radius) == "middle" else half - abs(end.x)


def _fits(labels: Sequence[Label], names: Sequence[str], radius: float) -> bool:
    """Whether no word is cut, no label covers another, and none covers the ring."""
    boxes = [label.box for label in labels]
    words_whole = not any(
        breaks_a_word(name, _room(spoke(number, len(names), radius + GAP), radius)) for number, name in enumerate(names)
    )
    clear = all(box.distance_to(Point(0, 0)) >= radius for box in boxes)
    return words_whole and clear and not collide(boxes)


def _settled(labels: Sequence[Label], radius: float, *, numbered: bool) -> RadarLayout:
    """Everything moved down and right so that the drawing begins at the upper edge."""
    top = min(-radius, *(label.box.top for label in labels))
    bottom = max(radius, *(label.box.bottom for label in labels))
    centre = Point(WIDTH / 2, EDGE - top)
    moved = tuple(
        Label(
            label.lines,
            Box(label.box.left + centre.x, label.box.top + centre.y, label.box.width, label.box.height),
            label.anchor,
        )
        for label in labels
    )
    return RadarLayout(centre, radius, moved, bottom + centre.y, numbered)
