"""The lines under a chart that say what its numbers, rings, lines and fillings stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.charts.geometry import WIDTH, Point
from trellis.core.charts.lettering import LINE, wrapped
from trellis.core.charts.svg import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

INDENT = 44.0  # room for the sign before an entry
EDGE = 4.0
BETWEEN = 5.0


def write_entry(root: Element, top: float, text: str, sign: Callable[[Point], None] | None = None) -> float:
    """One entry below `top`, with its sign before it; returns where the next can begin."""
    left = INDENT if sign else EDGE
    lines = wrapped(text, WIDTH - left - EDGE) or [""]
    if sign:
        sign(Point(EDGE, top + LINE / 2))
    words(root, lines, Point(left, top + LINE * 0.75))
    return top + len(lines) * LINE + BETWEEN
