"""SVG as our pages may carry it: presentation attributes only, no style, no script, everything escaped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from django.utils.safestring import SafeString, mark_safe

from trellis.core.charts.geometry import WIDTH, Point
from trellis.core.charts.lettering import LINE, SIZE
from trellis.core.exports.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

INK, PALE, PAPER = "#1f2a2c", "#aab7b8", "#ffffff"

IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
IN_ATTRIBUTES = IN_TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def picture(key: str, title: str, description: str) -> Element:
    """An empty picture with its name and what it shows in words; `key` makes its ids unique on the page."""
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": "chart", "role": "img"})
    root.set("aria-labelledby", f"{key}-title {key}-description")
    add(root, "title", id=f"{key}-title").text = printable(title)
    add(root, "desc", id=f"{key}-description").text = printable(description)
    return root


def finished(root: Element, height: float) -> SafeString:
    """The picture as text, with its height; safe to put into a page because every value was escaped on the way."""
    root.set("viewBox", f"0 0 {number(WIDTH)} {number(height)}")
    return mark_safe(_written(root))  # noqa: S308


def _written(element: Element) -> str:
    """An element as text. `tostring` looks for namespaces in every name, which is most of what it costs.

    >>> text = Element("text", {"id": 'a"b'})
    >>> SubElement(text, "tspan").text = "Soft & <hard>"
    >>> _written(text)
    '<text id="a&quot;b"><tspan>Soft &amp; &lt;hard&gt;</tspan></text>'
    """
    said = "".join([f' {name}="{value.translate(IN_ATTRIBUTES)}"' for name, value in element.items()])
    inside = (element.text or "").translate(IN_TEXT) + "".join([_written(child) for child in element])
    return f"<{element.tag}{said}>{inside}</{element.tag}>"


def add(parent: Element, tag: str, **attributes: str | float) -> Element:
    """A new element in another; `stroke_width=2` becomes `stroke-width="2"`."""
    said = {_in_svg(name): value if isinstance(value, str) else number(value) for name, value in attributes.items()}
    return SubElement(parent, tag, said)


@cache
def _in_svg(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def words(parent: Element, lines: Iterable[str], at: Point, anchor: str = "start", weight: str = "normal") -> Element:
    """Lines of text, the first standing on the line at `at`."""
    text = add(parent, "text", font_size=SIZE, fill=INK, text_anchor=anchor, font_weight=weight)
    for row, line in enumerate(lines):
        add(text, "tspan", x=at.x, y=at.y + row * LINE).text = printable(line)
    return text


def points(places: Sequence[Point]) -> str:
    """Places as the `points` of a polygon or a line.

    >>> points([Point(0, 1.5), Point(2.25, 3)])
    '0,1.5 2.25,3'
    """
    return " ".join(f"{number(place.x)},{number(place.y)}" for place in places)


def number(value: float) -> str:
    """A number as short as it can be without moving anything that could be seen.

    >>> number(2.0), number(-0.001), number(1.23456)
    ('2', '0', '1.23')
    """
    return f"{round(value, 2) + 0:g}" if abs(value) < 10_000 else str(round(value))
