"""A chart as dots, for Word, which does not take SVG in every version. The same drawing, not a second one."""

from __future__ import annotations

import re
from base64 import b64encode
from xml.sax.saxutils import escape, unescape

import typst

from trellis.core.charts.geometry import WIDTH
from trellis.core.fonts import families, typefaces
from trellis.core.fonts.drawing import drawable

TAG = re.compile("(<[^>]*>)")
VIEW_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
DOTS_PER_INCH = 220.0
SHEET = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)
"""


def chart_png(svg: str) -> bytes:
    """The chart as a PNG on white, 360 points wide, sharp enough to print."""
    made: bytes = typst.compile(
        SHEET,
        format="png",
        ppi=DOTS_PER_INCH,
        font_paths=typefaces(),
        sys_inputs={"svg": with_fonts(svg), "width": str(WIDTH)},
    )
    return made


def with_fonts(svg: str) -> str:
    """The chart set in the fonts of our documents, without characters that they lack.

    On a page it takes the page’s own font, therefore the chart itself names none.
    """
    names = ", ".join(f"'{name}'" for name in families())
    parts = (part if part.startswith("<") else escape(drawable(unescape(part))) for part in TAG.split(svg))
    return "".join(parts).replace("<svg ", f'<svg font-family="{names}" ', 1)


def as_dots(svg: str) -> str:
    """The same chart as an SVG that holds dots instead of letters and lines, for when its letters cannot be set."""
    size = VIEW_BOX.search(svg)
    if size is None:
        raise ValueError("The picture has no view box")
    width, height = size.groups()
    data = b64encode(chart_png(svg)).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )
