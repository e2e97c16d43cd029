"""A released copy on paper: the same words as on the screen, from the copy alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.dates import day
from trellis.core.documents import Block, Callout, Document, Heading, KeyValues, Paragraph, TableBlock
from trellis.core.exports import Column

if TYPE_CHECKING:
    from datetime import date

    from trellis.review.models import Release
    from trellis.review.released.copy import Copy

STATES = {"not_discussed": "Not yet discussed", "not_applicable": "Does not apply"}


def released_paper(release: Release, *, on: date) -> Document:
    """What was released, with for what and until when."""
    copy: Copy = release.content
    blocks: list[Block] = [
        Callout(f"Released for this purpose: {release.purpose} It can be read until {day(release.until)}."),
        KeyValues(
            [
                ("Setting", f"{copy['setting']}, {copy['kind']}"),
                ("Period", copy["period"]),
                ("Agreed", copy["agreed"]),
                ("Discussed", copy["standing"]),
                ("Statements", copy["framework"]),
            ]
        ),
    ]
    for area in copy["areas"]:
        blocks.append(Heading(area["title"]))
        for each in area["statements"]:
            blocks += _statement(copy, each)
    if copy["parts"]["actions"]:
        blocks += [Heading("The plan"), _plan(copy)]
    blocks.append(Paragraph(copy["source"]))
    return Document(
        title="SEND review, released",
        subtitle=f"{copy['setting']}, {copy['period']}",
        scope=copy["setting"],
        on=on,
        blocks=blocks,
    )


def _statement(copy: Copy, each: Copy) -> list[Block]:
    pairs = [("Rating", rating_of(copy, each))]
    pairs += [("Notes", text) for text in each["notes"]]
    if each["evidence"]:
        pairs.append(("Evidence", "; ".join(_where(piece) for piece in each["evidence"])))
    if each["no_action"]:
        pairs.append(("No action, because", each["no_action"]))
    law = " (the law asks for this)" if each["statutory"] else ""
    return [Heading(f"{each['code']} {each['text']}{law}", level=3), KeyValues(pairs)]


def rating_of(copy: Copy, each: Copy) -> str:
    """A rating of a copy in words.

    >>> copy = {"levels": [{"code": "secure", "label": "Secure"}]}
    >>> rating_of(copy, {"level": "secure", "state": "rated", "unsure": True})
    'Secure (not sure)'
    """
    labels = {level["code"]: level["label"] for level in copy["levels"]}
    words = labels[each["level"]] if each["level"] else STATES[each["state"]]
    return f"{words} (not sure)" if each["unsure"] else words


def _where(piece: Copy) -> str:
    return f"{piece['title']} ({piece['where']})" if piece["where"] else piece["title"]


def _plan(copy: Copy) -> TableBlock:
    columns = [
        Column("Statement", width=11),
        Column("What", width=40),
        Column("Due", width=16),
        Column("Where it stands", width=16),
        Column("How we will know", width=30),
        Column("What difference it made", width=30),
    ]
    names = ("code", "what", "due", "standing", "success", "impact")
    return TableBlock(
        "Action plan", columns, [[each[name] for name in names] for each in copy["actions"]], empty="No actions yet."
    )
