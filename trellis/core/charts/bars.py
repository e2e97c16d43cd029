"""Stacked bars: how many of each kind there are, group by group, as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from trellis.core.charts.fillings import define_fillings, draw_filled
from trellis.core.charts.geometry import WIDTH, Point
from trellis.core.charts.legend import write_entry
from trellis.core.charts.lettering import LINE, text_width, wrapped
from trellis.core.charts.svg import INK, PAPER, add, finished, picture, words
from trellis.core.charts.value_bars import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from django.utils.safestring import SafeString

EDGE = 4.0
LENGTH = WIDTH - 2 * EDGE
THICK = 26.0
BETWEEN = 12.0


@dataclass(frozen=True)
class Bar:
    """One bar: its label, and for each level how many, from 0."""

    label: str
    counts: Sequence[int]


def bar_svg(
    bars: Sequence[Bar], levels: Sequence[str], *, title: str, description: str, key: str = "bars"
) -> SafeString:
    """Horizontal stacked bars on one scale, with the count in each piece and a pattern for each level.

    Raises ValueError when a bar has not one count for each level, or a count below 0.
    """
    for bar in bars:
        if len(bar.counts) != len(levels) or min(bar.counts, default=0) < 0:
            raise ValueError(f"{bar.label}: one count from 0 for each of {len(levels)} levels is needed")
    root = picture(key, title, description)
    define_fillings(root, key, len(levels))
    longest = max((sum(bar.counts) for bar in bars), default=0)
    top = EDGE
    for bar in bars:
        top = _draw_bar(root, key, top, bar, longest)
    if not bars:
        top = write_entry(root, top, NOTHING)
    for number, level in enumerate(levels):
        top = write_entry(root, top, level, partial(_draw_sample, root, key, number))
    return finished(root, top)


def pieces(counts: Sequence[int], longest: int, length: float = LENGTH) -> list[tuple[float, float]]:
    """Where each piece of a bar begins and how wide it is, when `longest` things are `length` wide.

    >>> pieces([1, 0, 3], longest=4, length=100)
    [(0.0, 25.0), (25.0, 0.0), (25.0, 75.0)]
    """
    unit = length / longest if longest else 0.0
    return [(sum(counts[:number]) * unit, count * unit) for number, count in enumerate(counts)]


def _draw_bar(root: Element, key: str, top: float, bar: Bar, longest: int) -> float:
    """A bar under its label; returns where the next can begin."""
    lines = wrapped(bar.label, LENGTH) or [""]
    words(root, lines, Point(EDGE, top + LINE * 0.75))
    top += len(lines) * LINE + 2
    if not any(bar.counts):
        words(root, ["none"], Point(EDGE, top + THICK * 0.68))
    for number, (start, width) in enumerate(pieces(bar.counts, longest)):
        if width:
            draw_filled(root, key, number, Point(EDGE + start, top), width, THICK)
            _write_count(root, bar.counts[number], Point(EDGE + start + width / 2, top + THICK / 2), width)
    return top + THICK + BETWEEN


def _write_count(root: Element, count: int, middle: Point, room: float) -> None:
    """The count on a white plate in the middle of its piece, when it fits; the table beside says the same."""
    text = f"{count:,}"
    width = text_width(text) + 6
    if width + 4 <= room:
        plate = middle.moved(-width / 2, -LINE / 2)
        add(
            root, "rect", x=plate.x, y=plate.y, width=width, height=LINE, rx=3, fill=PAPER, stroke=INK, stroke_width=0.5
        )
        words(root, [text], middle.moved(0, LINE * 0.27), anchor="middle")


def _draw_sample(root: Element, key: str, number: int, at: Point) -> None:
    """A small piece with the pattern of a level."""
    draw_filled(root, key, number, at.moved(0, -8), 32, 16)
