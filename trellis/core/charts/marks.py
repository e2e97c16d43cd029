"""How one line is told from another: by dash and marker first, by colour too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trellis.core.charts.svg import PAPER, add, points

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from trellis.core.charts.geometry import Point


@dataclass(frozen=True)
class Look:
    """How a series is drawn; colours have a contrast of at least 4.5 to 1 on white."""

    colour: str
    dash: str
    marker: str


LOOKS = (
    Look("#0b5c63", "none", "circle"),
    Look("#a1440f", "7 4", "square"),
    Look("#5a3d8a", "2 4", "triangle"),
    Look("#3f6212", "9 3 2 3", "diamond"),
)
CORNERS = {
    "square": ((-4, -4), (4, -4), (4, 4), (-4, 4)),
    "triangle": ((0, -6), (5, 4), (-5, 4)),
    "diamond": ((0, -6), (6, 0), (0, 6), (-6, 0)),
}


def look(number: int) -> Look:
    """The look of a series by its number; after four, they come round again."""
    return LOOKS[number % len(LOOKS)]


def draw_line(parent: Element, places: list[Point], style: Look, *, closed: bool = False) -> None:
    """A line through places, or a closed shape with a faint filling."""
    stroke: dict[str, str | float] = {
        "stroke": style.colour,
        "stroke_width": 2.5,
        "stroke_dasharray": style.dash,
        "stroke_linejoin": "round",
    }
    if closed:
        add(parent, "polygon", points=points(places), fill=style.colour, fill_opacity=0.1, **stroke)
    else:
        add(parent, "polyline", points=points(places), fill="none", **stroke)


def draw_marker(parent: Element, at: Point, style: Look) -> None:
    """The sign of a series at a place: solid for a continuous line, hollow for a dashed one."""
    fill = style.colour if style.dash == "none" else PAPER
    if style.marker == "circle":
        add(parent, "circle", cx=at.x, cy=at.y, r=4.5, fill=fill, stroke=style.colour, stroke_width=2)
        return
    corners = [at.moved(x, y) for x, y in CORNERS[style.marker]]
    add(parent, "polygon", points=points(corners), fill=fill, stroke=style.colour, stroke_width=2)
