"""A chart as dots, for Word, which does not take SVG in every version. The same drawing, not a second one."""

from __future__ import annotations

import typst

from trellis.core.charts.geometry import WIDTH
from trellis.core.fonts import families, typefaces
from trellis.core.fonts.drawing import drawable

DOTS_PER_INCH = 220.0
SHEET = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)
"""


def chart_png(svg: str) -> bytes:
    """The chart as a PNG on white, 360 points wide, sharp enough to print."""
    return typst.compile(
        SHEET,
        format="png",
        ppi=DOTS_PER_INCH,
        font_paths=typefaces(),
        sys_inputs={"svg": with_fonts(svg), "width": str(WIDTH)},
    )


def with_fonts(svg: str) -> str:
    """The chart set in the fonts of our documents, without characters that they lack.

    On a page it takes the page’s own font, therefore the chart itself names none.
    """
    names = ", ".join(f"'{name}'" for name in families())
    return drawable(svg).text.replace("<svg ", f'<svg font-family="{names}" ', 1)
