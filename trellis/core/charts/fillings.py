"""How one kind of thing is told from another in a bar: by pattern first, by colour too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.charts.svg import INK, PAPER, add

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from trellis.core.charts.geometry import Point


def _stripes(tile: Element) -> None:
    add(tile, "rect", width=8, height=8, fill="#d5e5e6")
    add(tile, "path", d="M-2,2 L2,-2 M0,8 L8,0 M6,10 L10,6", stroke="#0b5c63", stroke_width=2)


def _dots(tile: Element) -> None:
    add(tile, "rect", width=8, height=8, fill="#fbf1e6")
    add(tile, "circle", cx=2, cy=2, r=1.3, fill="#a1440f")
    add(tile, "circle", cx=6, cy=6, r=1.3, fill="#a1440f")


def _blank(tile: Element) -> None:
    add(tile, "rect", width=8, height=8, fill=PAPER)


def _lattice(tile: Element) -> None:
    add(tile, "rect", width=8, height=8, fill="#ece7f4")
    add(tile, "path", d="M0,0 L8,8 M8,0 L0,8", stroke="#5a3d8a", stroke_width=1)


def _rungs(tile: Element) -> None:
    add(tile, "rect", width=8, height=8, fill="#eef3e4")
    add(tile, "path", d="M0,4 L8,4", stroke="#3f6212", stroke_width=2)


def _solid(tile: Element) -> None:
    add(tile, "rect", width=8, height=8, fill="#0b5c63")


# From the heaviest to the lightest; neighbours differ in black and white too.
FILLINGS: tuple[Callable[[Element], None], ...] = (_solid, _stripes, _dots, _blank, _lattice, _rungs)


def define_fillings(root: Element, key: str, count: int) -> None:
    """Put the patterns of `count` levels into the picture."""
    definitions = add(root, "defs")
    for number in range(min(count, len(FILLINGS))):
        tile = add(definitions, "pattern", id=filling_id(key, number), width=8, height=8, patternUnits="userSpaceOnUse")
        FILLINGS[number](tile)


def filling_id(key: str, number: int) -> str:
    """The id of the pattern of a level."""
    return f"{key}-level-{number % len(FILLINGS)}"


def draw_filled(parent: Element, key: str, number: int, at: Point, width: float, height: float) -> None:
    """A rectangle with the pattern of a level, outlined in ink."""
    fill = f"url(#{filling_id(key, number)})"
    add(parent, "rect", x=at.x, y=at.y, width=width, height=height, fill=fill, stroke=INK, stroke_width=1)
