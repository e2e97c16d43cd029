"""Bars for the one or two axes that make no radar chart."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from trellis.core.charts.geometry import WIDTH, Point
from trellis.core.charts.legend import write_entry
from trellis.core.charts.lettering import LINE, wrapped
from trellis.core.charts.marks import draw_line, draw_marker, look
from trellis.core.charts.svg import PALE, add, words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

EDGE = 8.0
LENGTH = WIDTH - 2 * EDGE
ROW = 20.0  # from one bar to the next
NOTHING = "There is nothing to show yet."
NOT_KNOWN = "no value yet"


def draw_value_bars(
    root: Element,
    axes: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    levels: Sequence[str],
) -> float:
    """For each axis its name and one line per series, as long as its value; returns the height of the picture."""
    top = EDGE
    for axis, name in enumerate(axes):
        top = _draw_axis(root, top, name, [values[axis] for _, values in series], len(levels))
    if not axes:
        return write_entry(root, top, NOTHING)
    for number, (name, _) in enumerate(series):
        top = write_entry(root, top, name, partial(_draw_sample, root, number))
    if levels:
        top = write_entry(root, top, f"Marks from left to right: {', '.join(levels)}.")
    return top


def _draw_axis(root: Element, top: float, name: str, values: Sequence[float | None], marks: int) -> float:
    """The name of an axis and its bars; returns where the next can begin."""
    lines = wrapped(name, LENGTH) or [""]
    words(root, lines, Point(EDGE, top + LINE * 0.75), weight="bold")
    top += len(lines) * LINE + ROW / 2
    for number, value in enumerate(values):
        _draw_scale(root, top, marks)
        if value is None:
            words(root, [NOT_KNOWN], Point(EDGE, top - 3))
        else:
            _draw_bar(root, Point(EDGE, top), LENGTH * value, number)
        top += ROW
    return top


def _draw_scale(root: Element, top: float, marks: int) -> None:
    """A thin line from nothing to everything, with a mark for each level."""
    add(root, "line", x1=EDGE, y1=top, x2=EDGE + LENGTH, y2=top, stroke=PALE, stroke_width=1)
    for mark in range(1, marks + 1):
        across = EDGE + LENGTH * mark / marks
        add(root, "line", x1=across, y1=top - 6, x2=across, y2=top + 6, stroke=PALE, stroke_width=1.5)


def _draw_bar(root: Element, start: Point, length: float, number: int) -> None:
    """A line from `start` with the marker of its series at the end."""
    end = start.moved(length, 0)
    draw_line(root, [start, end], look(number))
    draw_marker(root, end, look(number))


def _draw_sample(root: Element, number: int, at: Point) -> None:
    """A short bar of a series."""
    _draw_bar(root, at, 28, number)
