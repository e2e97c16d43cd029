"""What stands where on the pages of a PDF, as far as tests ask."""

from __future__ import annotations

from io import BytesIO

import pikepdf

FOOT = 0.09  # the share of a page that our footer takes


def lines_on_pages(made: bytes) -> list[int]:
    """How many lines of text each page has above its footer: heights at which something is written."""
    with pikepdf.open(BytesIO(made)) as pdf:
        return [len(_heights(page)) for page in pdf.pages]


def _heights(page: pikepdf.Page) -> set[int]:
    """The heights, in points from below, at which text is written on a page."""
    foot = float(page.mediabox[3]) * FOOT
    found: set[int] = set()
    matrix, kept = pikepdf.Matrix(), []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                kept.append(matrix)
            case "Q":
                matrix = kept.pop()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "BT":
                line = pikepdf.Matrix()
            case "Tm":
                line = pikepdf.Matrix(*map(float, operands))
            case "Td" | "TD":
                line = pikepdf.Matrix(1, 0, 0, 1, *map(float, operands)) @ line
            case "Tj" | "TJ":
                found.add(round((line @ matrix).f))
    return {height for height in found if height > foot}
