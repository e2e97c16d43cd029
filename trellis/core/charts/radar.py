"""A radar chart: how far several things have come, side by side, as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from trellis.core.charts.geometry import Point, unbroken_runs
from trellis.core.charts.legend import write_entry
from trellis.core.charts.lettering import LINE
from trellis.core.charts.marks import draw_line, draw_marker, look
from trellis.core.charts.radar_layout import RadarLayout, lay_out
from trellis.core.charts.svg import PALE, add, finished, picture, points, words
from trellis.core.charts.value_bars import NOT_KNOWN, draw_value_bars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

FEWEST_AXES = 3  # with fewer there is no shape: bars say it better
PLAIN_RINGS = 4


@dataclass(frozen=True)
class Series:
    """One line on the chart: its name, and for each axis a value from 0 to 1, or None where there is none."""

    name: str
    values: Sequence[float | None]


def radar_svg(
    axes: Sequence[str],
    series: Sequence[Series],
    *,
    title: str,
    description: str,
    key: str = "radar",
    levels: Sequence[str] = (),
) -> SafeString:
    """A radar chart for any number of axes, as SVG for a page, a PDF or a Word file.

    `levels` names the rings from the middle outwards; level i of n (from 1) is the value i/n. `description` says
    in words what the chart shows; `key` makes the ids unique when a page has several. One or two axes become bars.
    Raises ValueError when a series has not one value for each axis, or a value outside 0 to 1.
    """
    _check(axes, series)
    root = picture(key, title, description)
    if len(axes) < FEWEST_AXES:
        return finished(root, draw_value_bars(root, axes, [(line.name, line.values) for line in series], levels))
    layout = lay_out(tuple(axes))
    root.extend(_web(tuple(axes), len(levels) or PLAIN_RINGS))
    for number in reversed(range(len(series))):
        _draw_series(root, layout, series[number], number)
    return finished(root, _write_legend(root, layout, axes, series, levels))


def _check(axes: Sequence[str], series: Sequence[Series]) -> None:
    """Refuse what cannot be drawn truthfully."""
    for line in series:
        if len(line.values) != len(axes):
            raise ValueError(f"{line.name}: {len(line.values)} values for {len(axes)} axes")
        if not all(value is None or 0 <= value <= 1 for value in line.values):
            raise ValueError(f"{line.name}: every value must be from 0 to 1")


@lru_cache(maxsize=64)
def _web(axes: tuple[str, ...], rings: int) -> tuple[Element, ...]:
    """Rings, spokes and labels: the same for every chart with these axes, so drawn once and never changed."""
    root, layout = Element("svg"), lay_out(axes)
    _draw_web(root, layout, rings)
    return tuple(root)


def _draw_web(root: Element, layout: RadarLayout, rings: int) -> None:
    """Rings, spokes and labels."""
    count = len(layout.labels)
    for ring in range(1, rings + 1):
        places = [layout.place(axis, ring / rings) for axis in range(count)]
        add(root, "polygon", points=points(places), fill="none", stroke=PALE, stroke_width=1.5 if ring == rings else 1)
    for axis, label in enumerate(layout.labels):
        end = layout.place(axis, 1)
        add(root, "line", x1=layout.centre.x, y1=layout.centre.y, x2=end.x, y2=end.y, stroke=PALE, stroke_width=1)
        words(root, label.lines, label.first_line, anchor=label.anchor)


def _draw_series(root: Element, layout: RadarLayout, line: Series, number: int) -> None:
    """One line with its markers; where a value is missing, the line is interrupted."""
    places = [None if value is None else layout.place(axis, value) for axis, value in enumerate(line.values)]
    for run in unbroken_runs(line.values):
        known = [place for axis in run if (place := places[axis]) is not None]
        draw_line(root, known, look(number), closed=len(run) == len(places))
    for place in places:
        if place is not None:
            draw_marker(root, place, look(number))


def _write_legend(
    root: Element, layout: RadarLayout, axes: Sequence[str], series: Sequence[Series], levels: Sequence[str]
) -> float:
    """What the lines, the rings and the numbers mean; returns the height of the whole picture."""
    top = layout.bottom + LINE / 2
    for number, line in enumerate(series):
        top = write_entry(root, top, line.name, partial(_draw_sample, root, number))
    if levels:
        top = write_entry(root, top, f"Rings from the middle outwards: {', '.join(levels)}.")
    missing = [name for axis, name in enumerate(axes) if all(line.values[axis] is None for line in series)]
    if layout.numbered:
        for number, name in enumerate(axes, start=1):
            note = f" ({NOT_KNOWN})" if name in missing else ""
            top = write_entry(root, top, f"{number}. {name}{note}")
    elif missing:
        top = write_entry(root, top, f"With {NOT_KNOWN}: {', '.join(missing)}.")
    return top


def _draw_sample(root: Element, number: int, at: Point) -> None:
    """A short piece of the line of a series, with its marker."""
    draw_line(root, [at, at.moved(32, 0)], look(number))
    draw_marker(root, at.moved(16, 0), look(number))
