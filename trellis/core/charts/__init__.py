"""Charts drawn on the server: SVG that needs no script, prints in black and white, and has its words inside."""

from trellis.core.charts.bars import Bar, bar_svg
from trellis.core.charts.radar import Series, radar_svg
from trellis.core.charts.raster import chart_png

__all__ = ["Bar", "Series", "bar_svg", "chart_png", "radar_svg"]
