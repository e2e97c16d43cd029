"""Tables on a narrow screen: each cell told its column, so that a row can stand as a little list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

TAG = re.compile(r"<(tr|th|td)(?=[\s>])((?:[^>\"]|\"[^\"]*\")*)>")
ROLES = {"tr": "row", "th": "rowheader", "td": "cell"}


def labelled(rows: str, headings: Sequence[str]) -> Markup:
    """The rows of a table body with, on each cell, its column’s heading and the role that stacking would take away.

    A cell that says its own `role` or `data-label` keeps it. Cells that span columns are not counted as several.

    >>> labelled('<tr><th scope="row">Oak</th><td>9</td></tr>', ["Name", "Places#"])
    Markup('<tr role="row"><th scope="row" role="rowheader">Oak</th><td role="cell" data-label="Places">9</td></tr>')
    """
    column, labels = -1, [escape(heading.rstrip("#")) for heading in headings]

    def told(tag: re.Match[str]) -> str:
        nonlocal column
        name, attributes = tag.groups()
        column = -1 if name == "tr" else column + 1
        added = "" if "role=" in attributes else f' role="{ROLES[name]}"'
        if name == "td" and "data-label=" not in attributes and column < len(labels):
            added += f' data-label="{labels[column]}"'
        return f"<{name}{attributes}{added}>"

    return Markup(TAG.sub(told, rows))  # noqa: S704 - the rows are a template’s own, and the headings are escaped
